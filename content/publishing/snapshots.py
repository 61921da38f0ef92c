"""Snapshots of what patients saw, taken right after a change commits, or by the next tick if that failed."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from cms.models import Page, PageContent
from django.conf import settings
from django.db import transaction

from content.publishing import internal_client, url_history
from content.reviews import gate
from content.treatment.models import Treatment
from content.treatment.tokens import substitute

from .models import ShownHtml, Snapshot, SnapshotDue

logger = logging.getLogger(__name__)
MAX_ON_COMMIT = 20  # pages taken within the request; the next tick takes the others


def enqueue(page_ids: Iterable[int], *, because: str, now: datetime) -> None:
    """Note, in the transaction of a change, that these pages look different; their snapshots follow its commit."""
    rows = [SnapshotDue(page_id=page_id, because=because[:200], happened_at=now) for page_id in page_ids]
    SnapshotDue.objects.bulk_create(rows)
    if rows and not gate.is_seeding():  # static files and half of the pages may be missing then
        transaction.on_commit(partial(take_due, now=now, limit=MAX_ON_COMMIT), robust=True)


def live_page_ids() -> list[int]:
    """Return the ids of all pages that visitors can reach."""
    return list(PageContent.objects.filter(language=settings.LANGUAGE_CODE).values_list("page_id", flat=True))


def enqueue_missing(*, now: datetime, is_new_release: bool = False) -> None:
    """Enqueue every live page without a snapshot, and all others too if `is_new_release`.

    A release may have changed what pages look like; an unchanged page gets no new snapshot.
    """
    live = set(live_page_ids()) - set(SnapshotDue.objects.values_list("page_id", flat=True))
    archived = set(Snapshot.objects.values_list("page_id", flat=True))
    enqueue(sorted(live - archived), because="first kept", now=now)
    if is_new_release:
        enqueue(sorted(live & archived), because="the site was renewed", now=now)


def take_due(*, now: datetime, limit: int | None = None) -> list[str]:
    """Take the snapshots that are due and return what was done; one that fails stays due and stops no other."""
    waiting = list(SnapshotDue.objects.order_by("page_id").values_list("page_id", flat=True).distinct()[:limit])
    done = []
    for page_id in waiting:
        try:
            if _take_one(page_id, now):
                done.append(f"snapshot of page {page_id} taken")
        except Exception:
            logger.exception("The snapshot of a page could not be taken yet.")
    return done


def _take_one(page_id: int, now: datetime) -> bool:
    """Take the snapshot of one page once: of two processes the second finds nothing due."""
    with transaction.atomic():
        due = list(SnapshotDue.objects.select_for_update().filter(page_id=page_id))
        if not due:
            return False
        because = "; ".join(dict.fromkeys(row.because for row in due))[:200]
        is_new = _store_snapshot(page_id, because, max(row.happened_at for row in due), now)
        SnapshotDue.objects.filter(pk__in=[row.pk for row in due]).delete()
    return is_new


def _store_snapshot(page_id: int, because: str, shown_from: datetime, now: datetime) -> bool:
    """Store what visitors see of the page now, unless it is what they saw before; return whether it was stored."""
    url = url_history.current_url(page_id)
    content = PageContent.objects.filter(page_id=page_id, language=settings.LANGUAGE_CODE).first()
    previous = Snapshot.objects.filter(page_id=page_id).last()
    if url is None or content is None:
        if previous is None or previous.was_offline:
            return False
        title, path, content_id, sha256 = previous.title, previous.path, None, ""
    else:
        title, path, content_id, sha256 = (
            _title(content),
            url.strip("/"),
            content.pk,
            _store_html(internal_client.archived_html(url)),
        )
    if previous and (previous.sha256, previous.path, previous.content_id) == (sha256, path, content_id):
        return False
    Snapshot.objects.create(
        page_id=page_id,
        content_id=content_id,
        title=title,
        path=path,
        shown_from=max(shown_from, previous.shown_from) if previous else shown_from,
        taken_at=now,
        because=because,
        sha256=sha256,
    )
    return True


def _title(content: PageContent) -> str:
    """Return the title as patients read it."""
    return substitute(content.title, Treatment.objects.of_page(content.page))[:255]


def _store_html(html: str) -> str:
    """Store the HTML under its hash, once, and return the hash."""
    sha256 = hashlib.sha256(html.encode()).hexdigest()
    if not ShownHtml.objects.filter(sha256=sha256).exists():
        ShownHtml.objects.create(sha256=sha256, html=html)
    return sha256


def snapshot_at(page_id: int, at: datetime) -> Snapshot | None:
    """Return the newest snapshot from before that moment; None before the first."""
    return Snapshot.objects.filter(page_id=page_id, shown_from__lte=at).order_by("shown_from", "pk").last()


def archived_pages() -> list[tuple[int, str]]:
    """Return (id, newest title) of every page that has a snapshot, deleted ones included."""
    titles = dict(Snapshot.objects.order_by("pk").values_list("page_id", "title"))
    existing = set(Page.objects.filter(pk__in=titles).values_list("pk", flat=True))
    named = [(pk, title if pk in existing else f"{title} (page deleted)") for pk, title in titles.items()]
    return sorted(named, key=lambda row: row[1].casefold())
