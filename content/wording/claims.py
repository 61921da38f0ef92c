"""Check for promises that need a reason before a page goes live.

A promise may stand where it is denied, part of a question, a warning or an everyday idiom; otherwise a reviewer gives a
reason, or it is replaced.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from content.wording.findings import Finding, Kind, Level, PageText, Passage
from content.wording.screen import Screen, matches
from content.wording.text import WINDOW, all_text, fold, parse, windows

from .claim_kinds import boasts, languages, phrases, promises, relations
from .claim_kinds.words import CLAIMS, Claim
from .sense.excuses import is_question, is_reported
from .sense.promising import DENY_THEMSELVES, OTHER_PRODUCTS, is_excused
from .sense.spelling import readings

CODE = "needs-reason"
KINDS = (*CLAIMS, *boasts.KINDS, *phrases.KINDS, *promises.KINDS, *relations.KINDS)
#: Of two that overlap the first counts: approval, which no reason may excuse, comes before all others.
ORDERED = sorted(KINDS, key=lambda claim: claim.word not in DENY_THEMSELVES)
#: The number of a claim, and one of its phrases.
PHRASES = [(number, phrase) for number, claim in enumerate(ORDERED) for phrase in claim.phrases]
FDA = re.compile(r"\bfda|food (?:and|&) drug")
THIS_TREATMENT = re.compile(
    r"\bstretch|striae|\b(?:micro)?needl|\b(?:this|our|the) (?:\w+ )?(?:treatment|pen|device|method|technique|clinic)|\bour\b|\bwe\b"
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
    if is_question(sentence, answer):
        return ()
    claims = _claims_in_readings(sentence)
    return () if claims and is_reported(sentence, answer) else claims


def _claims_in_readings(sentence: str) -> tuple[Claim, ...]:
    for reading in readings(sentence):
        if claims := _claims_in_reading(reading):
            return claims
    foreign = languages.claim_in(sentence)
    return (foreign,) if foreign else ()


@cache
def _screen() -> Screen:
    """Return a screen of all phrases, made at its first use: a command that checks no words needn't wait for it."""
    return Screen(phrase for _, phrase in PHRASES)


def _claims_in_reading(sentence: str) -> tuple[Claim, ...]:
    taken: list[tuple[int, int]] = []
    claims = []
    for number, possible in groupby(map(PHRASES.__getitem__, _screen().possible(sentence)), key=itemgetter(0)):
        claim = ORDERED[number]
        for use in matches([phrase for _, phrase in possible], sentence):
            if any(start < use.end() and use.start() < end for start, end in taken):
                continue  # "clinically proven" is one claim, not two
            if not is_excused(claim, claim.idiom_pattern, sentence, use):
                taken.append(use.span())
                claims.append(claim)
                break
    return tuple(claims)


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
