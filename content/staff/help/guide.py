"""The staff guide: a Markdown file for each topic in `guide_pages/`, and a section for each kind of block.

Everybody who may change a page reads every topic (`guide_views`). A staff page leads to its topic by the `help` that
its view gives to `staff.views.render_page`.
The sections on blocks are generated from the plugins, so that they can't be out of date.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from content.blocks.base import BlockPlugin
from content.blocks.rows import RowsField
from content.cms_adapter.block_loading import slot_names
from content.topics import SLOT_NAMES

GUIDE_DIR = Path(__file__).parent / "guide_pages"
PICTURES = settings.BASE_DIR / "static" / "help"
BLOCKS_SLUG = "blocks"  # the topic that is made from the plugins
SECTION_START = re.compile(r"(?=<h2 id=)")
MAX_LISTED_CHOICES = 12  # longer menus explain themselves


@dataclass(frozen=True)
class GuideTopic:
    """A page of the guide; `sections` are pairs of anchor and title, `html` is the text without the title."""

    slug: str
    title: str
    sections: list[tuple[str, str]]
    html: SafeString


@dataclass(frozen=True)
class FieldHelp:
    """A field of a block's form; `columns` are the fields of each row if it is a list of rows."""

    label: str
    help: str
    is_required: bool
    columns: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BlockHelp:
    """A kind of block; `places` are kinds of page, each with the slots in which the block may stand."""

    noun: str
    name: str
    advice: str
    places: list[tuple[str, list[str]]]
    fields: list[FieldHelp]
    children: str


@cache
def topics() -> list[GuideTopic]:
    """Return all topics in order, read once: they change with a release only."""
    return [_topic(path) for path in sorted(GUIDE_DIR.glob("*.md"))]


def topic(slug: str) -> GuideTopic | None:
    """Return the topic with this slug, or None."""
    return next((topic for topic in topics() if topic.slug == slug), None)


def _topic(path: Path) -> GuideTopic:
    """Parse a file: its first heading is the title, and each second-level heading gets an anchor."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(path.read_text())
    title, body = tokens[1].content, tokens[3:]
    sections = []
    for token, following in pairwise(body):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = _anchor(following)
            token.attrSet("id", anchor)
            sections.append((anchor, following.content))
    for image in (child for token in body for child in token.children or [] if child.type == "image"):
        _set_picture(image)
    html = mark_safe(parser.renderer.render(body, parser.options, {}))  # noqa: S308  our own files; HTML in them is escaped
    return GuideTopic(path.stem.partition("-")[2], title, sections, html)


def _set_picture(image: Token) -> None:
    """Let an image, named by its file alone, show that picture of `static/help` at its own size."""
    name = str(image.attrGet("src"))
    with Image.open(PICTURES / name) as picture:
        width, height = picture.size
    for key, value in (("src", static(f"help/{name}")), ("width", width), ("height", height), ("loading", "lazy")):
        image.attrSet(key, value)


def _anchor(heading: Token) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.content.lower().replace("’", "")).strip("-")


@dataclass(frozen=True)
class SearchText:
    """A section of the guide as the searches read it, with the address where it stands."""

    title: str
    url: str
    text: str


def search_texts() -> list[SearchText]:
    """Return every section of the guide and every kind of block."""
    sections = [section for shown in topics() for section in _sections(shown)]
    blocks = reverse("staff_help_topic", args=[BLOCKS_SLUG])
    kinds = [
        SearchText(kind.name, f"{blocks}#{kind.noun}", " ".join([kind.advice, *(field.help for field in kind.fields)]))
        for kind in block_help()
    ]
    return sections + kinds


def _sections(shown: GuideTopic) -> list[SearchText]:
    """Return the beginning of a topic under the topic's title, then each section under its own."""
    url = reverse("staff_help_topic", args=[shown.slug])
    beginning, *parts = SECTION_START.split(str(shown.html))
    texts = [unescape(strip_tags(part.partition("</h2>")[2])) for part in parts]
    named = zip(shown.sections, texts, strict=True)
    return [
        SearchText(shown.title, url, unescape(strip_tags(beginning))),
        *(SearchText(f"{shown.title}: {title}", f"{url}#{anchor}", text) for (anchor, title), text in named),
    ]


def block_help() -> list[BlockHelp]:
    """Return all kinds of block, sorted by name."""
    plugins = [plugin for plugin in plugin_pool.plugins.values() if issubclass(plugin, BlockPlugin)]
    return sorted((_block_help(plugin) for plugin in plugins), key=lambda kind: kind.name)


def _block_help(plugin: type[BlockPlugin]) -> BlockHelp:
    fields = [field for field in plugin.model._meta.local_fields if not field.primary_key]
    parents = [plugin_pool.get_plugin(name).name for name in plugin.parent_classes or []]
    places = [
        (label, [SLOT_NAMES[name] for name in slot_names(path) if plugin.is_allowed_in_slot(name)])
        for path, label in settings.CMS_TEMPLATES
    ]
    return BlockHelp(
        noun=plugin.noun(),
        name=str(plugin.name),
        advice=plugin.advice,
        places=[(label, slots) for label, slots in places if slots],
        fields=[_field_help(field) for field in fields],
        children=", ".join(str(name) for name in parents),
    )


def _field_help(model_field: Any) -> FieldHelp:
    columns = model_field.columns if isinstance(model_field, RowsField) else []
    choices = [str(label) for _, label in model_field.flatchoices] if model_field.choices else []
    return FieldHelp(
        label=str(model_field.verbose_name).capitalize(),
        help=str(model_field.help_text),
        is_required=not model_field.blank and not model_field.has_default(),
        columns=[f"{column.label}{'' if column.is_required else ' (may be empty)'}" for column in columns],
        choices=choices if len(choices) <= MAX_LISTED_CHOICES else [],
    )
