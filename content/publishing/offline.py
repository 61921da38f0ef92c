"""Taking a page offline, in place of deleting it, and restoring it as a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.models import CMSPlugin, Page, PageContent, PageUrl
from django.db import transaction
from djangocms_versioning.constants import DRAFT, PUBLISHED, UNPUBLISHED
from djangocms_versioning.models import Version

from content.blocks.rich_text import RichTextField
from content.blocks.topic_links import TopicLink
from content.ledger.models import Event
from content.ledger.writer import record
from content.pages import published_versions
from content.publishing import url_history
from content.reviews import gate, rules, signed_document
from content.reviews.signing import RefusedError, ledger_subject, lock_page, locked_version

HOME_STAYS = "The home page can’t be taken offline: every other page leads back to it. Change what it says instead."
NOT_LIVE = "This page is not live, so there is nothing to take offline."
STILL_LIVE = "This page is live, so there is nothing to put back."
HAS_DRAFT = "A draft of this page is there already. Publish it to put the page back."


@dataclass(frozen=True)
class Consequences:
    """Which other pages are affected: live pages below that go offline too, and live pages that link to it."""

    below: list[PageContent]
    linking: list[PageContent]


def consequences(content: PageContent) -> Consequences:
    """Return whom taking the page offline affects: a URL below an offline page leads nowhere, so pages below go too."""
    live = list(published_versions().select_related("page"))
    going = _pages_going_offline(content)
    below = [other for other in live if other.page_id in going and other.page_id != content.page_id]
    urls = {url for pk in going if (url := url_history.current_url(pk))}
    linking = [other for other in live if other.page_id not in going and _links_to(other, going, urls)]
    return Consequences(below, linking)


def _pages_going_offline(content: PageContent) -> set[int]:
    """Return the ids of the page and those below it, without pages that have a URL of their own and their children."""
    below = PageUrl.objects.filter(page__in=content.page.get_descendants(), language=content.language)
    going = {content.page_id}
    for page_id, parent_id, is_derived in below.order_by("page__path").values_list("page", "page__parent", "managed"):
        if is_derived and parent_id in going:
            going.add(page_id)
    return going


def _links_to(content: PageContent, page_ids: set[int], urls: set[str]) -> bool:
    """Return whether a block of this version links to one of the pages."""
    return any(_block_links_to(block, page_ids, urls) for block in _blocks(signed_document.shown_blocks(content)))


def _blocks(shown: list[signed_document.ShownBlock]) -> list[CMSPlugin]:
    return [block for item in shown for block in (item.block, *_blocks(item.inside))]


def _block_links_to(block: CMSPlugin, page_ids: set[int], urls: set[str]) -> bool:
    if isinstance(block, TopicLink):
        return block.page_id in page_ids
    texts = [str(getattr(block, field.name)) for field in block._meta.local_fields if isinstance(field, RichTextField)]
    return any(f'href="{url}' in text for text in texts for url in urls)


def refusals(content: PageContent, user: Any) -> list[str]:
    """Return why this person can't take this version offline; [] if they can. Nobody can the home page."""
    if content.page.is_home:
        return [HOME_STAYS]
    return [] if rules.may_publish(user, content) else [gate.who_may_publish(content)]


def take_offline(content: PageContent, *, user: Any, now: datetime) -> None:
    """Take the live version offline, with the pages below it; raises RefusedError and then changes nothing."""
    with transaction.atomic():
        version = locked_version(content)
        problems = refusals(content, user) or ([] if version.state == PUBLISHED else [NOT_LIVE])
        if problems:
            raise RefusedError(problems)
        below = [other.page_id for other in consequences(content).below]
        version.unpublish(user)
        detail = {"version": version.number, "pages_below": below}
        record(Event.PAGE_OFFLINE, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)


def restore_as_draft(content: PageContent, *, user: Any, now: datetime) -> PageContent:
    """Return a new draft of the version that was live last, to be signed and published again; raises RefusedError."""
    with transaction.atomic():
        lock_page(content.page_id)
        version = locked_version(content)
        states = set(versions_of(content).values_list("state", flat=True))
        if not rules.may_publish(user, content):
            raise RefusedError([gate.who_may_publish(content)])
        if PUBLISHED in states or version.state != UNPUBLISHED:
            raise RefusedError([STILL_LIVE])
        if DRAFT in states:
            raise RefusedError([HAS_DRAFT])
        draft: PageContent = version.copy(user).content
        detail = {"version": version.number}
        record(Event.PAGE_PUT_BACK, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
    return draft


def versions_of(content: PageContent) -> Any:
    """Return all versions of the page, old ones included."""
    return Version.objects.filter_by_content_grouping_values(content)


def has_history(page: Page) -> bool:
    """Return whether this page or one below it was ever public or has older versions: then it is never deleted."""
    pages = [page.pk, *page.get_descendants().values_list("pk", flat=True)]
    contents = PageContent.admin_manager.filter(page_id__in=pages)
    if contents.count() > len(pages) or any(url_history.was_ever_public(pk) for pk in pages):
        return True
    return bool(contents.filter(versions__state__in=[PUBLISHED, UNPUBLISHED]).exists())
