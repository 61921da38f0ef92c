"""Other readings of a sentence, in which words that were split, spelled out or disguised are whole again."""

import re

from content.wording.confusables import STAND_INS

#: Words of promises, to be found whatever stands between their letters.
STRONG = [
    "painless",
    "painlessly",
    "guarantee",
    "guaranteed",
    "guarantees",
    "permanent",
    "permanently",
    "miracle",
    "miracles",
    "invisible",
    "flawless",
    "harmless",
    "effortless",
    "disappear",
    "disappears",
    "disappeared",
    "vanish",
    "vanishes",
    "vanished",
    "removed",
    "removes",
    "removal",
    "remove",
    "erase",
    "erased",
    "erases",
    "eliminate",
    "eliminates",
    "perfect",
    "amazing",
    "dramatic",
    "instant",
    "instantly",
    "proven",
    "approved",
    "cure",
    "cures",
    "cured",
    "forever",
    "scarless",
    "riskfree",
    "painfree",
    "scarfree",
    "sideeffect",
    "revolutionary",
    "breakthrough",
    "safe",
    "safest",
    "best",
    "magic",
    "fdaapproved",
    "moneyback",
    "markfree",
]
LONGEST_FIRST = sorted(STRONG, key=len, reverse=True)
#: Pairs of words that are words by themselves too.
HONEST_PAIRS = frozenset(
    {"pain less", "in visible", "harm less", "in stant", "for ever", "a mazing", "be st", "mark free"}
)
WHOLE = {"painfree": "pain-free", "riskfree": "risk-free", "scarfree": "scar-free", "markfree": "mark-free", "sideeffect": "side effect",
         "fdaapproved": "fda-approved", "moneyback": "money back"}  # fmt: skip
JOINER = re.compile(r"(?<=[a-z])[^\w\s'.,:;!?\"()&]+(?=[a-z])|(?<=[a-z])[_.](?=[a-z])")
SPELLED_OUT = re.compile(r"(?<![\w'])[a-z](?:[ ._*|/+~-]{1,3}[a-z](?![\w'])){3,}")
MIXED = re.compile(r"(?<!\w)(?=[\w@$€!|]*[a-z])(?=[\w@$€!|]*[0-9@$€!|][a-z])[a-z0-9@$€!|]{3,}")
DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
LONG_WORD = re.compile(r"(?<!\w)[a-z]{12,}(?!\w)")
MARKUP = re.compile(r"<[^<>]{0,200}>")
NOT_LETTER = re.compile(r"[^a-z]")
PREFIXES = ("un", "in", "im", "non", "semi", "dis")
FRAGMENT = re.compile(r"(?<![\w'])[a-z]{1,6}(?![\w'])[^\w.,;:!?]{1,3}(?=[a-z])")


def readings(sentence: str) -> list[str]:
    """Return the folded sentence, and each other reading in which a disguised word is whole."""
    found = [sentence]
    for read in (_without_markup, _joined, _spelled_out, _stand_ins, _drawn_out, _run_together, _split):
        other = read(sentence)
        if other != sentence and other not in found:
            found.append(other)
    return found


def _without_markup(sentence: str) -> str:
    return MARKUP.sub("", sentence) if "<" in sentence else sentence


def _joined(sentence: str) -> str:
    """Return the sentence with its words joined across hyphens, dots and signs."""
    return JOINER.sub("", sentence)


def _spelled_out(sentence: str) -> str:
    """Join words whose letters stand apart."""
    return SPELLED_OUT.sub(lambda match: _parted(NOT_LETTER.sub("", match[0])), sentence)


def _stand_ins(sentence: str) -> str:
    """Put letters for the digits and signs that stand in for them."""
    if not MIXED.search(sentence):
        return sentence
    return MIXED.sub(lambda match: match[0].translate(STAND_INS), sentence)


def _drawn_out(sentence: str) -> str:
    return DRAWN_OUT.sub(r"\1", sentence)


def _run_together(sentence: str) -> str:
    """Part long words in which a promise hides."""
    return LONG_WORD.sub(lambda match: _parted(match[0]), sentence)


def _parted(word: str) -> str:
    """Return `word` with spaces round the strong words in it."""
    for strong in LONGEST_FIRST:
        before, found, after = word.partition(strong)
        if found and not before.endswith(PREFIXES) and len(strong) > 4:
            return f"{before} {WHOLE.get(strong, strong)} {after}".strip()
        if word == strong:
            return WHOLE.get(strong, strong)
    return word


def _split(sentence: str) -> str:
    """Join the pieces of a strong word: "guaran teed"."""
    if not FRAGMENT.search(sentence):
        return sentence
    letters = NOT_LETTER.sub("", sentence)
    candidates = [strong for strong in LONGEST_FIRST if len(strong) > 3 and strong in letters]
    for strong in candidates:
        pattern = rf"(?<![\w'])({'[ _*-]?'.join(strong)})(?![\w'])"
        for match in re.finditer(pattern, sentence):
            pieces = match[1]
            if pieces != strong and re.sub(r"[ _*-]", " ", pieces) not in HONEST_PAIRS:
                return sentence.replace(pieces, WHOLE.get(strong, strong))
    return sentence
