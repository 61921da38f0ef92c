"""Tell whether a number in a sentence agrees with a fact of the treatment."""

import re

from content.wording.findings import Fact

from .quantities import DAY, HOUR, MINUTE, WEEK, Quantity

UNIT_MINUTES = {"minutes": MINUTE, "hours": HOUR, "days": DAY, "weeks": WEEK}
LEAST = re.compile(
    r"\b(?:at least|from|minimum(?: of)?|as little as|more than|longer than|over|no less than|no sooner than|not before|fewer than) ?(?:about )?$"
)
LONGER = re.compile(r"\b(?:more|longer|later|sooner|less|fewer) than ?$")
MOST = re.compile(
    r"\b(?:up to|at most|within|no more than|no longer than|maximum(?: of)?|less than|under|until|by|before|as long as|as many as) ?(?:about |around )?(?:a |an |the )?$"
)
OR_MORE = re.compile(r"^ ?(?:or (?:more|longer|so)|minimum|at least|and (?:more|over))\b")
OR_LESS = re.compile(r"^ ?(?:or (?:less|fewer)|at most|maximum|at the most)\b")
EXAMPLE = re.compile(
    r"\b(?:a course of|courses? of|example|e\.g|some|can|could|may|might|if|total|prices?|costs?|includ\w+|drawn|say|once|between the|longer|sooner|need not|sometimes"
    r"|did|was|were|had|took|plan (?:up to|about)|up to|about)\b|[€£$]"
)


def agrees(typed: Quantity, name: str, fact: Fact, sentence: str) -> bool:
    """Whether the number agrees with the fact, or with that end of it which words like “at least” name."""
    factor = next(
        (
            minutes
            for unit, minutes in UNIT_MINUTES.items()
            if name.split("-", maxsplit=1)[0] == unit or name.endswith(unit)
        ),
        1.0,
    )
    if name == "usual-sessions":
        factor = 1.0
    elif name == "days-to-settle":
        factor = DAY
    least, most, slack = typed.least / factor, typed.most / factor, typed.slack / factor
    before, after = sentence[max(0, typed.start - 22) : typed.start], sentence[typed.end : typed.end + 20]
    if typed.least == typed.most:
        if LONGER.search(before):
            return any(_equals(least, end, slack) for end in (fact.least, fact.most))
        if LEAST.search(before) or OR_MORE.search(after):
            return _equals(least, fact.least, slack)
        if MOST.search(before) or OR_LESS.search(after):
            return _equals(most, fact.most, slack)
    if _equals(least, fact.least, slack) and _equals(most, fact.most, slack):
        return True
    if (
        name == "weeks-before-judging"
        and re.search(r"\bfinal\b|same light|after the (?:last|final)", sentence)
        and least >= fact.least
        and "judg" not in sentence
    ):
        return True
    return (
        fact.least < fact.most
        and fact.least <= most + slack
        and least >= fact.least
        and most <= fact.most
        and bool(EXAMPLE.search(sentence))
    )


def _equals(typed: float, fact: int, slack: float) -> bool:
    return round(typed, 3) <= fact <= round(typed + slack, 3)
