"""What differs between two documents of a page, block by block, in words that a nurse reads on a phone."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from typing import Any

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.db import models

from content.blocks.drawings import DRAWINGS
from content.blocks.rich_text import RichTextField
from content.blocks.rows import RowsField
from content.reviews import document, rules
from content.reviews.document import Document
from content.topics import SLOT_NAMES
from content.treatment.tokens import TOKEN

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "new", "gone"
PAGE_FIELD_LABELS = {
    "title": "Title",
    "menu_title": "Short name for the menu",
    "tab_title": "Title in the browser’s tab",
    "description": "First sentence",
    "sends_on": "Sends its readers on to",
}
LIVE = "the live page"
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


@dataclass(frozen=True)
class BlockDiff:
    """A block as one reads it; `state` is "same", "changed", "new" or "gone", `where` its part of the page."""

    state: str
    name: str
    slot_name: str
    lines: list[TextDiff] = field(default_factory=list)
    is_moved: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to look at."""
        return self.state != SAME or self.is_moved

    @property
    def summary(self) -> str:
        """What happened to it, in words."""
        what = {SAME: "", CHANGED: "Changed", ADDED: "New", REMOVED: "Taken out"}[self.state]
        return " and ".join(part for part in (what, "moved" if what else "Moved") if part) if self.is_moved else what


def diff(before: Document | None, after: Document) -> list[BlockDiff]:
    """All of `after`, part by part, with what differs from `before`, and last what was taken out.

    Without a `before` nothing is marked: it is all there is.
    """
    earlier = after if before is None else before
    old, new = _flat(earlier["blocks"]), _flat(after["blocks"])
    partner = _match_blocks(old, new)
    stayed = _longest_increasing(partner)
    found = [_page_diff(earlier, after)]
    for number, block in enumerate(new):
        other = partner[number]
        came_from = old[other] if other is not None else None
        is_moved = came_from is not None and (number not in stayed or came_from["slot"] != block["slot"])
        found.append(_block_diff(came_from, block, earlier, after, is_moved=is_moved))
    left = set(range(len(old))) - set(partner)
    return found + [_block_diff(old[number], None, earlier, after) for number in sorted(left)]


def baseline(content: PageContent) -> tuple[Document | None, str]:
    """What a version is compared with, and what staff call that; nothing where the page was never live.

    That is what the doctor signed last of the live version, or the live version itself where nobody has signed it.
    """
    live = PageContent.objects.filter(page=content.page_id, language=content.language).first()
    if live is None:
        return None, ""
    signed = rules.last_signature(live)
    if signed:
        return signed.document, f"what {signed.name} signed on {signed.signed_on:%-d %B %Y}"
    return document.build(live), LIVE


def changed_blocks(before: Document | None, after: Document) -> list[BlockDiff]:
    """Only the parts that differ."""
    return [part for part in diff(before, after) if part.is_changed]


def _flat(blocks: list[Document]) -> list[Document]:
    """The blocks in reading order, those inside another after it."""
    return [one for block in blocks for one in (block, *_flat(block.get("inside", [])))]


def _match_blocks(old: list[Document], new: list[Document]) -> list[int | None]:
    """For each new block the number of the old one that it was: one that is the same, else the most alike."""
    free = dict(enumerate(old))
    partner: list[int | None] = []
    for block in new:
        same = next(
            (number for number, other in free.items() if _without_children(other) == _without_children(block)), None
        )
        partner.append(same)
        free.pop(same, None) if same is not None else None
    for number, block in enumerate(new):
        if partner[number] is None:
            kind = {other: _similarity(old[other], block) for other in free if old[other]["kind"] == block["kind"]}
            best = max(kind, key=lambda other: kind[other], default=None)
            if best is not None and kind[best] >= MIN_SIMILARITY:
                partner[number] = best
                free.pop(best)
    return partner


def _without_children(block: Document) -> tuple[Any, ...]:
    """A block without those inside it, which are compared by themselves."""
    return block["kind"], block["fields"]


