"""Check for numbers typed where a fact of the treatment should be quoted by its token, so that pages can't disagree.

A number is compared only with the fact that the nearest words are about. Numbers of studies have facts of their own.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.sense.excuses import is_question, is_reported
from content.wording.text import fold, parse, windows

from .amounts import study_facts
from .amounts.agreement import agrees
from .amounts.counts import is_count_of_sessions
from .amounts.quantities import Quantity, quantities
from .amounts.subjects import ANCHOR, BEFORE_A_SESSION, HOW_OFTEN, OTHER_THINGS, OTHER_TREATMENTS, SUBJECTS, Subject

CODE = "other-number"
MAX_WORD = 60  # characters that name the fact in a reason
MAX_DISTANCE = 110  # characters each side of a number in which its subject is looked for
KINDS = frozenset({Kind.TEXT, Kind.HEADING, Kind.ROW, Kind.ALT})
HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen"
    r"|couple|half|quarter|every|each|once|twice|single|an?|\w*weekly|\w*monthly|\w*nightly|daily|quarterly|first|second|third|tomorrow|next|following|the day)\b"
)
STUDY = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|series|reviews?|research|researchers|randomised|published|articles?|meta-?analys[ie]s|reviewed)\b"
)
PAST_TENSE = re.compile(r"\b(?:was|were|had|came|took|lasted)\b")
DIFFERENCE = re.compile(r"^ (?:more|longer|extra|early|late|earlier|later than|older|younger|ago|of age|old)\b")
FINAL_PICTURE = re.compile(r"\bfinal (?:picture|photo)")
NUMBING = re.compile(r"\bnumb(?:ing|s|ed)?\b|ana?esthetic")
IN_THE_PAST = re.compile(r"\b(?:in|within|over|for|during) the (?:past|last) ?$")
NO_REPORT = re.compile(r'\bthe words (?=")|\bdepending on\b')  # words in a picture, a range


def check(page: PageText) -> list[Finding]:
    """Return a finding for each typed number that repeats a fact, or contradicts it."""
    findings: list[Finding] = []
    if not page.facts:
        return findings
    for passage in page.passages:
        if passage.kind in KINDS:
            findings += _in_passage(passage, page.facts)
    return findings


def _in_passage(passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    label = ""
    for paragraph in parse(passage).paragraphs:
        was_study = False
        for sentence in paragraph.sentences:
            folded = fold(sentence)
            is_study = bool(STUDY.search(folded)) or (was_study and bool(PAST_TENSE.search(folded)))
            was_study = is_study
            for part in windows(folded):
                if _gives_number(part):
                    yield from _in_sentence(passage, sentence, _with_label(label, part), facts, is_study=is_study)
            label = folded[-MAX_DISTANCE:]


@lru_cache(maxsize=4096)
def _gives_number(folded: str) -> bool:
    return bool(HAS_NUMBER.search(folded)) and not is_question(folded)


def _with_label(label: str, folded: str) -> str:
    """Return a short sentence after the one before it, which says what it is about: "Sessions: 8", "How long? An hour."."""
    is_short = len(folded.split()) <= 8
    return (
        f"{label.rstrip('.?!:')}: {folded}"
        if label and is_short and not HAS_NUMBER.search(label.replace(" a ", " ").replace(" one ", " "))
        else folded
    )


def _in_sentence(
    passage: Passage, sentence: str, folded: str, facts: Mapping[str, Fact], *, is_study: bool
) -> Iterator[Finding]:
    if known := study_facts.contradicted(folded):
        yield _contradiction(passage, known.name, known.text, f"Write “{known.text}”.", sentence)
        return
    if is_study:
        return
    given: dict[str, Quantity] = {}
    for name, typed in _facts_in(folded, facts):
        given.setdefault(name, typed)
    if given and not is_reported(NO_REPORT.sub(" ", folded)):
        for name, typed in given.items():
            yield _finding(passage, name, facts[name], sentence, agrees(typed, name, facts[name], folded))


def _facts_in(sentence: str, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Quantity]]:
    """Yield the name of each fact that the sentence gives, with the number typed for it."""
    if OTHER_TREATMENTS.search(sentence):
        return
    typed = quantities(sentence)
    for quantity in typed:
        others = [each for each in typed if _parts(each, sentence)]
        start = max((each.end for each in others if each.end <= quantity.start), default=0)
        end = min((each.start for each in others if each.start >= quantity.end), default=len(sentence))
        if name := _fact_meant(
            sentence, quantity, max(start, quantity.start - MAX_DISTANCE), min(end, quantity.end + MAX_DISTANCE), facts
        ):
            yield name, quantity


def _parts(other: Quantity, sentence: str) -> bool:
    """Whether another number parts what is said before it from what is said after it; "a session", "between two sessions" don't."""
    return other.is_time or (other.most != 1 and not sentence[: other.start].endswith("between "))


