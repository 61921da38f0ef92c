"""Whether a photograph may be shown to the public: never, until the room that knows of consent sets a rule.

That room is the gallery: `content/gallery/photo_permission.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .models import Photo


@dataclass(frozen=True)
class Permission:
    """What the public gets: the picture of `photo`; without one, 410 if it `was_public`, and 404 if never."""

    photo: Photo | None = None
    may_be_searched: bool = False
    was_public: bool = False


Rule = Callable[[str, date], Permission]


def _deny_all(token: str, on: date) -> Permission:
    """Refuse every photograph; the rule until another is set."""
    return Permission()


_rule: Rule = _deny_all


def for_token(token: str, on: date) -> Permission:
    """Return what is allowed with this token's photograph on that day, the clinic's local date."""
    return _rule(token, on)


def set_rule(rule: Rule) -> None:
    """Set the rule that decides from now on; `content.apps` sets the gallery's at start."""
    global _rule  # noqa: PLW0603  one rule for the whole process, set once at its start
    _rule = rule
