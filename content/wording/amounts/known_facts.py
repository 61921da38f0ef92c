"""A fact that no clinic sets, and whether a sentence gives it another number.

A sentence is about one of them if `about` is found in it; each number that `number` finds there has to be in `allowed`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .quantities import NUMBER, Quantity, value


@dataclass(frozen=True)
class KnownFact:
    """What is known, in words (`text`), and the numbers that sentences about it may hold.

    `number` has one group, the number; without it, every number of the sentence counts, and with `is_time` every duration.
    """

    name: str
    text: str
    about: re.Pattern[str]
    allowed: frozenset[float]
    number: re.Pattern[str] | None = None
    is_time: bool = False
    excludes: re.Pattern[str] | None = None

    def contradiction(self, sentence: str, typed: list[Quantity]) -> bool:
        """Whether a folded sentence about this fact gives it another number."""
        if not self.about.search(sentence) or (self.excludes and self.excludes.search(sentence)):
            return False
        return any(not self._fits(number) for number in self._numbers(sentence, typed))

    def _numbers(self, sentence: str, typed: list[Quantity]) -> Iterator[tuple[float, float]]:
        if self.number:
            for match in self.number.finditer(sentence):
                yield from ((number, number) for group in match.groups() if group for number in [_value(group)])
        elif self.is_time:
            for each in typed:
                if each.is_time and each.manner != "every":
                    yield from ((end, end + each.slack) for end in (each.least, each.most))
        else:
            yield from ((value(match[1]), value(match[1])) for match in BARE_NUMBER.finditer(sentence))

    def _fits(self, number: tuple[float, float]) -> bool:
        least, most = number
        is_year = not self.number and least == most and 1990 <= least <= 2100
        return is_year or any(least <= allowed <= most for allowed in self.allowed)


def _value(text: str) -> float:
    return ORDINAL_AGES[text] if text in ORDINAL_AGES else value(text)


ORDINAL_AGES = {"fourteenth": 14.0, "fifteenth": 15.0, "sixteenth": 16.0, "seventeenth": 17.0, "eighteenth": 18.0, "21st": 21.0, "16th": 16.0, "18th": 18.0,
                "17th": 17.0, "15th": 15.0, "14th": 14.0}  # fmt: skip
#: A number that counts something other than time.
BARE_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?!an? |single|half|none)({NUMBER})(?!\w)(?![.,]\d)(?![ -]?(?:to \d+ |- ?\d+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|times|halves|sides|groups|arms)\b)"
)
AGE = rf"(?!an?\b|half\b|single\b)({NUMBER})"
NTH = "|".join(ORDINAL_AGES)
PEOPLE = r"(?:people|patients|volunteers|participants|women|persons|adults)"


def known(
    name: str, text: str, about: str, allowed: str, number: str = "", *, is_time: bool = False, excludes: str = ""
) -> KnownFact:
    return KnownFact(
        name,
        text,
        re.compile(about),
        frozenset(float(each) for each in allowed.split()),
        re.compile(number) if number else None,
        is_time,
        re.compile(excludes) if excludes else None,
    )
