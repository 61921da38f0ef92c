"""Whether a photograph may be shown to the public: never, until the room that knows of consent says when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .models import Photo


@dataclass(frozen=True)
class Permission:
    """What the public gets: the picture of `photo`; else 410 where it once could, and 404 where it never could."""

    photo: Photo | None = None
    may_be_searched: bool = False
    was_public: bool = False


Rule = Callable[[str, date], Permission]


def _deny_all(token: str, on: date) -> Permission:
    """Without a rule nothing is shown."""
    return Permission()


_rule: Rule = _deny_all


def for_token(token: str, on: date) -> Permission:
    """What is allowed with the photograph of this token on that day, the clinic's local date."""
    return _rule(token, on)


def set_rule(rule: Rule) -> None:
    """Let `rule(token, on)` decide from now on; `content.apps` calls this once with the gallery's own."""
    global _rule  # noqa: PLW0603  one rule for the whole process, set once at its start
    _rule = rule
