"""The guide for staff: one Markdown file for each topic (`guide/`), and a section for each kind of block, made from its
plugin so that it is never out of date."""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from cms.plugin_pool import plugin_pool
from cms.utils.placeholder import get_placeholders
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.blocks.base import BlockPlugin
from content.blocks.rows import RowsField
from content.topics import SLOT_NAMES

GUIDE_DIR = Path(__file__).parent / "guide_pages"
BLOCKS_SLUG = "blocks"  # the topic that is made from the plugins
MAX_LISTED_CHOICES = 12  # longer menus explain themselves


@dataclass(frozen=True)
class GuideTopic:
    """One page of the guide: its address, title, sections as anchors and titles, and text without the title."""

    slug: str
    title: str
    sections: list[tuple[str, str]]
    html: SafeString


@dataclass(frozen=True)
class FieldHelp:
    """A box of a block's form: what it is called, what belongs there, and for a list of rows the boxes of each."""

    label: str
    help: str
    is_required: bool
    columns: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BlockHelp:
    """A kind of block: `places` are kinds of page, each with the parts of it where the block may stand."""

    noun: str
    name: str
    advice: str
    places: list[tuple[str, list[str]]]
    fields: list[FieldHelp]
    children: str


@cache
def topics() -> list[GuideTopic]:
    """All topics in their order; they are released with the site, so they are read once."""
    return [_topic(path) for path in sorted(GUIDE_DIR.glob("*.md"))]


def topic(slug: str) -> GuideTopic | None:
    """The topic at this address, or None."""
    return next((one for one in topics() if one.slug == slug), None)


def _topic(path: Path) -> GuideTopic:
    """The first heading is the title; each heading of the second level gets an anchor."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text())
    title, body = tokens[1].content, tokens[3:]
    sections = []
    for mark, words in pairwise(body):
        if mark.type == "heading_open" and mark.tag == "h2":
            anchor = _anchor(words)
            mark.attrSet("id", anchor)
            sections.append((anchor, words.content))
    html = mark_safe(reader.renderer.render(body, reader.options, {}))  # noqa: S308  our own files; HTML in them is escaped
    return GuideTopic(path.stem.partition("-")[2], title, sections, html)


def _anchor(words: Token) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.content.lower().replace("’", "")).strip("-")


def block_help() -> list[BlockHelp]:
    """All kinds of block by name."""
    found = [plugin for plugin in plugin_pool.plugins.values() if issubclass(plugin, BlockPlugin)]
    return sorted((_block_help(plugin) for plugin in found), key=lambda kind: kind.name)


def _block_help(plugin: type[BlockPlugin]) -> BlockHelp:
    fields = [one for one in plugin.model._meta.local_fields if not one.primary_key]
    parents = [plugin_pool.get_plugin(name).name for name in plugin.parent_classes or []]
    places = [
        (label, [SLOT_NAMES[slot.slot] for slot in get_placeholders(path) if plugin.is_allowed_in_slot(slot.slot)])
        for path, label in settings.CMS_TEMPLATES
    ]
    return BlockHelp(
        noun=plugin.noun(),
        name=str(plugin.name),
        advice=plugin.advice,
        places=[(label, slots) for label, slots in places if slots],
        fields=[_field_help(one) for one in fields],
        children=", ".join(str(name) for name in parents),
    )


def _field_help(one: Any) -> FieldHelp:
    columns = one.columns if isinstance(one, RowsField) else []
    choices = [str(label) for _, label in one.flatchoices] if one.choices else []
    return FieldHelp(
        label=str(one.verbose_name).capitalize(),
        help=str(one.help_text),
        is_required=not one.blank and not one.has_default(),
        columns=[f"{column.label}{'' if column.is_required else ' (may be empty)'}" for column in columns],
        choices=choices if len(choices) <= MAX_LISTED_CHOICES else [],
    )
