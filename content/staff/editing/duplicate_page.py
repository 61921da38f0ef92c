"""Duplicates a page: its words and blocks as the draft of a new page, under a new address, and nothing else of it.

Neither signature, request, set time nor a reason given for a word comes along, so all checks apply to the copy. What
a block refers to, such as cases, drawings and pages, is referred to, not copied.
"""

from datetime import datetime
from typing import Any

from cms.api import create_page
from cms.models import Page, PageContent, PageUrl
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.cms_adapter.block_loading import slot_names
from content.ledger.models import Event
from content.ledger.writer import record
from content.pages import CLINIC, TOPIC
from content.publishing import url_history
from content.reviews import practice
from content.reviews.signing import ledger_subject

LANGUAGE = settings.LANGUAGE_CODE
KINDS = {CLINIC, TOPIC, "pages/treatment.html"}  # of each other kind there is one page
ONE_OF_ITS_KIND = "There is one page of this kind, so it can’t be duplicated."
PRACTICE = "This is a practice page. Make another on “First steps”."


class AddressTakenError(Exception):
    """Another page has the address, is meant to get it, or had it; `title` is that page's, or ""."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


def refusal(content: PageContent) -> str:
    """Return in a sentence why this page can't be duplicated; "" if it can."""
    if practice.publish_problem(content):
        return PRACTICE
    return "" if content.template in KINDS else ONE_OF_ITS_KIND


def free_slug(content: PageContent) -> str:
    """Return the last part of an address that no page has, made from this page's own."""
    base = f"{slugify(content.slug or content.title)[:50] or 'page'}-copy"
    numbers = (base if number == 1 else f"{base}-{number}" for number in range(1, 1000))
    return next(slug for slug in numbers if taken_by(content.page.parent, slug) is None)


def taken_by(parent: Page | None, slug: str) -> str | None:
    """Return the title of the page that has, had or is meant to get this address ("" if it is gone); None if none."""
    path = f"{(parent.get_path(LANGUAGE) if parent else '') or ''}/{slug}".strip("/")
    versions = PageContent.admin_manager.filter(language=LANGUAGE)
    meant = versions.filter(page__parent=parent, slug=slug, versions__state__in=(DRAFT, PUBLISHED))
    having = versions.filter(page__in=PageUrl.objects.filter(path=path, language=LANGUAGE).values("page"))
    for contents in (meant, having, versions.filter(overwrite_url__in=[path, f"/{path}", f"/{path}/"])):
        if content := contents.order_by("-pk").first():
            return str(content.title)
    return "" if url_history.last_page_at(path) is not None else None


@transaction.atomic
def duplicate(content: PageContent, *, title: str, slug: str, user: Any, now: datetime) -> PageContent:
    """Return the draft of the new page, locked to `user`; raise AddressTakenError. On any error no page is left."""
    parent = content.page.parent
    if parent is not None:  # two presses wait for each other here
        Page.objects.select_for_update().get(pk=parent.pk)
    if (other := taken_by(parent, slug)) is not None:
        raise AddressTakenError(other)
    page = create_page(
        title,
        content.template,
        LANGUAGE,
        slug=slug,
        meta_description=content.meta_description,
        created_by=user,
        parent=parent,
        in_navigation=False,
    )
    draft: PageContent = PageContent.admin_manager.get(page=page, language=LANGUAGE)
    slots = draft.rescan_placeholders()
    for source in content.placeholders.filter(slot__in=slot_names(content.template)):
        source.copy_plugins(slots[source.slot], language=LANGUAGE)
    edit = {"did": "copied", "what": f"the page “{content.title}”"}
    detail = {"page": page.pk, "version": 1, "copy_of": content.page_id, "edits": [edit]}
    record(Event.DRAFT_CHANGED, ledger_subject(draft), actor=user.get_username(), now=now, detail=detail)
    return draft
