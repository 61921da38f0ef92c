"""What differs between two documents of a page, block by block, in words that a nurse reads on a phone."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.db import models

from content.blocks.drawings import DRAWINGS
from content.blocks.rich_text import RichTextField
from content.blocks.rows import RowsField
from content.reviews import document, rules
from content.reviews.document import Document
from content.reviews.matching import (
    ADDED,
    REMOVED,
    SAME,
    LabelledText,
    TextDiff,
    flatten,
    longest_increasing,
    match_blocks,
    text_diffs,
    without_children,
)
from content.topics import SLOT_NAMES
from content.treatment.tokens import TOKEN

CHANGED = "changed"  # besides the marks of `matching`
PAGE_FIELD_LABELS = {
    "title": "Title",
    "menu_title": "Short name for the menu",
    "tab_title": "Title in the browser’s tab",
    "description": "First sentence",
    "sends_on": "Sends its readers on to",
}
LIVE = "the live page"


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
    old, new = flatten(earlier["blocks"]), flatten(after["blocks"])
    partner = match_blocks(old, new, _joined_text)
    stayed = longest_increasing(partner)
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


def _page_diff(before: Document, after: Document) -> BlockDiff:
    said = [
        [
            (label, _quote_facts(document.get(key, ""), document))
            for key, label in PAGE_FIELD_LABELS.items()
            if document.get(key)
        ]
        for document in (before, after)
    ]
    lines = text_diffs(*said)
    return BlockDiff(CHANGED if any(line.is_changed for line in lines) else SAME, "About the page", "", lines)


def _block_diff(
    old: Document | None, new: Document | None, before: Document, after: Document, *, is_moved: bool = False
) -> BlockDiff:
    block: Document = new or old or {}
    lines = text_diffs(_labelled_texts(old, before) if old else [], _labelled_texts(new, after) if new else [])
    if old and new and without_children(old) != without_children(new) and not any(one.is_changed for one in lines):
        lines.append(TextDiff("How it looks", [(ADDED, "bold or italic words, a heading or a list were changed")]))
    state = (
        ADDED if old is None else REMOVED if new is None else CHANGED if any(one.is_changed for one in lines) else SAME
    )
    plugin = plugin_pool.plugins.get(block["kind"])
    return BlockDiff(state, str(plugin.name) if plugin else block["kind"], SLOT_NAMES[block["slot"]], lines, is_moved)


def _joined_text(block: Document) -> str:
    return " ".join(text for _, text in _labelled_texts(block, {}))


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
