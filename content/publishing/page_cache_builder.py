"""Builds the page cache: requests every public URL as a visitor would, and stores the responses as files.

`receivers` invalidates the cache in the transaction of a change; the `tick` command has it built again.
"""

import errno
import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import brotli
from cms.models import Page
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from clinic_site import disk_room
from clinic_site.http import csp_meta, headers
from clinic_site.page_cache import build_id, store
from clinic_site.page_cache.entries import CachedResponse, DamagedBodyError, PageCache, digest_of
from content import pages
from content.blocks.area_advice import QUERY_PARAMETERS
from content.gallery.facets import BY_NAME
from content.gallery.models import Case
from content.images.models import Photo
from content.images.specs import widths_for
from content.library.models import LibraryFile
from content.planner import page as planner
from content.planner.forms import PlanForm
from content.publishing import database_outage, internal_client
from content.treatment.models import Treatment

FIXED_URL_NAMES = ("search", "whole_guide", "sitemap", "robots", "manifest")
DROPPED_HEADERS = {"content-length", "etag", "vary", "expires"}
#: PostgreSQL's, held in shared mode by every change, so that a rebuild begins between changes and not within one.
ADVISORY_LOCK_ID = 20_261_127
POLL_INTERVAL = 0.05  # seconds
BROTLI_QUALITY = 11  # the smallest there is: a file is made once and read often


@dataclass(frozen=True)
class ShowablePhotograph:
    """A photograph that may be shown: the code of its case ("" for the library), its last day, and an outage's data."""

    case: str
    until: date
    outage_data: dict[str, Any]


