"""Check for promises that need a reason before a page goes live.

A promise may stand where it is denied, part of a question, a warning or an everyday idiom; otherwise a reviewer gives a
reason, or it is replaced.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from content.wording.findings import Finding, Kind, Level, PageText, Passage
from content.wording.text import WINDOW, all_text, fold, parse, windows

from .claim_kinds import boasts, languages, phrases, relations
from .claim_kinds.words import CLAIMS, Claim
from . import clauses, subjects
from .excuses import NOTHING_CAN, is_about_words, is_condition, is_question, is_reported
from .negation import DENIED_INSIDE, is_denied
from .spelling import readings

MAX_DISTANCE = 60  # characters each side that an idiom may reach
CODE = "needs-reason"
#: Kinds that a "not" between their words takes back: "the FDA has not approved".
DENY_THEMSELVES = frozenset({"FDA-approved", "approval by a regulator"})
KINDS = (*CLAIMS, *boasts.KINDS, *phrases.KINDS, *relations.KINDS)
#: Of two that overlap the first counts: approval, which no reason may excuse, comes before all others.
PATTERNS = tuple(
    (claim, claim.pattern, claim.idiom_pattern)
    for claim in sorted(KINDS, key=lambda claim: claim.word not in DENY_THEMSELVES)
)
FDA = re.compile(r"\bfda|food (?:and|&) drug")
#: What else the FDA approves: said of these, its approval is a fact that a reviewer can vouch for.
OTHER_PRODUCTS = re.compile(
    r"\b(?:isotretinoin|medicines?|drugs?|tablets?|lidocaine|creams?|sunscreens?|lasers?|botulinum|botox|fillers?|vaccines?|retinoids?|tretinoin"
    r"|acne|wrinkles|face|facial)\b"
)
THIS_TREATMENT = re.compile(
    r"\bstretch|striae|\b(?:micro)?needl|\b(?:this|our|the) (?:\w+ )?(?:treatment|pen|device|method|technique|clinic)|\bour\b|\bwe\b"
)
#: Kinds that need no look at what else the clause is about.
ALWAYS = DENY_THEMSELVES | {"money back", "pressure to book", "before and after"}
OF_RANK = frozenset({"better than others", "best", "a testimonial", "a puff", "science that proves"})
OF_HARM = frozenset({"no harm", "no pain", "permanent", "safe"})
#: No advice needs these words, other than to deny them.
NO_ADVICE = frozenset(
    {"a testimonial", "painless", "pain-free", "cure", "guaranteed", "miracle", "risk-free", "clinically proven", "invisible", "amazing", "dramatic"}
)
#: In a caption or a report, what is left after some sessions.
STILL_THERE = re.compile(r"\b(?:not gone|still (?:there|visible|seen)|can still|paler|slightly|narrower|a little|less)\b")
LASTING = frozenset({"for ever", "permanent", "lifelong"})
#: What may last is a warning.
LASTING_HARM = re.compile(r"\b(?:dark\w* (?:patch\w*|spots?|marks?)|patch\w*|pigment\w*|scars?|scarring|lumps?|damage|pale spots?|numbness|colour change|change in colour|mark may|marks may)\b")
BOASTS_OF_NONE = frozenset({"better than others", "no harm", "no pain", "certain success", "a testimonial"})
#: Kinds that say that something bad is absent, which may also be asked for.
OF_LESS = frozenset({"no harm", "no pain", "risk-free", "pain-free"})
NO_BETTER = re.compile(r"\b(?:no|not) (?:better|safer|stronger|faster|gentler|more \w+) than (?!us\b|ours|our\b)")
NOT_FOR_EVER = re.compile(r"(?:\b(?:not|never|nor)|n't)\b.{0,30}\b(?:for ?ever|for good|for life|always|permanent\w*)$")
TURNS = re.compile(r"\b(?:neither|nor|rather than|instead of|not because)\b")
ABSENCE = re.compile(r"\b(?:no|not|never|nobody|none|nothing|without|neither|free (?:of|from)|devoid of|cannot)\b|n't\b|-free\b")
CAN_BE_HEDGED = frozenset(
    {"quick results", "certain success", "before and after", "a testimonial", "better than others", "for everybody", "safe"}
)
#: Kinds of which a study may report, if the sentence says how many people were in it.
MEASURED = frozenset(
    {"no harm", "better than others", "science that proves", "certain success", "safe", "a testimonial", "quick results", "for ever"}
)
PEOPLE = (
    r"(?:\d+|\w+teen|twenty|thirty|forty|small) (?:people|patients|women|adults|studies|articles|volunteers|trials?)"
)
STUDY_OF_PEOPLE = re.compile(
    rf"\b(?:trials?|study|studies|series|reviews?|meta-analysis|group)\b.*\b{PEOPLE}\b|\b{PEOPLE}\b.*\b(?:trials?|study|studies|series|reviews?|small)\b"
    r"|\b(?:small|one|a) (?:trial|study)\b|\b(?:\d+|\w+) of (?:the )?(?:\d+|fifteen|twenty|thirty|forty) (?:people|patients|women|adults)\b|\bthe authors\b"
)
REDNESS = re.compile(r"\bredness\b|\breddening\b")
ON_DARK_SKIN = re.compile(
    r"\b(?:brown|black|dark|darker|deeper)\b[^.\n]{0,60}\bskin\b|\bskin\b[^.\n]{0,60}\b(?:brown|black)\b"
)
HOW_IT_LOOKS = re.compile(
    r"\b(?:darker|purple|grey|greyish|red-brown|brownish|harder to see|hard to see|less easy to see)\b"
)
VARY = re.compile(r"\bresults? (?:\w+ ){0,3}?(?:vary|varies|varied|differ|differs)\b")
HOW_THEY_VARY = re.compile(
    r"\b(?:some|a few|many|most|others)\b[^.\n]{0,60}\b(?:change|results?|little|none|no|clear|see|saw|better)\b"
    r"|\b\d+ (?:of|out of|in) (?:the |every )?\d+|\bin \d+ of\b|\b(?:excellent|marked|moderate|minimal)\b"
    r"|\bfrom\b.{1,30}\bto (?:none|nothing)\b"
)


def check(page: PageText) -> list[Finding]:
    """Return a finding for each use that promises something, once for each kind and sentence of a passage."""
    findings: list[Finding] = []
    blocks: dict[int, list[Passage]] = {}
    for passage in page.passages:
        blocks.setdefault(id(passage.block), []).append(passage)
    block_texts = {key: all_text(passages) for key, passages in blocks.items()}
    for passage in page.passages:
        if passage.kind is not Kind.ADDRESS:
            findings += _in_passage(passage, block_texts[id(passage.block)])
    return findings


def _in_passage(passage: Passage, block_text: str) -> Iterator[Finding]:
    sentences = [sentence for paragraph in parse(passage).paragraphs for sentence in paragraph.sentences]
    folded = [fold(sentence) for sentence in sentences]
    for number, sentence in enumerate(sentences):
        answer = folded[number + 1] if number + 1 < len(folded) else ""
        for claim in claims_in(with_topic(folded, number), answer):
            problem = claim.problem or f"“{claim.word}” promises more than anyone can keep."
            finding = _finding(passage, claim.word, sentence, problem, claim.suggestion)
            is_absolute = claim.word in DENY_THEMSELVES and is_said_of_this_treatment(folded[number])
            yield replace(finding, is_absolute=is_absolute)
        if REDNESS.search(folded[number]) and not (ON_DARK_SKIN.search(block_text) and HOW_IT_LOOKS.search(block_text)):
            yield _finding(
                passage,
                "redness",
                sentence,
                "“Redness” speaks of pale skin only.",
                "Write “skin may look red, or darker on brown and black skin, and feels warm and tight”.",
            )
        if VARY.search(folded[number]) and not HOW_THEY_VARY.search(block_text):
            yield _finding(
                passage,
                "results vary",
                sentence,
                "“Results vary” says nothing by itself.",
                "Say how they vary: “some people see a clear change, some see little or none”.",
            )


def with_topic(folded: Sequence[str], number: int) -> str:
    """Return a folded sentence, after the few words before it that only name what it is about: "Discomfort? None."."""
    before = folded[number - 1] if number else ""
    is_topic = before.endswith("?") and len(before.split()) <= 7 and not is_question(before)
    return f"{before[:-1]}: {folded[number]}" if is_topic else folded[number]


def claims_in(sentence: str, answer: str = "") -> tuple[Claim, ...]:
    """Return the claims that a folded sentence makes; `answer`, the sentence after it, may affirm a question."""
    found = [claim for part in windows(sentence) for claim in _claims_in(part, answer[:WINDOW])]
    return tuple({claim.word: claim for claim in reversed(found)}.values())[::-1]


@lru_cache(maxsize=4096)
def _claims_in(sentence: str, answer: str) -> tuple[Claim, ...]:
    if is_question(sentence, answer) or is_reported(sentence, answer):
        return ()
    for reading in readings(sentence):
        if claims := _claims_in_reading(reading):
            return claims
    foreign = languages.claim_in(sentence)
    return (foreign,) if foreign else ()


def _claims_in_reading(sentence: str) -> tuple[Claim, ...]:
    taken: list[tuple[int, int]] = []
    claims = []
    for claim, pattern, idioms in PATTERNS:
        for use in pattern.finditer(sentence):
            if any(start < use.end() and use.start() < end for start, end in taken):
                continue  # "clinically proven" is one claim, not two
            if not _is_excused(claim, idioms, sentence, use):
                taken.append(use.span())
                claims.append(claim)
                break
    return tuple(claims)


def _is_excused(claim: Claim, idioms: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    return (
        (claim.word == "better than others" and bool(NO_BETTER.search(sentence)))
        or (claim.word == "approval by a regulator" and _is_for_something_else(sentence))
        or (claim.word in MEASURED and bool(STUDY_OF_PEOPLE.search(sentence)))
        or _is_idiom(idioms, sentence, use)
        or is_condition(sentence, use.start())
        or is_about_words(sentence, *use.span())
        or is_denied(sentence, *use.span(), denies_itself=claim.word in DENY_THEMSELVES)
        or (claim.word not in {"money back", "a testimonial"} and _is_taken_back(sentence, use))
        or _denies_twice(claim, use[0])
        or subjects.is_of_another_thing(claim.word, sentence, use.end())
        or (claim.word not in ALWAYS and _is_said_of_something_else(claim, sentence, use))
    )


def _denies_twice(claim: Claim, words: str) -> bool:
    """Whether the words of a claim turn it round themselves: "never free of pain", "neither quick nor certain"."""
    if TURNS.search(words) and claim.word not in OF_LESS:
        return True
    if claim.word == "for ever" and NOT_FOR_EVER.search(words):
        return True
    if claim.word == "quick results" and DENIED_INSIDE.search(words):
        return True
    return claim.word in OF_LESS and len(ABSENCE.findall(words)) > 1


def _is_taken_back(sentence: str, use: "re.Match[str]") -> bool:
    return clauses.is_denied_later(sentence, clauses.clause_at(sentence, use.start()), use.end())


def _is_for_something_else(sentence: str) -> bool:
    """Whether a sentence tells what else a regulator has approved: scars of acne, a medicine."""
    return bool(OTHER_PRODUCTS.search(sentence)) and not re.search(r"\bstretch|\bstriae|\bour\b|\bwe\b", sentence)


def _is_said_of_something_else(claim: Claim, sentence: str, use: "re.Match[str]") -> bool:
    """Whether the clause of this use advises, hedges, or isn't about what this clinic's treatment does."""
    clause = clauses.clause_at(sentence, use.start())
    return (
        (claim.word not in NO_ADVICE and clauses.is_advice(clause))
        or clauses.is_about_other_things(sentence, clause, of_rank=claim.word in OF_RANK, of_less=claim.word in OF_LESS)
        or clauses.is_about_another_choice(sentence, clause)
        or clauses.has_another_subject(clause, use.start())
        or clauses.is_maybe(sentence, clause, use.start())
        or (claim.word in OF_HARM and clauses.is_about_the_marks(clause))
        or (claim.word in OF_LESS and clauses.is_duty(sentence, clause, use.start()))
        or (claim.word in LASTING and clauses.is_hedged(clause) and bool(LASTING_HARM.search(clause.text)))
        or (claim.word not in BOASTS_OF_NONE and bool(NOTHING_CAN.search(sentence)))
        or (claim.word in CAN_BE_HEDGED and clauses.is_hedged(clause))
        or (claim.word == "quick results" and bool(STILL_THERE.search(sentence)))
    )


def _is_idiom(idioms: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    """Whether an idiom overlaps this use from its start or to its end."""
    if idioms is None or use[0].startswith('"'):  # what a patient is quoted with
        return False
    start = max(0, use.start() - MAX_DISTANCE)
    near = sentence[start : use.end() + MAX_DISTANCE]
    return any(
        idiom.start() <= use.start() - start < idiom.end() or idiom.start() < use.end() - start <= idiom.end()
        for idiom in idioms.finditer(near)
    )


def is_said_of_this_treatment(sentence: str) -> bool:
    """Whether a folded sentence that speaks of approval says that the FDA approved this treatment, which no reason excuses."""
    texts = readings(sentence)
    if not any(FDA.search(text) for text in texts):
        return False
    return not OTHER_PRODUCTS.search(sentence) or bool(THIS_TREATMENT.search(sentence))


def _finding(passage: Passage, word: str, sentence: str, problem: str, suggestion: str) -> Finding:
    return Finding(Level.BLOCKING, CODE, passage.block, passage.place, problem, suggestion, sentence, word)


def is_same_sentence(one: str, other: str) -> bool:
    """Whether two sentences are the same when folded."""
    return fold(one) == fold(other)
