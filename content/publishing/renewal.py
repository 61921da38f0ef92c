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

from clinic_site import headers, policy_inside, published, release
from content import pages
from content.blocks.area_advice import ASKS
from content.gallery.facets import BY_NAME
from content.gallery.models import Case
from content.images.specs import widths_for
from content.planner import page as planner
from content.planner.forms import PlanForm
from content.treatment.models import Treatment

from . import addresses, away, visitor

logger = logging.getLogger(__name__)
FIXED = ("search", "whole_guide", "sitemap", "robots", "manifest")
NOT_KEPT = {"content-length", "etag", "vary", "expires"}
LOCK = 20_261_127  # of PostgreSQL: shared by every change, so that a renewal begins between changes and not within one
WAIT = 0.05  # seconds
BROTLI_QUALITY = 11  # the smallest there is: a file is made once and read often


@dataclass(frozen=True)
class Shown:
    """A photograph that may be shown: of which case, until which day, and where its renditions lie."""

    case: str
    until: date
    told: dict[str, Any]


def close() -> None:
    """Close the tree in the transaction of a change, before it commits; once for each transaction is enough."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    published.close()


def renew(*, on: date) -> list[str]:
    """Make a fresh tree where none is true on the clinic's local date `on`; says what was done.

    Raises OSError where it can't be written: the tree stays closed, and readers with Django.
    """
    if settings.DEBUG or _is_true(on):
        return []
    begun_in = published.generation()
    _between_changes()
    old = published.last()
    shown = _shown(on)
    more = {"photographs": {token: one.told for token, one in shown.items()}, **_planner()}
    tree = published.begin(on, release.word(), _asks(), more)
    if not published.open_up(tree, begun_in):
        return []
    kept = 0
    for url in addresses_on(on):
        if published.generation() != begun_in:
            return []
        kept += _keep(tree, url, visitor.ask(url), shown, old)
    return [f"{kept} pages kept as files"] if published.complete(tree, begun_in) else []


def _is_true(on: date) -> bool:
    tree = published.read(published.open_name())
    last = published.last()
    return (
        tree is not None
        and last is not None
        and tree.folder == last.folder
        and (tree.day, tree.release) == (on.isoformat(), release.word())
    )


def _between_changes() -> None:
    """Wait until no change is under way: what follows sees all that closed the tree before."""
    while True:
        with transaction.atomic():  # which waits for the only writer that SQLite has
            if connection.vendor != "postgresql":
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if cursor.fetchone()[0]:
                    return
        time.sleep(WAIT)


def _asks() -> frozenset[str]:
    """The words of an address's query that any page answers to."""
    return frozenset({*BY_NAME, "page", "q", *ASKS, *PlanForm.names()})


def _planner() -> dict[str, Any]:
    """What the planner needs to answer without the database."""
    known = pages.published(HttpRequest())
    at = next((one for one in known.values() if one.reverse_id == planner.KEY), None)
    treatment = Treatment.objects.of_page(Page(path=at.tree_path)) if at else None
    return away.remembered(treatment, list(known.values()))


def addresses_on(on: date) -> Iterator[str]:
    """Every address that visitors may read on this day, pages first."""
    yield from (addresses.url(path) for path in addresses.live().order_by("page__path").values_list("path", flat=True))
    yield from (reverse(name) for name in FIXED)
    for case in Case.objects.showable(on).only("code", "body_area").iterator():
        yield reverse("case", args=[case.code])
        if case.has_cover:
            yield reverse("case_uncovered", args=[case.code])


def _shown(on: date) -> dict[str, Shown]:
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
            found[photo.token] = Shown(case.code, case.consent.expires_on, told)
    return found


def _is_whole_as_a_file(response: HttpResponse) -> bool:
    """Whether a page says itself what only its own headers say: nginx sends every page with the same."""
    html = response.content.decode()
    robots = response.get("X-Robots-Tag", "")
    return policy_inside.is_inside(html) and (not robots or f'<meta name="robots" content="{robots}">' in html)


def _keep(
    tree: published.Tree,
    url: str,
    response: HttpResponseBase,
    shown: dict[str, Shown],
    old: published.Tree | None,
) -> bool:
    """Keep one reply, unless it is no page, or one that nobody may keep; says whether it was kept."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        return False
    if not published.is_keepable(url) or "no-store" in response.get("Cache-Control", ""):
        return False
    body = response.content
    if headers.is_html(response) and not _is_whole_as_a_file(response):
        return False
    tokens = visitor.photographs(body.decode())
    if not tokens <= shown.keys():
        return False
    days = [shown[token].until for token in tokens]
    days += [one.until for one in shown.values() if f"/{one.case}/" in url]
    bodies = {"": body}
    told = published.Told(
        headers=[(name, value) for name, value in response.items() if name.lower() not in NOT_KEPT],
        sha256=hashlib.sha256(body).hexdigest(),
        encodings=["", "gzip", "br"],
        photographs=sorted(tokens),
        until=min(days).isoformat() if days else None,
    )
    before = old.told(url) if old else None
    if old and before and before.sha256 == told.sha256:
        tree.take_over(url, old, told)
    else:
        bodies |= {"gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=BROTLI_QUALITY)}
        tree.write(url, bodies, told)
    return True