def invalidate() -> None:
    """Invalidate the page cache in the transaction of a change, before it commits; repeating it does no harm."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ADVISORY_LOCK_ID])
    store.invalidate()


def rebuild(*, on: date) -> list[str]:
    """Build a new page cache if none is current on the clinic's local date `on`; return what was done, in words.

    Raises OSError if it can't be written: no cache is active then, and Django answers readers.
    """
    if settings.DEBUG or _is_current(on):
        return []
    if not disk_room.has_room():
        raise OSError(errno.ENOSPC, "The disk is full")
    begun_in = store.generation()
    _wait_for_open_changes()
    previous = store.last_complete()
    shown = _showable_photographs(on)
    photographs = {token: photograph.outage_data for token, photograph in shown.items()}
    outage_data = {"photographs": photographs, **_planner_data()}
    cache = store.create(on, build_id.current(), _query_parameters(), outage_data)
    if not store.activate(cache, begun_in):
        return []
    count = 0
    for url in cacheable_urls(on):
        if store.generation() != begun_in:
            return []
        count += _store_response(cache, url, internal_client.get(url), shown, previous)
    return [f"{count} pages kept as files"] if store.finish(cache, begun_in) else []


def _is_current(on: date) -> bool:
    active = store.load(store.active_name())
    last = store.last_complete()
    return (
        active is not None
        and last is not None
        and active.folder == last.folder
        and (active.day, active.build_id) == (on.isoformat(), build_id.current())
    )


def _wait_for_open_changes() -> None:
    """Wait until no change is in progress, so that what is read next includes every change before the rebuild."""
    while True:
        with transaction.atomic():  # on SQLite, BEGIN IMMEDIATE waits for the only writer
            if connection.vendor != "postgresql":
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK_ID])
                if cursor.fetchone()[0]:
                    return
        time.sleep(POLL_INTERVAL)


def _query_parameters() -> frozenset[str]:
    """Return the names of all query parameters that any page answers to."""
    return frozenset({*BY_NAME, "page", "q", *QUERY_PARAMETERS, *PlanForm.field_names()})


def _planner_data() -> dict[str, Any]:
    """Return what the planner needs to answer without the database."""
    published = list(pages.published_pages(HttpRequest()).values())
    planner_page = next((page for page in published if page.reverse_id == planner.KEY), None)
    treatment = Treatment.objects.of_page(Page(path=planner_page.tree_path)) if planner_page else None
    return database_outage.planner_data(treatment, published)


def cacheable_urls(on: date) -> Iterator[str]:
    """Yield every URL that visitors may read on this day, pages first."""
    yield from (pages.url_for_path(path) for path in pages.published_versions().values_list("path", flat=True))
    yield from (reverse(name) for name in FIXED_URL_NAMES)
    for case in Case.objects.showable(on).only("code", "body_area").iterator():
        yield reverse("case", args=[case.code])
        if case.has_cover:
            yield reverse("case_uncovered", args=[case.code])


def _showable_photographs(on: date) -> dict[str, ShowablePhotograph]:
    """Return every photograph that may be shown on this day, by its token."""
    photographs = {}
    for case in Case.objects.showable(on).select_related("consent").with_pictures():
        if case.consent is None:
            continue
        may_be_searched = case.consent.for_search and not case.has_cover
        for photo in (photo for pair in case.pairs.all() for photo in pair.photos):
            outage_data = _outage_data(photo, case.consent.expires_on, may_be_searched=may_be_searched)
            photographs[photo.token] = ShowablePhotograph(case.code, case.consent.expires_on, outage_data)
    for file in LibraryFile.objects.showable().select_related("photo"):
        outage_data = _outage_data(file.photo, date.max, may_be_searched=False)
        photographs[file.photo.token] = ShowablePhotograph("", date.max, outage_data)
    return photographs


def _outage_data(photo: Photo, until: date, *, may_be_searched: bool) -> dict[str, Any]:
    """Return what is needed to serve a photograph without the database."""
    return {
        "until": until.isoformat(),
        "widths": widths_for(photo.shown_size[0]),
        "cut": list(photo.cut),
        "may_be_searched": may_be_searched,
    }


def _is_whole_as_file(response: HttpResponse) -> bool:
    """Return whether the HTML repeats what only its own headers say: nginx sends the same headers for every page."""
    html = response.content.decode()
    robots = response.get("X-Robots-Tag", "")
    return csp_meta.has_csp_meta(html) and (not robots or f'<meta name="robots" content="{robots}">' in html)


def _store_response(
    cache: PageCache,
    url: str,
    response: HttpResponseBase,
    shown: dict[str, ShowablePhotograph],
    previous: PageCache | None,
) -> bool:
    """Store one response unless it is no page or must not be stored; return whether it was."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        return False
    if not store.is_cacheable(url) or "no-store" in response.get("Cache-Control", ""):
        return False
    body = response.content
    if headers.is_html(response) and not _is_whole_as_file(response):
        return False
    tokens = internal_client.photograph_tokens(body.decode())
    if not tokens <= shown.keys():
        return False
    days = [shown[token].until for token in tokens]
    days += [photograph.until for photograph in shown.values() if photograph.case and f"/{photograph.case}/" in url]
    cached = CachedResponse(
        headers=[(name, value) for name, value in response.items() if name.lower() not in DROPPED_HEADERS],
        digests={"": digest_of(body)},
        photographs=sorted(tokens),
        show_until=min(days).isoformat() if days else None,
    )
    if not (previous and _reuse_body(cache, url, cached, previous)):
        compressed = {"gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=BROTLI_QUALITY)}
        bodies = {"": body, **compressed}
        digests = {encoding: digest_of(data) for encoding, data in bodies.items()}
        cache.write(url, bodies, replace(cached, digests=digests))
    return True


def _reuse_body(cache: PageCache, url: str, cached: CachedResponse, previous: PageCache) -> bool:
    """Store the response with the files of the `previous` cache; return False if its body is another or damaged."""
    earlier = previous.response(url)
    if earlier is None or earlier.digests[""] != cached.digests[""]:
        return False
    try:
        cache.reuse(url, previous, replace(cached, digests=earlier.digests))
    except (FileNotFoundError, DamagedBodyError):
        return False
    return True
