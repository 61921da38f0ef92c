"""The difference between two documents of a page, block by block, in words that staff read on a phone."""

import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.db import models

from content.blocks.drawings import DRAWINGS
from content.blocks.rich_text import RichTextField
from content.blocks.rows import RowsField
from content.library.models import LibraryFile
from content.reviews import rules, signed_document
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
from content.reviews.signed_document import Document
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
    """A block and its texts; `state` is "same", "changed", "new" or "gone", `slot_name` its part of the page.

    `old` and `new` are its numbers in the reading order of both documents. `offer` is what a form has to send to put
    the block back where it was, "" if there is nothing to put back.
    """

    state: str
    name: str
    slot_name: str
    lines: list[TextDiff] = field(default_factory=list)
    is_moved: bool = False
    old: int | None = None
    new: int | None = None
    offer: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the block differs or stands elsewhere."""
        return self.state != SAME or self.is_moved

    @property
    def summary(self) -> str:
        """What happened to the block, in words; "" if nothing did."""
        what = {SAME: "", CHANGED: "Changed", ADDED: "New", REMOVED: "Taken out"}[self.state]
        return " and ".join(part for part in (what, "moved" if what else "Moved") if part) if self.is_moved else what


def diff(before: Document | None, after: Document) -> list[BlockDiff]:
    """Return all of `after`, block by block, with what differs from `before`, and last the removed blocks.

    Without a `before` there is nothing to compare with, and nothing is marked.
    """
    earlier = after if before is None else before
    old, new = flatten(earlier["blocks"]), flatten(after["blocks"])
    partner = match_blocks(old, new, _joined_text)
    stayed = longest_increasing(partner)
    diffs = [_page_diff(earlier, after)]
    for number, block in enumerate(new):
        match = partner[number]
        original = old[match] if match is not None else None
        is_moved = original is not None and (number not in stayed or original["slot"] != block["slot"])
        part = _block_diff(original, block, earlier, after, is_moved=is_moved)
        diffs.append(replace(part, old=match, new=number))
    removed = set(range(len(old))) - set(partner)
    return diffs + [replace(_block_diff(old[number], None, earlier, after), old=number) for number in sorted(removed)]


def baseline(content: PageContent) -> tuple[Document | None, str]:
    """Return the document that a version is compared with, and its name; (None, "") if the page was never live.

    It is the document that was signed last for the live version, or the live version itself if nobody signed it.
    """
    live = PageContent.objects.filter(page=content.page_id, language=content.language).first()
    if live is None:
        return None, ""
    signed = rules.last_signature(live)
    if signed:
        return signed.document, f"what {signed.name} signed on {signed.signed_on:%-d %B %Y}"
    return signed_document.build(live), LIVE


def changed_blocks(before: Document | None, after: Document) -> list[BlockDiff]:
    """Return the blocks that differ, and the page's own texts if they do."""
    return [part for part in diff(before, after) if part.is_changed]


def _page_diff(before: Document, after: Document) -> BlockDiff:
    texts = [
        [
            (label, _quote_facts(document.get(key, ""), document))
            for key, label in PAGE_FIELD_LABELS.items()
            if document.get(key)
        ]
        for document in (before, after)
    ]
    lines = text_diffs(*texts)
    return BlockDiff(CHANGED if any(line.is_changed for line in lines) else SAME, "About the page", "", lines)


def _block_diff(
    old: Document | None, new: Document | None, before: Document, after: Document, *, is_moved: bool = False
) -> BlockDiff:
    block: Document = new or old or {}
    lines = text_diffs(_labelled_texts(old, before) if old else [], _labelled_texts(new, after) if new else [])
    if old and new and without_children(old) != without_children(new) and not any(line.is_changed for line in lines):
        lines.append(TextDiff("How it looks", [(ADDED, "bold or italic words, a heading or a list were changed")]))
    state = (
        ADDED
        if old is None
        else REMOVED
        if new is None
        else CHANGED
        if any(line.is_changed for line in lines)
        else SAME
    )
    plugin = plugin_pool.plugins.get(block["kind"])
    return BlockDiff(state, str(plugin.name) if plugin else block["kind"], SLOT_NAMES[block["slot"]], lines, is_moved)


def _joined_text(block: Document) -> str:
    return " ".join(text for _, text in _labelled_texts(block, {}))


def _labelled_texts(block: Document, document: Document) -> list[LabelledText]:
    """Return every text of a block in the order of its form, with facts in words."""
    plugin = plugin_pool.plugins.get(block["kind"])
    fields = {each.name: each for each in plugin.model._meta.local_fields} if plugin else {}
    names = sorted(block["fields"], key=lambda name: list(fields).index(name) if name in fields else len(fields))
    texts = [text for name in names for text in _texts(name, fields.get(name), block["fields"][name])]
    facts = document.get("facts", {})
    texts += [("Quoted fact", facts[name]) for name in block.get("quotes", []) if name in facts]
    return [(label, _quote_facts(text, document)) for label, text in texts]


def _texts(name: str, model_field: "models.Field[Any, Any] | None", value: Any) -> list[LabelledText]:
    label = str(model_field.verbose_name).capitalize() if model_field is not None else name
    if isinstance(model_field, RowsField) and isinstance(value, list):
        return [text for row in value for text in _row(label, model_field, row)]
    if isinstance(model_field, RichTextField):
        return [(label, text) for text in _paragraphs(str(value))]
    choices = dict(model_field.flatchoices) if model_field is not None and model_field.choices else {}
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
    """Return the label of a cell; a column with the same label as its rows is named once."""
    return rows if column.rstrip(" …") == rows else f"{rows}: {column}"


def _plain(value: Any, choices: dict[Any, Any]) -> str:
    """Return a value in staff's words: the label of a choice; the name and digest of a drawing or photograph."""
    if isinstance(value, dict) and "drawing" in value:
        drawing = DRAWINGS.get(value["drawing"])
        name = drawing.label if drawing else str(value["drawing"])
        return (
            f"{name} ({value['alt']}, {value['sha256'][0][:8]})"
            if value.get("alt")
            else f"{name} ({value['sha256'][0][:8]})"
        )
    if isinstance(value, dict) and "photograph" in value:
        file = LibraryFile.objects.filter(photo__sha256=value["photograph"]).select_related("picture").first()
        return f"{file.picture.name if file else 'A photograph'} ({value['photograph'][:8]})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(choices.get(value, value))


def _paragraphs(html: str) -> list[str]:
    """Return the paragraphs of rich text as plain text, each link followed by its address."""
    linked = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 (leads to \1)", html, flags=re.DOTALL)
    rows = re.split(r"</?(?:p|br|h3|h4|ul|ol|li)\b[^>]*>", linked)
    return [text for row in rows if (text := unescape(re.sub(r"<[^>]*>", "", row)).strip())]


def _quote_facts(text: str, document: Document) -> str:
    facts = document.get("facts", {})
    return TOKEN.sub(lambda token: facts.get(token[1], token[0]), text)
