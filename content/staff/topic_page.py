"""A new topic page under a treatment: one form makes the whole page, each slot with blocks that wait for words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.api import add_plugin, create_page
from cms.models import Page, PageContent, PageUrl, Placeholder
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.db import transaction
from django.utils.html import strip_tags
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.blocks.base import Block
from content.reviews.document import ShownBlock, shown_blocks
from content.topics import PROMPT, SLOT_NAMES, is_prompt

from .page_kind import TOPIC
from .topic_prompts import NewBlock, blocks

LANGUAGE = settings.LANGUAGE_CODE


class TakenError(Exception):
    """Another page has the address already; `title` is that page's."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True)
class NewTopic:
    """What the form asks for: `slug` is the last part of the address, `kind` a `topic_prompts.Kind`."""

    title: str
    slug: str
    description: str
    menu_title: str
    treatment: Page
    kind: str


@transaction.atomic
def make(wanted: NewTopic, *, user: Any) -> PageContent:
    """The draft of the whole page, locked to `user`; raises TakenError, and whatever goes wrong leaves no page."""
    parent = Page.objects.select_for_update().get(pk=wanted.treatment.pk)  # two presses wait for each other here
    if other := _at_that_address(parent, wanted.slug):
        raise TakenError(other)
    page = create_page(
        wanted.title,
        TOPIC,
        LANGUAGE,
        slug=wanted.slug,
        menu_title=wanted.menu_title or None,
        meta_description=wanted.description,
        created_by=user,
        parent=parent,
        in_navigation=True,
    )
    draft: PageContent = PageContent.admin_manager.get(page=page, language=LANGUAGE)
    slots = draft.rescan_placeholders()
    for block in blocks(wanted.kind):
        _put_in(slots[block.slot], block)
    return draft


def _at_that_address(parent: Page, slug: str) -> str:
    """The title of the page that has the address or, as a draft, is meant to get it; else ""."""
    beside = PageContent.admin_manager.filter(
        page__parent=parent, language=LANGUAGE, slug=slug, versions__state__in=(DRAFT, PUBLISHED)
    )
    path = f"{parent.get_path(LANGUAGE) or ''}/{slug}".strip("/")
    elsewhere = PageContent.admin_manager.filter(
        page__in=PageUrl.objects.filter(path=path, language=LANGUAGE).values("page"), language=LANGUAGE
    )
    return next((content.title for found in (beside, elsewhere) for content in found[:1]), "")


def _put_in(slot: Placeholder, block: NewBlock) -> None:
    model = plugin_pool.get_plugin(block.plugin).model
    model(**block.fields).full_clean(exclude=["placeholder", "language", "position", "plugin_type"])
    add_plugin(slot, block.plugin, LANGUAGE, **block.fields)


def prompts_left(content: PageContent) -> list[str]:
    """A sentence for each text of this version that still asks for words; [] when all are written."""
    own = [(text, "Title and first sentence") for text in (content.title, content.menu_title, content.meta_description)]
    of_blocks = [(text, SLOT_NAMES[shown.slot]) for shown in shown_blocks(content) for text in _texts(shown)]
    found = [(strip_tags(text), where) for text, where in [*own, *of_blocks] if text and is_prompt(strip_tags(text))]
    return [f"“{where}” still asks for your words: “{_short(text)}”" for text, where in found]


def unwritten(content: PageContent) -> str:
    """In one sentence, why a version that still asks for words can't be signed or go live; else ""."""
    found = prompts_left(content)
    if not found:
        return ""
    places = "1 place" if len(found) == 1 else f"{len(found)} places"
    return f"{places} on this page still begin with “{PROMPT}”. Put your own words there. {found[0]}"


def _texts(shown: ShownBlock) -> Iterator[str]:
    block: Block = shown.block
    for field in block.text_fields():
        yield str(getattr(block, field.name))
    for rows in block.rows_fields():
        value = getattr(block, rows.name)
        for row in value if isinstance(value, list) else []:
            yield from map(str, row.values()) if isinstance(row, dict) else ()
    for inside in shown.inside:
        yield from _texts(inside)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