def _similarity(one: Document, other: Document) -> float:
    """From 0 to 1: how much of their texts is the same; two without texts are alike."""
    first, second = (" ".join(text for _, text in _labelled_texts(block, {})) for block in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first or second else 1.0


def _longest_increasing(partner: list[int | None]) -> set[int]:
    """The new blocks that kept their order: the longest row of them whose old numbers rise."""
    rows: list[list[int]] = [[]]
    for number, old in enumerate(partner):
        if old is not None:
            before: list[list[int]] = [row for row in rows if not row or (partner[row[-1]] or 0) < old]
            rows.append([*max(before, key=len), number])
    longest: list[int] = max(rows, key=len)
    return set(longest)


def _page_diff(before: Document, after: Document) -> BlockDiff:
    said = [
        [
            (label, _quote_facts(document.get(key, ""), document))
            for key, label in PAGE_FIELD_LABELS.items()
            if document.get(key)
        ]
        for document in (before, after)
    ]
    lines = _text_diffs(*said)
    return BlockDiff(CHANGED if any(line.is_changed for line in lines) else SAME, "About the page", "", lines)


def _block_diff(
    old: Document | None, new: Document | None, before: Document, after: Document, *, is_moved: bool = False
) -> BlockDiff:
    block: Document = new or old or {}
    lines = _text_diffs(_labelled_texts(old, before) if old else [], _labelled_texts(new, after) if new else [])
    if old and new and _without_children(old) != _without_children(new) and not any(one.is_changed for one in lines):
        lines.append(TextDiff("How it looks", [(ADDED, "bold or italic words, a heading or a list were changed")]))
    state = (
        ADDED if old is None else REMOVED if new is None else CHANGED if any(one.is_changed for one in lines) else SAME
    )
    plugin = plugin_pool.plugins.get(block["kind"])
    return BlockDiff(state, str(plugin.name) if plugin else block["kind"], SLOT_NAMES[block["slot"]], lines, is_moved)


def _text_diffs(old: list[LabelledText], new: list[LabelledText]) -> list[TextDiff]:
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
                found += [TextDiff(one[0], [("gone", one[1])])] if one else []
                found += [TextDiff(other[0], [("new", other[1])])] if other else []
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


def _labelled_texts(block: Document, document: Document) -> list[LabelledText]:
    """Every text of a block in the order of its form, with facts in words."""
    plugin = plugin_pool.plugins.get(block["kind"])
    fields = {one.name: one for one in plugin.model._meta.local_fields} if plugin else {}
    names = sorted(block["fields"], key=lambda name: list(fields).index(name) if name in fields else len(fields))
    said = [text for name in names for text in _texts(name, fields.get(name), block["fields"][name])]
    facts = document.get("facts", {})
    said += [("Quoted fact", facts[name]) for name in block.get("quotes", []) if name in facts]
    return [(label, _quote_facts(text, document)) for label, text in said]


def _texts(name: str, one: "models.Field[Any, Any] | None", value: Any) -> list[LabelledText]:
    label = str(one.verbose_name).capitalize() if one is not None else name
    if isinstance(one, RowsField) and isinstance(value, list):
        return [text for row in value for text in _row(label, one, row)]
    if isinstance(one, RichTextField):
        return [(label, text) for text in _paragraphs(str(value))]
    choices = dict(one.flatchoices) if one is not None and one.choices else {}
    return [(label, _plain(value, choices))]


def _row(label: str, rows: RowsField, row: Any) -> list[LabelledText]:
    if not isinstance(row, dict):
        return [(label, str(row))]
    columns = {column.key: column for column in rows.columns}
    return [
        (
            _column_label(label, columns[key].label) if key in columns else label,
            _plain(row[key], dict(columns[key].choices) if key in columns else {}),
        )
        for key in [*(key for key in columns if key in row), *(key for key in row if key not in columns)]
    ]


def _column_label(rows: str, column: str) -> str:
    """What a box in a row is called; a column that is called as its rows are is named once."""
    return rows if column.rstrip(" …") == rows else f"{rows}: {column}"


def _plain(value: Any, choices: dict[Any, Any]) -> str:
    """A value as staff know it: a choice by its label, a drawing by its name and the words that stand for it."""
    if isinstance(value, dict) and "drawing" in value:
        drawing = DRAWINGS.get(value["drawing"])
        name = drawing.label if drawing else str(value["drawing"])
        return (
            f"{name} ({value['alt']}, {value['sha256'][0][:8]})"
            if value.get("alt")
            else f"{name} ({value['sha256'][0][:8]})"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(choices.get(value, value))


def _paragraphs(html: str) -> list[str]:
    """Rich text as its paragraphs; a link says where it leads."""
    linked = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 (leads to \1)", html, flags=re.DOTALL)
    rows = re.split(r"</?(?:p|br|h3|h4|ul|ol|li)\b[^>]*>", linked)
    return [text for row in rows if (text := unescape(re.sub(r"<[^>]*>", "", row)).strip())]


def _quote_facts(text: str, document: Document) -> str:
    facts = document.get("facts", {})
    return TOKEN.sub(lambda found: facts.get(found[1], found[0]), text)
