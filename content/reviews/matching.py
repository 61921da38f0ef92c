"""Matching of two versions: which old block each new block was, and which words of a text are the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from content.reviews.document import Document

SAME, ADDED, REMOVED = "same", "new", "gone"
MIN_SIMILARITY = 0.4  # below that, two blocks of a kind are rather one taken out and another put in
LabelledText = tuple[str, str]  # what a text is, and the text


@dataclass(frozen=True)
class TextDiff:
    """One text of a block: what it is, and its words as (mark, words), a mark being "same", "gone" or "new"."""

    label: str
    words: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        """Whether any word came or went."""
        return any(mark != SAME for mark, _ in self.words)


def flatten(blocks: list[Document]) -> list[Document]:
    """The blocks in reading order, those inside another after it."""
    return [one for block in blocks for one in (block, *flatten(block.get("inside", [])))]


def match_blocks(old: list[Document], new: list[Document], text_of: Callable[[Document], str]) -> list[int | None]:
    """Return for each new block the index of the old one that it was: one that is the same, else the most similar.

    `text_of` returns the text of a block that similarity is measured by.
    """
    free = dict(enumerate(old))
    partner: list[int | None] = []
    for block in new:
        same = next(
            (number for number, other in free.items() if without_children(other) == without_children(block)), None
        )
        partner.append(same)
        free.pop(same, None) if same is not None else None
    for number, block in enumerate(new):
        if partner[number] is None:
            kind = {
                other: _similarity(text_of(old[other]), text_of(block))
                for other in free
                if old[other]["kind"] == block["kind"]
            }
            best = max(kind, key=lambda other: kind[other], default=None)
            if best is not None and kind[best] >= MIN_SIMILARITY:
                partner[number] = best
                free.pop(best)
    return partner


def without_children(block: Document) -> tuple[Any, ...]:
    """A block without those inside it, which are compared by themselves."""
    return block["kind"], block["fields"]


def _similarity(old: str, new: str) -> float:
    """Return from 0 to 1 how much of two texts is the same; two empty ones are alike."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio() if old or new else 1.0


def longest_increasing(partner: list[int | None]) -> set[int]:
    """The new blocks that kept their order: the longest row of them whose old numbers rise."""
    rows: list[list[int]] = [[]]
    for number, old in enumerate(partner):
        if old is not None:
            before: list[list[int]] = [row for row in rows if not row or (partner[row[-1]] or 0) < old]
            rows.append([*max(before, key=len), number])
    longest: list[int] = max(rows, key=len)
    return set(longest)


def text_diffs(old: list[LabelledText], new: list[LabelledText]) -> list[TextDiff]:
    """The texts of both, the same ones side by side however many came between."""
    found = []
    for what, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [TextDiff(label, [(SAME, text)]) for label, text in new[b1:b2]]
            continue
        for one, other in zip_longest(old[a1:a2], new[b1:b2]):
            if one and other and one[0] == other[0]:
                found.append(TextDiff(other[0], _word_diff(one[1], other[1])))
            else:
                found += [TextDiff(one[0], [(REMOVED, one[1])])] if one else []
                found += [TextDiff(other[0], [(ADDED, other[1])])] if other else []
    return found


def _word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """The words of both texts, each marked."""
    a, b = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    found = []
    for what, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(b[b1:b2])))
            continue
        found += [(REMOVED, "".join(a[a1:a2]))] if a2 > a1 else []
        found += [(ADDED, "".join(b[b1:b2]))] if b2 > b1 else []
    return found
