"""What a patient reads of one version of a page, as plain data; a signature is over this and nothing else.

In: title, titles in menu and tab, description, where it sends its readers on to, each shown block's kind, order and
fields, drawings by digest, facts quoted in words, what a block draws from another page. Out: primary keys, slots that
the page's template doesn't show, the clinic's record, cases, templates.
A field at its default is left out, so that a field which a later release adds un-signs nothing.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cms.models import Page, PageContent
from django.contrib.staticfiles import finders
from django.db import models

from content.blocks.base import Block
from content.blocks.drawings import CHOICES, DRAWINGS
from content.blocks.rich_text import RichTextField, normalise_html
from content.blocks.rows import RowsField
from content.cms_adapter.block_loading import blocks_of, children_of
from content.treatment.models import Treatment
from content.treatment.tokens import TOKEN, quote

Document = dict[str, Any]

PAGE_FIELDS = {
    "title": "title",
    "menu_title": "menu_title",
    "tab_title": "page_title",
    "description": "meta_description",
    "sends_on": "redirect",  # whoever asks for the page reads another
}

#: The facts that a kind of page tells of by itself, whatever its blocks quote.
DERIVED_FACTS = {
    "pages/planner.html": frozenset(
        {
            "weeks-between-sessions",
            "usual-sessions",
            "weeks-before-judging",
            "hours-in-cotton",
            "hours-without-make-up",
            "hours-without-exercise",
            "days-without-scrubs",
            "weeks-out-of-sun",
        }
    ),
}


@dataclass(frozen=True)
class ShownBlock:
    """A block that the page's template shows, in its slot, with the blocks inside it."""

    slot: str
    block: Block
    inside: list["ShownBlock"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The name of its plugin, which is frozen once released."""
        return str(self.block.plugin_type)


def shown_blocks(content: PageContent) -> list[ShownBlock]:
    """The blocks that patients see of this version, in the order of its template's slots."""
    return [_shown(block, block.placeholder.slot) for block in blocks_of([content])[content.pk]]


def _shown(block: Block, slot: str) -> ShownBlock:
    return ShownBlock(slot, block, [_shown(child, slot) for child in children_of(block)])


def build(content: PageContent, treatment: Treatment | None = None) -> Document:
    """The document of this version; `treatment` is the one whose facts the page quotes, read where it is not given."""
    treatment = treatment or Treatment.objects.of_page(content.page)
    texts = {
        key: _normalise_newlines(getattr(content, name)) for key, name in PAGE_FIELDS.items() if getattr(content, name)
    }
    blocks = [_block(one, treatment) for one in shown_blocks(content)]
    document: Document = {**texts, "blocks": blocks}
    names = sorted(_quoted_facts(document) | DERIVED_FACTS.get(content.template, frozenset()))
    if names:
        document["facts"] = {name: quote(name, treatment) for name in names}
    return document


def fingerprint(document: Document) -> str:
    """The SHA-256 of the document as JSON with sorted keys, in 64 hexadecimal digits."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _block(shown: ShownBlock, treatment: Treatment | None) -> Document:
    said: Document = {"kind": shown.kind, "slot": shown.slot, "fields": _fields(shown.block, treatment)}
    if shown.block.quotes:
        said["quotes"] = sorted(shown.block.quotes)
    if shown.inside:
        said["inside"] = [_block(one, treatment) for one in shown.inside]
    return said


def _fields(block: Block, treatment: Treatment | None = None) -> Document:
    found, drawn = {}, block.values_from_other_pages(treatment)
    for one in block._meta.local_fields:
        value = drawn.get(one.name, getattr(block, one.attname))
        if one.remote_field and one.remote_field.parent_link:
            continue
        if value not in (None, "", []) and value != one.get_default():
            found[one.name] = _value(one, value)
    return found


def _value(one: "models.Field[Any, Any]", value: Any) -> Any:
    """The value of a field as data that reads the same however it was typed."""
    if isinstance(one, RowsField):
        return [_row(one, row) if isinstance(row, dict) else row for row in value] if isinstance(value, list) else value
    if isinstance(one, RichTextField):
        return normalise_html(str(value))
    if isinstance(one, models.ForeignKey):
        return Page.objects.filter(pk=value).values_list("reverse_id", flat=True).first() or f"page {value}"
    if one.choices == CHOICES:
        return _drawing(str(value))
    return _normalise_newlines(value) if isinstance(value, str) else value


def _row(rows: RowsField, row: dict[str, str]) -> Document:
    drawn = {column.key for column in rows.columns if column.choices == CHOICES}
    return {
        key: _drawing(text) if key in drawn else _normalise_newlines(str(text)) for key, text in row.items() if text
    }


def _normalise_newlines(value: str) -> str:
    """Browsers send a new line as two signs; it is the same line."""
    return value.replace("\r\n", "\n").strip()


def _drawing(name: str) -> Any:
    """A drawing by its name, what it is said to show, and what it shows."""
    drawing = DRAWINGS.get(name)
    if drawing is None:
        return name
    digests = [_digest(path) for path in (drawing.path, drawing.wide) if path]
    return {"drawing": name, "alt": drawing.alt, "sha256": digests}


@cache
def _digest(path: str) -> str:
    """Of the file as it is released; it doesn't change while the site runs."""
    found = finders.find(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest() if found else ""


def _quoted_facts(value: Any) -> set[str]:
    """The facts that the document's texts quote, and those that its drawings are reckoned from."""
    if isinstance(value, str):
        return set(TOKEN.findall(value))
    if isinstance(value, dict):
        return {*value.get("quotes", ()), *(name for part in value.values() for name in _quoted_facts(part))}
    if isinstance(value, list):
        return {name for part in value for name in _quoted_facts(part)}
    return set()