def _fact_meant(sentence: str, typed: Quantity, start: int, end: int, facts: Mapping[str, Fact]) -> str:
    """Return the name of the fact that this number is about, or "" if there is none."""
    before, after = sentence[: typed.start], sentence[typed.end :]
    is_numbing = bool(NUMBING.search(sentence))  # which goes before a session
    if IN_THE_PAST.search(before) or (not is_numbing and BEFORE_A_SESSION.match(after)):
        return ""
    if DIFFERENCE.match(after) and not (is_numbing and after.startswith(" early")):
        return ""
    if before.endswith("for ") and after.startswith(" between"):
        return ""
    candidates: list[tuple[float, bool, str]] = []
    for name, subject in (*SUBJECTS.items(), ("weeks-between-sessions", HOW_OFTEN)):
        if name not in facts or not _can_be(subject, typed, sentence):
            continue
        if (distance := _distance(subject, sentence, typed, start, end)) is not None:
            candidates.append((distance, not agrees(typed, name, facts[name], sentence), name))
    if not candidates:
        return ""
    nearest = min(candidates)[0]
    if (
        (other := _nearest(OTHER_THINGS, sentence, typed, start, end)) is not None
        and other < nearest
        and not FINAL_PICTURE.search(sentence)
    ):
        return ""
    return min((disagrees, distance, name) for distance, disagrees, name in candidates if distance <= nearest + 25)[2]


def _can_be(subject: Subject, typed: Quantity, sentence: str) -> bool:
    """Whether a number of this unit and size may be meant for the subject in this sentence."""
    if subject.count:
        if typed.is_time or not is_count_of_sessions(typed, sentence):
            return False
    elif not typed.is_time or typed.manner not in subject.manners or not subject.least <= typed.most <= subject.most:
        return False
    if subject.needs and not subject.needs.search(sentence):
        return False
    return not (subject.excludes and subject.excludes.search(sentence))


def _distance(subject: Subject, sentence: str, typed: Quantity, start: int, end: int) -> float | None:
    """Return how far the subject's nearest cue is, or None if there is none."""
    return _nearest(subject.cue, sentence, typed, start, end, is_length=subject.is_length)


def _nearest(
    cue: re.Pattern[str], sentence: str, typed: Quantity, start: int, end: int, *, is_length: bool = False
) -> float | None:
    distances: list[float] = []
    for match in cue.finditer(sentence, max(0, start - 1), end):
        if (
            is_length
            and ANCHOR.search(sentence[max(0, match.start() - 40) : match.start()])
            and not re.search(r"\bof ?$", sentence[typed.end : match.start()])
        ):
            continue
        if match.end() <= typed.start:
            gap = sentence[match.end() : typed.start]
        elif match.start() >= typed.end:
            gap = sentence[typed.end : match.start()]
        else:
            gap = ""
        distances.append(len(gap) + 15 * sum(gap.count(mark) for mark in ";") + 4 * gap.count(","))
    return min(distances, default=None)


def _finding(passage: Passage, name: str, fact: Fact, sentence: str, agrees: bool) -> Finding:  # noqa: FBT001  a yes or no
    suggestion = f"Write [[{name}]] in its place, which reads “{fact.text}”."
    if agrees:
        problem = "This number is a fact of the treatment, typed by hand: it will stay when the fact changes."
        return finding_in(Level.ADVISORY, "typed-fact", passage, problem, suggestion, sentence)
    return _contradiction(
        passage,
        name,
        fact.text,
        f"{suggestion} If the number itself has changed, change it under Treatments.",
        sentence,
    )


def reason_word(name: str, text: str) -> str:
    """Return what a reason for a number that contradicts this fact is given for; it ends when the fact's words change."""
    return f"{name}: {text}"[:MAX_WORD]


def _contradiction(passage: Passage, name: str, text: str, suggestion: str, sentence: str) -> Finding:
    """Return a blocking finding; its word holds the fact as it is now, so that a reason ends when the fact changes."""
    problem = f"This says another number than the facts of the treatment, where it is “{text}”."
    word = reason_word(name, text)
    return Finding(Level.BLOCKING, CODE, passage.block, passage.place, problem, suggestion, sentence, word)
