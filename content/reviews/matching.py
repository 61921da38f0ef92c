"""Matching of two versions: which old block each new block was, and which words of a text are the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from content.reviews.signed_document import Document

SAME, ADDED, REMOVED = "same", "new", "gone"
MIN_SIMILARITY = 0.4  # below that, one block was removed and another added
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
    """Return the blocks in reading order, each followed by those inside it."""
    return [nested for block in blocks for nested in (block, *flatten(block.get("inside", [])))]


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
            scores = {
                other: _similarity(text_of(old[other]), text_of(block))
                for other in free
                if old[other]["kind"] == block["kind"]
            }
            best = max(scores, key=lambda other: scores[other], default=None)
            if best is not None and scores[best] >= MIN_SIMILARITY:
                partner[number] = best
                free.pop(best)
    return partner


def without_children(block: Document) -> tuple[Any, ...]:
    """Return a block's kind and fields; the blocks inside it are compared by themselves."""
    return block["kind"], block["fields"]


def _similarity(old: str, new: str) -> float:
    """Return from 0 to 1 how much of two texts is the same; two empty ones are alike."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio() if old or new else 1.0


def longest_increasing(partner: list[int | None]) -> set[int]:
    """Return the indexes of the new blocks that did not move: the longest run whose old indexes rise."""
    runs: list[list[int]] = [[]]
    for number, old in enumerate(partner):
        if old is not None:
            rising: list[list[int]] = [run for run in runs if not run or (partner[run[-1]] or 0) < old]
            runs.append([*max(rising, key=len), number])
    longest: list[int] = max(runs, key=len)
    return set(longest)


def text_diffs(old: list[LabelledText], new: list[LabelledText]) -> list[TextDiff]:
    """Return the texts of both blocks in order, with texts of the same label compared word by word."""
    diffs = []
    for what, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            diffs += [TextDiff(label, [(SAME, text)]) for label, text in new[b1:b2]]
            continue
        for before, after in zip_longest(old[a1:a2], new[b1:b2]):
            if before and after and before[0] == after[0]:
                diffs.append(TextDiff(after[0], _word_diff(before[1], after[1])))
            else:
                diffs += [TextDiff(before[0], [(REMOVED, before[1])])] if before else []
                diffs += [TextDiff(after[0], [(ADDED, after[1])])] if after else []
    return diffs


def _word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Return the words of both texts in runs, each with its mark."""
    a, b = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    runs = []
    for what, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append((SAME, "".join(b[b1:b2])))
            continue
        runs += [(REMOVED, "".join(a[a1:a2]))] if a2 > a1 else []
        runs += [(ADDED, "".join(b[b1:b2]))] if b2 > b1 else []
    return runs
