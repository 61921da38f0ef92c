"""Create a new topic page under a treatment: the whole page, each slot with blocks that prompt for words."""

from dataclasses import dataclass
from typing import Any

from cms.api import add_plugin, create_page
from cms.models import Page, PageContent, PageUrl, Placeholder
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.db import transaction
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.pages import TOPIC
from content.staff.editing.topic_prompts import NewBlock, initial_blocks

LANGUAGE = settings.LANGUAGE_CODE


class AddressTakenError(Exception):
    """Another page has the address already; `title` is that page's."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True)
class NewTopic:
    """The form's values: `slug` is the last part of the address, `kind` a `topic_prompts.TopicKind`."""

    title: str
    slug: str
    description: str
    menu_title: str
    treatment: Page
    kind: str


@transaction.atomic
def create_topic_page(topic: NewTopic, *, user: Any) -> PageContent:
    """Create the page's draft; raise AddressTakenError. On any error no page is left."""
    parent = Page.objects.select_for_update().get(pk=topic.treatment.pk)  # two presses wait for each other here
    if other := _title_at(parent, topic.slug):
        raise AddressTakenError(other)
    page = create_page(
        topic.title,
        TOPIC,
        LANGUAGE,
        slug=topic.slug,
        menu_title=topic.menu_title or None,
        meta_description=topic.description,
        created_by=user,
        parent=parent,
        in_navigation=True,
    )
    draft: PageContent = PageContent.admin_manager.get(page=page, language=LANGUAGE)
    slots = draft.rescan_placeholders()
    for block in initial_blocks(topic.kind):
        _add_block(slots[block.slot], block)
    return draft


def _title_at(parent: Page, slug: str) -> str:
    """Return the title of the page that has the address or, as a draft, is meant to get it; else ""."""
    siblings = PageContent.admin_manager.filter(
        page__parent=parent, language=LANGUAGE, slug=slug, versions__state__in=(DRAFT, PUBLISHED)
    )
    path = f"{parent.get_path(LANGUAGE) or ''}/{slug}".strip("/")
    others = PageContent.admin_manager.filter(
        page__in=PageUrl.objects.filter(path=path, language=LANGUAGE).values("page"), language=LANGUAGE
    )
    return next((content.title for contents in (siblings, others) for content in contents[:1]), "")


def _add_block(slot: Placeholder, block: NewBlock) -> None:
    model = plugin_pool.get_plugin(block.plugin).model
    model(**block.fields).full_clean(exclude=["placeholder", "language", "position", "plugin_type"])
    add_plugin(slot, block.plugin, LANGUAGE, **block.fields)
