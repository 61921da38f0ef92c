"""One table for all rows: what was found over the rounds, and the aim beside it."""

import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`found` is in `unit`, one number a round; the median has to be at most (or at least) `aim`."""

    name: str
    found: list[float]
    aim: float
    unit: str = "×"
    is_least: bool = False
    note: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether the median reaches the aim."""
        middle = statistics.median(self.found)
        return middle >= self.aim if self.is_least else middle <= self.aim

    def __str__(self) -> str:
        least, middle, most = min(self.found), statistics.median(self.found), max(self.found)
        numbers = "".join(f"{one:>9.3g}" if one < 1000 else f"{one:>9.0f}" for one in (least, middle, most))
        aim = f"{'≥' if self.is_least else '≤'} {self.aim:g} {self.unit}"
        return f"{self.name:58}{numbers}   {aim:10} {'yes' if self.is_reached else 'NO '}  {self.note}".rstrip()


@dataclass(frozen=True)
class Missing:
    """A row that can't be measured here, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name:58}{'not measured: ' + self.reason}"


def ratios(ours: list[float], theirs: list[float]) -> list[float]:
    """Ours against theirs, round by round."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def say(line: str, end: str = "\n") -> None:
    """One line, at once."""
    sys.stdout.write(line + end)
    sys.stdout.flush()


def show(rows: Iterable[Row | Missing]) -> None:
    """Print the table."""
    say(f"\n{'':58}{'min':>9}{'median':>9}{'max':>9}   {'aim':10} reached")
    for row in rows:
        say(str(row))
