"""The week arithmetic of a course of sessions: how many weeks after the first each may fall.

`content/planner/plan.py` does the same in days of the calendar, around days away.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """When session `number` may fall, in whole weeks after the first."""

    number: int
    earliest: int
    latest: int

    @property
    def before(self) -> int:
        """Return the number of the session before."""
        return self.number - 1


def windows(sessions: int, weeks_min: int, weeks_max: int) -> list[Window]:
    """Return the window of each session of a course.

    Session n lies between (n-1)·`weeks_min` and (n-1)·`weeks_max` weeks after the first: each session follows the one
    before by at least `weeks_min` and at most `weeks_max` weeks, and the slack adds up.
    Raises ValueError where `sessions` < 1 or not 0 < `weeks_min` ≤ `weeks_max`.
    """
    if sessions < 1:
        raise ValueError("A course has at least one session.")
    if not 0 < weeks_min <= weeks_max:
        raise ValueError("The weeks between sessions must be 1 or more, the least no more than the most.")
    return [Window(n + 1, n * weeks_min, n * weeks_max) for n in range(sessions)]
