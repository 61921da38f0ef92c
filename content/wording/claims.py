"""Words that need a reason before a page goes live, because they promise what nobody can keep.

The list follows the NHS content guide and the advertising rules for cosmetic procedures: a word may stand where it is
denied, asked or an everyday idiom; else a reviewer says why it may, or it is written another way.
"""

import re
from collections.abc import Iterator

from content.wording.text import all_text, fold, parse

from .claim_list import PATTERNS, Claim
from .negation import is_denied
from .passages import Finding, Kind, Level, PageText, Passage

MAX_DISTANCE = 60  # characters each side that an idiom may reach
CODE = "needs-reason"
QUESTION = re.compile(
    r"^\W*(?:is|are|does|do|can|could|will|would|should|has|have|how|what if)\b"
    r"(?! (?:you|we) (?:want|wish|like|look|looking|ready|dream|long|know)\b).*\?\W*$"
)
AFFIRMATION = re.compile(
    r"^\W*(?:(?:yes|yeah|absolutely|of course|certainly|sure|definitely|totally|completely|indeed)\b"
    r"|(?:it|you|they|we|this) (?:is|are|can|does|do|will)\W*$)"
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
    """Every use of the words that promises something, once for each word and sentence of a passage."""
    found: list[Finding] = []
    blocks: dict[int, list[Passage]] = {}
    for passage in page.passages:
        blocks.setdefault(id(passage.block), []).append(passage)
    around = {key: all_text(passages) for key, passages in blocks.items()}
    for passage in page.passages:
        if passage.kind is not Kind.ADDRESS:
            found += _in_passage(passage, around[id(passage.block)])
    return found


def _in_passage(passage: Passage, block: str) -> Iterator[Finding]:
    said = [sentence for paragraph in parse(passage).paragraphs for sentence in paragraph.sentences]
    small = [fold(sentence) for sentence in said]
    for number, sentence in enumerate(said):
        answer = small[number + 1] if number + 1 < len(small) else ""
        for claim in claims_in(small[number], answer):
            yield _finding(
                passage, claim.word, sentence, f"“{claim.word}” promises more than anyone can keep.", claim.suggestion
            )
        if REDNESS.search(small[number]) and not (ON_DARK_SKIN.search(block) and HOW_IT_LOOKS.search(block)):
            yield _finding(
                passage,
                "redness",
                sentence,
                "“Redness” speaks of pale skin only.",
                "Write “skin may look red, or darker on brown and black skin, and feels warm and tight”.",
            )
        if VARY.search(small[number]) and not HOW_THEY_VARY.search(block):
            yield _finding(
                passage,
                "results vary",
                sentence,
                "“Results vary” says nothing by itself.",
                "Say how they vary: “some people see a clear change, some see little or none”.",
            )


def claims_in(sentence: str, answer: str = "") -> list[Claim]:
    """The claims that this sentence (folded) makes; `answer`, the sentence after it, may agree to a question."""
    if QUESTION.match(sentence) and not AFFIRMATION.match(answer):
        return []
    taken: list[tuple[int, int]] = []
    made = []
    for claim, pattern, allowed in PATTERNS:
        for use in pattern.finditer(sentence):
            if any(start < use.end() and use.start() < end for start, end in taken):
                continue  # "clinically proven" is one claim, not two
            if not _is_idiom(allowed, sentence, use) and not is_denied(sentence, *use.span()):
                taken.append(use.span())
                made.append(claim)
                break
    return made


def _is_idiom(allowed: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    """Whether an idiom covers this use."""
    if allowed is None:
        return False
    start = max(0, use.start() - MAX_DISTANCE)
    near = sentence[start : use.end() + MAX_DISTANCE]
    return any(
        one.start() <= use.start() - start < one.end() or one.start() < use.end() - start <= one.end()
        for one in allowed.finditer(near)
    )


def _finding(passage: Passage, word: str, sentence: str, wrong: str, offer: str) -> Finding:
    return Finding(Level.BLOCKING, CODE, passage.block, passage.place, wrong, offer, sentence, word)


def is_same_sentence(one: str, other: str) -> bool:
    """Whether two sentences are the same in normal form, however they were typed."""
    return fold(one) == fold(other)
