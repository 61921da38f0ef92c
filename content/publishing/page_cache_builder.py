"""Makes the published tree: every public address asked for as a visitor would, and kept as files while it is true."""

import gzip
import hashlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import brotli
from cms.models import Page
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from clinic_site.http import csp_meta, headers
from clinic_site.page_cache import build_id, store
from content import pages
from content.blocks.area_advice import QUERY_PARAMETERS
from content.gallery.facets import BY_NAME
from content.gallery.models import Case
from content.images.specs import widths_for
from content.planner import page as planner
from content.planner.forms import PlanForm
from content.publishing import database_outage, internal_client, url_history
from content.treatment.models import Treatment

logger = logging.getLogger(__name__)
FIXED_URL_NAMES = ("search", "whole_guide", "sitemap", "robots", "manifest")
DROPPED_HEADERS = {"content-length", "etag", "vary", "expires"}
ADVISORY_LOCK_ID = (
    20_261_127  # of PostgreSQL: shared by every change, so that a renewal begins between changes and not within one
)
POLL_INTERVAL = 0.05  # seconds
BROTLI_QUALITY = 11  # the smallest there is: a file is made once and read often


@dataclass(frozen=True)
class ShowablePhotograph:
    """A photograph that may be shown: of which case, until which day, and where its renditions lie."""

    case: str
    until: date
    outage_data: dict[str, Any]


def invalidate() -> None:
    """Close the tree in the transaction of a change, before it commits; once for each transaction is enough."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ADVISORY_LOCK_ID])
    store.invalidate()


def rebuild(*, on: date) -> list[str]:
    """Make a fresh tree where none is true on the clinic's local date `on`; says what was done.

    Raises OSError where it can't be written: the tree stays closed, and readers with Django.
    """
    if settings.DEBUG or _is_current(on):
        return []
    begun_in = store.generation()
    _wait_for_open_changes()
    old = store.last_complete()
    shown = _showable_photographs(on)
    more = {"photographs": {token: one.outage_data for token, one in shown.items()}, **_planner_data()}
    tree = store.create(on, build_id.current(), _query_parameters(), more)
    if not store.activate(tree, begun_in):
        return []
    kept = 0
    for url in cacheable_urls(on):
        if store.generation() != begun_in:
            return []
        kept += _store_response(tree, url, internal_client.get(url), shown, old)
    return [f"{kept} pages kept as files"] if store.finish(tree, begun_in) else []


def _is_current(on: date) -> bool:
    tree = store.load(store.active_name())
    last = store.last_complete()
    return (
        tree is not None
        and last is not None
        and tree.folder == last.folder
        and (tree.day, tree.build_id) == (on.isoformat(), build_id.current())
    )


def _wait_for_open_changes() -> None:
    """Wait until no change is under way: what follows sees all that closed the tree before."""
    while True:
        with transaction.atomic():  # which waits for the only writer that SQLite has
            if connection.vendor != "postgresql":
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK_ID])
                if cursor.fetchone()[0]:
                    return
        time.sleep(POLL_INTERVAL)


def _query_parameters() -> frozenset[str]:
    """The words of an address's query that any page answers to."""
    return frozenset({*BY_NAME, "page", "q", *QUERY_PARAMETERS, *PlanForm.field_names()})


def _planner_data() -> dict[str, Any]:
    """What the planner needs to answer without the database."""
    known = pages.published_pages(HttpRequest())
    at = next((one for one in known.values() if one.reverse_id == planner.KEY), None)
    treatment = Treatment.objects.of_page(Page(path=at.tree_path)) if at else None
    return database_outage.planner_data(treatment, list(known.values()))


def cacheable_urls(on: date) -> Iterator[str]:
    """Every address that visitors may read on this day, pages first."""
    yield from (
        url_history.url_for_path(path)
        for path in url_history.published_contents().order_by("page__path").values_list("path", flat=True)
    )
    yield from (reverse(name) for name in FIXED_URL_NAMES)
    for case in Case.objects.showable(on).only("code", "body_area").iterator():
        yield reverse("case", args=[case.code])
        if case.has_cover:
            yield reverse("case_uncovered", args=[case.code])


def _showable_photographs(on: date) -> dict[str, ShowablePhotograph]:
    """Every photograph that may be shown on this day, by its token."""
    found = {}
    for case in Case.objects.showable(on).select_related("consent").with_pictures():
        if case.consent is None:
            continue
        is_found = case.consent.for_search and not case.has_cover
        for photo in (photo for pair in case.pairs.all() for photo in pair.photos):
            told = {
                "until": case.consent.expires_on.isoformat(),
                "widths": widths_for(photo.shown_size[0]),
                "cut": list(photo.cut),
                "may_be_searched": is_found,
            }
            found[photo.token] = ShowablePhotograph(case.code, case.consent.expires_on, told)
    return found


def _is_whole_as_file(response: HttpResponse) -> bool:
    """Whether a page says itself what only its own headers say: nginx sends every page with the same."""
    html = response.content.decode()
    robots = response.get("X-Robots-Tag", "")
    return csp_meta.has_csp_meta(html) and (not robots or f'<meta name="robots" content="{robots}">' in html)


def _store_response(
    tree: store.PageCache,
    url: str,
    response: HttpResponseBase,
    shown: dict[str, ShowablePhotograph],
    previous: store.PageCache | None,
) -> bool:
    """Keep one reply, unless it is no page, or one that nobody may keep; says whether it was kept."""
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
    days += [one.until for one in shown.values() if f"/{one.case}/" in url]
    bodies = {"": body}
    told = store.CachedResponse(
        headers=[(name, value) for name, value in response.items() if name.lower() not in DROPPED_HEADERS],
        sha256=hashlib.sha256(body).hexdigest(),
        encodings=["", "gzip", "br"],
        photographs=sorted(tokens),
        show_until=min(days).isoformat() if days else None,
    )
    before = previous.response(url) if previous else None
    if previous and before and before.sha256 == told.sha256:
        tree.reuse(url, previous, told)
    else:
        bodies |= {"gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=BROTLI_QUALITY)}
        tree.write(url, bodies, told)
    return True
