"""Check for numbers typed where a fact of the treatment should be quoted by its token, so that pages can't disagree.

Numbers in sentences about studies are theirs, and pass.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.text import fold, parse

from .number_subjects import SUBJECTS

MAX_DISTANCE = 70  # characters each side of a number in which its subject is looked for
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "a": 1, "an": 1, "half an": 0.5, "a couple of": 2,
}  # fmt: skip
#: Typed unit → the unit of facts, and how many of it that is, at least and at most.
UNITS: dict[str, tuple[str, float, float]] = {
    "minute": ("minute", 1, 1),
    "min": ("minute", 1, 1),
    "hour": ("minute", 60, 60),
    "hr": ("minute", 60, 60),
    "day": ("day", 1, 1),
    "week": ("week", 1, 1),
    "wk": ("week", 1, 1),
    "fortnight": ("week", 2, 2),
    "month": ("week", 4, 4.5),
    "session": ("session", 1, 1),
    "treatment": ("session", 1, 1),
}
#: Unit of a fact → other units it may be typed in, each in units of the fact.
UNIT_CONVERSIONS: dict[str, dict[str, float]] = {
    "day": {"week": 7, "minute": 1 / (24 * 60)},
    "hour": {"minute": 1 / 60, "day": 24},
    "week": {"day": 1 / 7},
}
COMPARATIVE = re.compile(r" (?:more|longer|extra|early|late)\b")  # "20 minutes more" is a difference
NUMBER = r"\d{1,3}(?:\.\d)?|half an|a couple of|forty-five|" + "|".join(
    word for word in sorted(WORDS, key=len, reverse=True) if " " not in word and "-" not in word
)
UNIT = r"(?:minute|min|hour|hr|day|week|wk|fortnight|month|session|treatment)s?"
SPAN = re.compile(
    rf"(?<![\w.,/-])(?:(?P<low>{NUMBER})(?: ?-? ?(?P<first>{UNIT}))?(?: ?- ?| to | or | and ))?"
    rf"(?P<high>{NUMBER})(?: ?-? ?)(?P<unit>{UNIT})(?P<ly>ly)?\b"
)
COURSE = re.compile(
    rf"\b(?:course (?:of|is)(?: usually| about)?|sessions(?: needed)?:) "
    rf"(?:(?P<low>{NUMBER})(?: ?- ?| to | or ))?(?P<high>{NUMBER})(?= ?[.,;]|$)"
)
REGULARLY = re.compile(
    r"\b(?:(?P<ly>weekly|fortnightly|monthly) (?:session|treatment|visit)s?"
    r"|(?:session|treatment|visit)s? (?:are |come )?(?:once |every )?(?:a )?"
    r"(?P<after>weekly|fortnightly|monthly|week|fortnight|month)\b)"
)
INTERVAL_WEEKS = {"week": (1, 1), "fortnight": (2, 2), "month": (4, 4.5)}

STUDY = re.compile(r"\b(?:trials?|stud(?:y|ies)|series|reviews?|research|researchers|randomised|published|articles?)\b")
PAST_TENSE = re.compile(r"\b(?:was|were|had|came|took|lasted)\b")
LEAST = re.compile(r"\b(?:at least|from|minimum(?: of)?|as little as|more than|over) ?$")
MOST = re.compile(r"\b(?:up to|at most|within|no more than|maximum(?: of)?|less than|under|fewer than) ?$")
OR_MORE, OR_LESS = (
    re.compile(r"^ ?(?:or more|or longer|minimum)\b"),
    re.compile(r"^ ?(?:or less|or fewer|at most|maximum)\b"),
)


@dataclass(frozen=True)
class TypedNumber:
    """A number or range found in a sentence, in a unit of facts; `tolerance` allows for months counted in weeks."""

    least: float
    most: float
    tolerance: float
    unit: str
    start: int
    end: int


def check(page: PageText) -> list[Finding]:
    """Return a finding for each typed number that repeats a fact, or contradicts it."""
    findings: list[Finding] = []
    for passage in page.passages:
        if passage.kind in {Kind.TEXT, Kind.HEADING, Kind.ROW}:
            findings += _in_passage(passage, page.facts)
    return findings


def _in_passage(passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for paragraph in parse(passage).paragraphs:
        was_study = False
        for sentence in paragraph.sentences:
            folded = fold(sentence)
            is_study = bool(STUDY.search(folded)) or (was_study and bool(PAST_TENSE.search(folded)))
            was_study = is_study
            if is_study:
                continue
            for name, typed in _facts_in(folded, facts):
                yield _finding(passage, name, facts[name], sentence, _agrees(typed, name, facts[name], folded))


def _facts_in(sentence: str, facts: Mapping[str, Fact]) -> Iterator[tuple[str, TypedNumber]]:
    """Yield the name of each fact that the sentence gives, once, with the number typed for it."""
    seen = set()
    for typed in _numbers(sentence):
        name = _fact_meant(sentence, typed, facts)
        if name and name not in seen:
            seen.add(name)
            yield name, typed


def _numbers(sentence: str) -> Iterator[TypedNumber]:
    for match in SPAN.finditer(sentence):
        unit, least, most = UNITS[match["unit"].rstrip("s")]
        low, high = _value(match["low"] or match["high"]), _value(match["high"])
        first = UNITS[(match["first"] or match["unit"]).rstrip("s")]
        if first[0] == unit and not (unit == "session" and high == 1):
            yield TypedNumber(low * first[1], high * least, high * (most - least), unit, *match.span())
    for match in COURSE.finditer(sentence):
        yield TypedNumber(_value(match["low"] or match["high"]), _value(match["high"]), 0, "course", *match.span())
    for match in REGULARLY.finditer(sentence):
        least, most = INTERVAL_WEEKS[(match["ly"] or match["after"]).removesuffix("ly")]
        yield TypedNumber(least, least, most - least, "every", *match.span())


def _value(text: str) -> float:
    return float(text) if text[0].isdigit() else float(WORDS[text])


def _fact_meant(sentence: str, typed: TypedNumber, facts: Mapping[str, Fact]) -> str:
    """Return the name of the fact that this number is about, or "" if there is none."""
    if typed.unit in {"course", "every"}:
        name = {"course": "usual-sessions", "every": "weeks-between-sessions"}[typed.unit]
        return name if name in facts else ""
    before, after = (
        sentence[max(0, typed.start - MAX_DISTANCE) : typed.start],
        sentence[typed.end : typed.end + MAX_DISTANCE],
    )
    candidates: list[tuple[bool, int, str]] = []
    if COMPARATIVE.match(after) or (before.endswith("for ") and after.startswith(" between")):
        return ""
    for name, subject in SUBJECTS.items():
        if name not in facts or typed.unit not in {subject.unit, *UNIT_CONVERSIONS.get(subject.unit, ())}:
            continue
        distance = subject.distance(before, after)
        if distance is not None and re.search(subject.sentence, sentence):
            candidates.append((not _agrees(typed, name, facts[name], sentence), distance, name))
    return min(candidates)[2] if candidates else ""


def _agrees(typed: TypedNumber, name: str, fact: Fact, sentence: str) -> bool:
    """Whether the number agrees with the fact, or with that end of it which words like “at least” name."""
    factor = UNIT_CONVERSIONS.get(SUBJECTS[name].unit, {}).get(typed.unit, 1)
    least, most = round(typed.least * factor, 3), round(typed.most * factor, 3)
    before, after = sentence[max(0, typed.start - 20) : typed.start], sentence[typed.end : typed.end + 20]
    if typed.least == typed.most:
        if LEAST.search(before) or OR_MORE.search(after):
            return _equals(least, fact.least, typed.tolerance)
        if MOST.search(before) or OR_LESS.search(after):
            return _equals(most, fact.most, typed.tolerance)
    return _equals(least, fact.least, typed.tolerance) and _equals(most, fact.most, typed.tolerance)


def _equals(typed: float, fact: int, tolerance: float) -> bool:
    return typed <= fact <= typed + tolerance


def _finding(passage: Passage, name: str, fact: Fact, sentence: str, agrees: bool) -> Finding:  # noqa: FBT001  a yes or no
    suggestion = f"Write [[{name}]] in its place, which reads “{fact.text}”."
    if agrees:
        problem = "This number is a fact of the treatment, typed by hand: it will stay when the fact changes."
        return finding_in(Level.ADVISORY, "typed-fact", passage, problem, suggestion, sentence)
    problem = f"This says another number than the facts of the treatment, where it is “{fact.text}”."
    return finding_in(
        Level.BLOCKING,
        "other-number",
        passage,
        problem,
        f"{suggestion} If the number itself has changed, change it under Treatments.",
        sentence,
    )
