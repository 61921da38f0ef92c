"""Whether a photograph may be shown to the public: never, until the room that knows of consent says when."""

from collections.abc import Callable
from datetime import date


def _never(token: str, on: date) -> bool:
    """Without a rule nothing is shown."""
    return False


_rule: Callable[[str, date], bool] = _never


def is_public(token: str, on: date) -> bool:
    """Whether the photograph may be shown on that day, the clinic's local date. The gallery fills in the rule."""
    return _rule(token, on)


def decided_by(rule: Callable[[str, date], bool]) -> None:
    """Let `rule(token, on)` decide from now on; `content.apps` calls this once with the gallery's own."""
    global _rule  # noqa: PLW0603  one rule for the whole process, set once at its start
    _rule = rule
