"""The part of a passage that is shown: around the words that were found, with each of them marked; pure."""

import re
from typing import NamedTuple

from content.search.tokenizer import Said, Word, said, words

LONGEST = 32  # words
LONGEST_SENTENCE = 40  # words; of a longer one its end is shown
AFTER = 8  # words at least, from the first that was found
ENDED = re.compile(r"[.?!]")


class Piece(NamedTuple):
    """Some of the text; `is_found` where it is what was asked for."""

    text: str
    is_found: bool


class Cut(NamedTuple):
    """The pieces in order, and whether text was left out before and after."""

    pieces: list[Piece]
    is_begun: bool
    goes_on: bool


def cut(text: str, terms: list[str], exact: list[str]) -> Cut:
    """About `LONGEST` words of `text` around the first of the `exact` words, else of the `terms`; all are marked."""
    found = words(text)
    if not found:
        return Cut([], is_begun=False, goes_on=False)
    wanted = {*terms, *exact}
    hits = [one for one in said(found) if one.term in wanted or any(word.stem in wanted for word in one.words)]
    near = next((one for one in hits if any(word.stem in exact for word in one.words)), hits[0] if hits else None)
    at = found.index(near.words[0]) if near else 0
    first = _begin(text, found, at)
    last = min(max(first + LONGEST, at + AFTER), len(found)) - 1
    start = found[first].start if first else 0
    end = found[last].end if last < len(found) - 1 else len(text)
    return Cut(_pieces(text, hits, start, end), is_begun=first > 0, goes_on=end < len(text))


def _begin(text: str, found: list[Word], at: int) -> int:
    """Where the sentence begins that says what was found: “Do not …” is never left out."""
    if len(found) <= LONGEST:
        return 0
    for first in range(at, max(0, at - LONGEST_SENTENCE), -1):
        if ENDED.search(text[found[first - 1].end : found[first].start]):
            return first
    return max(0, at - LONGEST_SENTENCE)


def _pieces(text: str, hits: list[Said], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for hit in hits:
        begin, stop = hit.words[0].start, hit.words[-1].end
        if begin < at or stop > end:
            continue
        pieces += [Piece(text[at:begin], is_found=False), Piece(text[begin:stop], is_found=True)]
        at = stop
    pieces.append(Piece(text[at:end], is_found=False))
    return [piece for piece in pieces if piece.text]
