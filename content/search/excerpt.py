"""The part of a passage that is shown: around the words that were found, with each of them marked; pure."""

import re
from typing import NamedTuple

from content.search.tokenizer import Concept, Word, concepts, tokenize

MAX_WORDS = 32  # words
MAX_SENTENCE_WORDS = 40  # words; of a longer one its end is shown
MIN_WORDS_AFTER = 8  # words at least, from the first that was found
SENTENCE_END = re.compile(r"[.?!]")


class Piece(NamedTuple):
    """Some of the text; `is_found` where it is what was asked for."""

    text: str
    is_match: bool


class Excerpt(NamedTuple):
    """The pieces in order, and whether text was left out before and after."""

    pieces: list[Piece]
    is_cut_before: bool
    is_cut_after: bool


def make_excerpt(text: str, terms: list[str], exact: list[str]) -> Excerpt:
    """About `LONGEST` words of `text` around the first of the `exact` words, else of the `terms`; all are marked."""
    found = tokenize(text)
    if not found:
        return Excerpt([], is_cut_before=False, is_cut_after=False)
    wanted = {*terms, *exact}
    hits = [one for one in concepts(found) if one.term in wanted or any(word.stem in wanted for word in one.words)]
    near = next((one for one in hits if any(word.stem in exact for word in one.words)), hits[0] if hits else None)
    at = found.index(near.words[0]) if near else 0
    first = _sentence_start(text, found, at)
    last = min(max(first + MAX_WORDS, at + MIN_WORDS_AFTER), len(found)) - 1
    start = found[first].start if first else 0
    end = found[last].end if last < len(found) - 1 else len(text)
    return Excerpt(_pieces(text, hits, start, end), is_cut_before=first > 0, is_cut_after=end < len(text))


def _sentence_start(text: str, found: list[Word], at: int) -> int:
    """Where the sentence begins that says what was found: “Do not …” is never left out."""
    if len(found) <= MAX_WORDS:
        return 0
    for first in range(at, max(0, at - MAX_SENTENCE_WORDS), -1):
        if SENTENCE_END.search(text[found[first - 1].end : found[first].start]):
            return first
    return max(0, at - MAX_SENTENCE_WORDS)


def _pieces(text: str, hits: list[Concept], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for hit in hits:
        begin, stop = hit.words[0].start, hit.words[-1].end
        if begin < at or stop > end:
            continue
        pieces += [Piece(text[at:begin], is_match=False), Piece(text[begin:stop], is_match=True)]
        at = stop
    pieces.append(Piece(text[at:end], is_match=False))
    return [piece for piece in pieces if piece.text]
