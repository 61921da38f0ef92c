"""Excerpts: the part of a passage around the words found, with each of them marked; pure functions."""

import re
from typing import NamedTuple

from content.search.tokenizer import Concept, Word, concepts, tokenize

MAX_WORDS = 32
MAX_SENTENCE_WORDS = 40  # words of a sentence that are shown before the match
MIN_WORDS_AFTER = 8  # words from the first match on
SENTENCE_END = re.compile(r"[.?!]")


class Piece(NamedTuple):
    """A part of the text; `is_match` if the query asked for it."""

    text: str
    is_match: bool


class Excerpt(NamedTuple):
    """The pieces in order, and whether text was left out before and after."""

    pieces: list[Piece]
    is_cut_before: bool
    is_cut_after: bool


def make_excerpt(text: str, terms: list[str], exact: list[str]) -> Excerpt:
    """Return about MAX_WORDS words of `text` around the first of the `exact` words, else of the `terms`, all marked."""
    words = tokenize(text)
    if not words:
        return Excerpt([], is_cut_before=False, is_cut_after=False)
    wanted = {*terms, *exact}
    hits = [hit for hit in concepts(words) if hit.term in wanted or any(word.stem in wanted for word in hit.words)]
    best = next((hit for hit in hits if any(word.stem in exact for word in hit.words)), hits[0] if hits else None)
    at = words.index(best.words[0]) if best else 0
    first = _sentence_start(text, words, at)
    last = min(max(first + MAX_WORDS, at + MIN_WORDS_AFTER), len(words)) - 1
    start = words[first].start if first else 0
    end = words[last].end if last < len(words) - 1 else len(text)
    return Excerpt(_pieces(text, hits, start, end), is_cut_before=first > 0, is_cut_after=end < len(text))


def _sentence_start(text: str, words: list[Word], at: int) -> int:
    """Return the index of the first word of the match's sentence: a leading “Do not …” is never left out."""
    if len(words) <= MAX_WORDS:
        return 0
    for first in range(at, max(0, at - MAX_SENTENCE_WORDS), -1):
        if SENTENCE_END.search(text[words[first - 1].end : words[first].start]):
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
