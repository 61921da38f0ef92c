"""Check for numbers typed where a fact of the treatment should be quoted by its token, so that pages can't disagree.

A number is compared only with the fact that the nearest words are about. Numbers of studies have facts of their own.
"""

import re
from collections.abc import Iterator, Mapping

from content.wording.excuses import is_question, is_reported
from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.text import fold, parse, windows

from . import known_facts
from .number_subjects import ANCHOR, BEFORE_A_SESSION, HOW_OFTEN, OTHER_THINGS, OTHER_TREATMENTS, SUBJECTS, Subject
from .quantities import DAY, HOUR, MINUTE, WEEK, Quantity, quantities

CODE = "other-number"
MAX_WORD = 60  # characters that name the fact in a reason
MAX_DISTANCE = 110  # characters each side of a number in which its subject is looked for
UNIT_MINUTES = {"minutes": MINUTE, "hours": HOUR, "days": DAY, "weeks": WEEK}
KINDS = frozenset({Kind.TEXT, Kind.HEADING, Kind.ROW, Kind.ALT})
HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen"
    r"|couple|half|quarter|every|each|once|twice|single|an?|\w*weekly|\w*monthly|\w*nightly|daily|quarterly|first|second|third|tomorrow|next|following|the day)\b"
)
STUDY = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|series|reviews?|research|researchers|randomised|published|articles?|meta-?analys[ie]s|reviewed)\b"
)
PAST_TENSE = re.compile(r"\b(?:was|were|had|came|took|lasted)\b")
LEAST = re.compile(
    r"\b(?:at least|from|minimum(?: of)?|as little as|more than|longer than|over|no less than|no sooner than|not before|fewer than) ?(?:about )?$"
)
LONGER = re.compile(r"\b(?:more|longer|later|sooner|less|fewer) than ?$")
MOST = re.compile(
    r"\b(?:up to|at most|within|no more than|no longer than|maximum(?: of)?|less than|under|until|by|before|as long as|as many as) ?(?:about |around )?(?:a |an |the )?$"
)
OR_MORE = re.compile(r"^ ?(?:or (?:more|longer|so)|minimum|at least|and (?:more|over))\b")
OR_LESS = re.compile(r"^ ?(?:or (?:less|fewer)|at most|maximum|at the most)\b")
DIFFERENCE = re.compile(r"^ (?:more|longer|extra|early|late|earlier|later than|older|younger|ago|of age|old)\b")
FINAL_PICTURE = re.compile(r"\bfinal (?:picture|photo)")
NUMBING = re.compile(r"\bnumb(?:ing|s|ed)?\b|ana?esthetic")
IN_THE_PAST = re.compile(r"\b(?:in|within|over|for|during) the (?:past|last) ?$")
EXAMPLE = re.compile(
    r"\b(?:a course of|courses? of|example|e\.g|some|can|could|may|might|if|total|prices?|costs?|includ\w+|drawn|say|once|between the|longer|sooner|need not|sometimes"
    r"|did|was|were|had|took|plan (?:up to|about)|up to|about)\b|[€£$]"
)
#: A count of sessions that is a point in time or another amount: "after 3 sessions", "each session".
NOT_THE_COURSE = re.compile(
    r"\b(?:after|between|before|first|last|each|per|these|those|both|since|every|further|next|of your|miss(?:ed)?|within) (?:about |the |your |only |just )*$"
)
NOT_MORE_THAN_ONE = re.compile(r"\b(?:more than|at least|just|another|from|to|in|for|with|to the next) ?$")
HOW_MANY = re.compile(r"\b(?:how many|number of|sessions|treatments|visits)\b[^.]{0,40}[:?] ?(?:about |around |typically |usually |often |normally )?$")
COMES = re.compile(r"\b(?:come|visit(?: us)?|see us|be treated|needled)(?: here| in| back)? (?:about |around )?$")
SELDOM = re.compile(r"\b(?:seldom|rarely|hardly|not|never|few)\b|n't\b")
NO_REPORT = re.compile(r'\bthe words (?=")|\bdepending on\b')  # words in a picture, a range
STOPPED = re.compile(r"\b(?:stop|stopped|finish\w*|done|complete\w*|end) (?:up )?after (?:about |only |just )*$")
ONLY_ONE = re.compile(r"\b(?:only|just|single|all|enough|sufficient|suffices?|needs?|does)\b")


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
                if HAS_NUMBER.search(part) and not is_question(part):
                    yield from _in_sentence(passage, sentence, _with_label(label, part), facts, is_study=is_study)
            label = folded[-MAX_DISTANCE:]


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
    if known := known_facts.contradicted(folded):
        yield _contradiction(passage, known.name, known.text, f"Write “{known.text}”.", sentence)
        return
    if is_study or is_reported(NO_REPORT.sub(" ", folded)):
        return
    seen = set()
    for name, typed in _facts_in(folded, facts):
        if name not in seen:
            seen.add(name)
            yield _finding(passage, name, facts[name], sentence, _agrees(typed, name, facts[name], folded))


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
            candidates.append((distance, not _agrees(typed, name, facts[name], sentence), name))
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
        if typed.is_time or not _is_count_of_sessions(typed, sentence):
            return False
    elif not typed.is_time or typed.manner not in subject.manners or not subject.least <= typed.most <= subject.most:
        return False
    if subject.needs and not subject.needs.search(sentence):
        return False
    return not (subject.excludes and subject.excludes.search(sentence))


def _is_count_of_sessions(typed: Quantity, sentence: str) -> bool:
    before, after = sentence[: typed.start], sentence[typed.end :]
    if (NOT_THE_COURSE.search(before) and not STOPPED.search(before)) or not 1 <= typed.least <= typed.most <= 100:
        return False
    if typed.unit == "time" and COMES.search(before):
        return True
    if typed.unit in {"", "time"}:
        course = r"\b(?:course (?:of|is|consists of)(?: usually| about)?|(?:sessions?|treatments?|visits?)(?: needed| usually| you need)?(?: is| are)?:?|set of|series of) ?$"
        return bool(re.search(course, before) or HOW_MANY.search(before)) and bool(
            re.match(r"^ ?(?:$|[.,;!)(]|sessions?|in all|in total|times|as a rule|usually|for most|is usual)", after)
        )
    if typed.most == 1:
        if SELDOM.search(sentence):
            return False
        if STOPPED.search(before):
            return True
        return bool(ONLY_ONE.search(after[:40]) or ONLY_ONE.search(before[-25:])) and not NOT_MORE_THAN_ONE.search(
            before.replace("just ", "")
        )
    return True


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


def _agrees(typed: Quantity, name: str, fact: Fact, sentence: str) -> bool:
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
