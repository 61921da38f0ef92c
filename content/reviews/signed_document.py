"""What a patient reads of one version of a page, as plain data: exactly what a signature covers.

Included: title, titles in menu and tab, description, redirect, each shown block's kind, order and fields, drawings and
photographs by digest, quoted facts in words, what a block shows from another page. Excluded: primary keys, slots that
the page's template doesn't show, the clinic's record, cases, templates.
A field at its default is left out, so that a field added by a later release invalidates no signature.
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
from content.library.models import LibraryFile
from content.treatment.models import Treatment
from content.treatment.tokens import TOKEN, quote

Document = dict[str, Any]

PAGE_FIELDS = {
    "title": "title",
    "menu_title": "menu_title",
    "tab_title": "page_title",
    "description": "meta_description",
    "sends_on": "redirect",  # readers of this page are sent to another
}

#: The facts that a kind of page shows by itself, whatever its blocks quote.
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
    """Return the blocks of this version that patients see, in the order of its template's slots."""
    return [_shown(block, block.placeholder.slot) for block in blocks_of([content])[content.pk]]


def _shown(block: Block, slot: str) -> ShownBlock:
    return ShownBlock(slot, block, [_shown(child, slot) for child in children_of(block)])


def build(content: PageContent, treatment: Treatment | None = None) -> Document:
    """Return the document of this version; `treatment` is the one whose facts the page quotes, looked up if None."""
    treatment = treatment or Treatment.objects.of_page(content.page)
    texts = {
        key: _normalise_newlines(getattr(content, name)) for key, name in PAGE_FIELDS.items() if getattr(content, name)
    }
    blocks = [_block(shown, treatment) for shown in shown_blocks(content)]
    document: Document = {**texts, "blocks": blocks}
    names = sorted(_quoted_facts(document) | DERIVED_FACTS.get(content.template, frozenset()))
    if names:
        document["facts"] = {name: quote(name, treatment) for name in names}
    return document


def fingerprint(document: Document) -> str:
    """Return the SHA-256 of the document as JSON with sorted keys, in 64 hexadecimal digits."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of_block(shown: ShownBlock) -> Document:
    """Return what patients read of one block, with the facts that it quotes left as tokens."""
    return _block(shown, None)


def _block(shown: ShownBlock, treatment: Treatment | None) -> Document:
    data: Document = {"kind": shown.kind, "slot": shown.slot, "fields": _fields(shown.block, treatment)}
    if shown.block.quotes:
        data["quotes"] = sorted(shown.block.quotes)
    if shown.inside:
        data["inside"] = [_block(child, treatment) for child in shown.inside]
    return data


def _fields(block: Block, treatment: Treatment | None = None) -> Document:
    data, from_other_pages = {}, block.values_from_other_pages(treatment)
    for model_field in block._meta.local_fields:
        value = from_other_pages.get(model_field.name, getattr(block, model_field.attname))
        if model_field.remote_field and model_field.remote_field.parent_link:
            continue
        if value not in (None, "", []) and value != model_field.get_default():
            data[model_field.name] = _value(model_field, value)
    return data


def _value(model_field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return the value of a field in a normal form, however it was typed."""
    if isinstance(model_field, RowsField):
        return (
            [_row(model_field, row) if isinstance(row, dict) else row for row in value]
            if isinstance(value, list)
            else value
        )
    if isinstance(model_field, RichTextField):
        return normalise_html(str(value))
    if isinstance(model_field, models.ForeignKey) and model_field.related_model is LibraryFile:
        return {"photograph": LibraryFile.objects.values_list("photo__sha256", flat=True).get(pk=value)}
    if isinstance(model_field, models.ForeignKey):
        return Page.objects.filter(pk=value).values_list("reverse_id", flat=True).first() or f"page {value}"
    if model_field.choices == CHOICES:
        return _drawing(str(value))
    return _normalise_newlines(value) if isinstance(value, str) else value


def _row(rows: RowsField, row: dict[str, str]) -> Document:
    drawing_keys = {column.key for column in rows.columns if column.choices == CHOICES}
    return {
        key: _drawing(text) if key in drawing_keys else _normalise_newlines(str(text))
        for key, text in row.items()
        if text
    }


def _normalise_newlines(value: str) -> str:
    """Return `value` stripped, with the CRLF that browsers send turned into LF."""
    return value.replace("\r\n", "\n").strip()


def _drawing(name: str) -> Any:
    """Return a drawing's name, alternative text and digests; the bare name if there is no such drawing."""
    drawing = DRAWINGS.get(name)
    if drawing is None:
        return name
    digests = [_digest(path) for path in (drawing.path, drawing.wide) if path]
    return {"drawing": name, "alt": drawing.alt, "sha256": digests}


@cache
def _digest(path: str) -> str:
    """Return the SHA-256 of a static file, which doesn't change while the site runs; "" if there is none."""
    file = finders.find(path)
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else ""


def _quoted_facts(value: Any) -> set[str]:
    """Return the facts that the document's texts quote, and those that its diagrams are computed from."""
    if isinstance(value, str):
        return set(TOKEN.findall(value))
    if isinstance(value, dict):
        return {*value.get("quotes", ()), *(name for part in value.values() for name in _quoted_facts(part))}
    if isinstance(value, list):
        return {name for part in value for name in _quoted_facts(part)}
    return set()
