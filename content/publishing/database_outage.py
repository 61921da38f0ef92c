"""Answers readers while the database is away, with the last known state of every page, as far as it may be shown.

Staff whose work could not be saved are told why, if that is a full disk.
"""

import re
import sys
from collections.abc import Callable
from typing import Any

from django.core import serializers
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from clinic_site import disk_room
from clinic_site.http.headers import is_staff_response
from clinic_site.page_cache import store
from clinic_site.page_cache.entries import PageCache
from content import pages
from content.images import views as images
from content.images.specs import Cut
from content.planner import page as planner
from content.planner import views as planner_views
from content.planner.forms import PlanForm
from content.publishing import internal_client
from content.treatment import current
from content.treatment.models import Treatment

OUTAGE_ATTR = "_database_is_away"
DISK_FULL_ATTR = "_disk_is_full"
RETRY_AFTER = 60  # seconds
MAIN = re.compile(r"<main\b[^>]*>")
PLANNER = re.compile(r"<session-planner\b.*</session-planner>", re.DOTALL)
PICTURE = re.compile(r"/photographs/(?P<token>[0-9a-f]{32})/(?P<width>[1-9][0-9]{1,4})\.(?P<suffix>[a-z]+)")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class DatabaseOutageMiddleware:
    """Outside of everything that queries the database; replaces only responses that failed for want of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return Django's own response, or the fallback if it failed because the database is away."""
        response = self.get_response(request)
        if response.status_code < 500 or not getattr(request, OUTAGE_ATTR, False):
            return response
        is_read = request.method in {"GET", "HEAD"}
        fallback = fallback_response(request) if is_read else None
        is_disk_full = getattr(request, DISK_FULL_ATTR, False) and is_staff_response(request)
        return fallback or service_unavailable("disk_full.html" if is_disk_full else "500.html")


def mark_outage(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Note on the request that it failed because the database did not answer, or because the disk is full."""
    error = sys.exc_info()[1]
    is_disk_full = disk_room.is_disk_full(error)
    if request is not None and (is_disk_full or is_outage(error)):
        setattr(request, OUTAGE_ATTR, True)
        setattr(request, DISK_FULL_ATTR, is_disk_full or not disk_room.has_room())


def is_outage(error: BaseException | None) -> bool:
    """Return whether the database is away, locked, full or damaged; not whether it refused a statement of ours.

    SQLite reports a damaged file as a plain DatabaseError, which Django raises too, but then without a cause.
    """
    is_damage = type(error) is DatabaseError and error.__cause__ is not None
    return is_damage or isinstance(error, OperationalError | InterfaceError)


def service_unavailable(template: str) -> HttpResponse:
    """Return a 503 with a sentence and a Retry-After header."""
    response = HttpResponse(render_to_string(template), status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response


def fallback_response(request: HttpRequest) -> HttpResponseBase | None:
    """Return what may be shown at this URL without the database, or None if there is nothing."""
    active = store.active_name()
    current = store.load(active) if active else None
    for cache in (current, store.last_complete()):
        response = _response_from(request, cache, is_current=cache is current) if cache else None
        if response:
            return response
    return None


def _response_from(request: HttpRequest, cache: PageCache, *, is_current: bool) -> HttpResponseBase | None:
    """Answer from `cache`; `is_current` says that nothing has changed since it was built, so its permissions hold."""
    path = request.path_info
    if picture := PICTURE.fullmatch(path):
        data = cache.outage_data["photographs"].get(picture["token"]) if is_current else None
        return _photograph_response(data, **picture.groupdict()) if data else None
    if path == reverse("session_plan"):
        return planner_views.calendar_file(_with_cached_facts(request, cache))
    cached = cache.response(path) if store.is_cacheable(path) else None
    if cached is None:
        return None
    is_allowed = cached.show_until is None or (is_current and timezone.localdate().isoformat() <= cached.show_until)
    if not is_allowed and path.startswith(reverse("gallery")) and path != reverse("gallery"):
        return None  # a case that may have been withdrawn
    try:
        html = cache.body(path, cached).decode()
    except OSError:
        return None
    if not is_allowed:
        html = internal_client.without_library_pictures(html, showable=())
        html = internal_client.replace_photographs(
            html, internal_client.photograph_tokens(html), lambda _: "This photograph can’t be shown just now."
        )
    parameters = cache.query_parameters & request.GET.keys()
    if parameters and PLANNER.search(html):
        html = _with_planner_answer(html, _with_cached_facts(request, cache))
    elif parameters:
        html = MAIN.sub(lambda main: main[0] + render_to_string("components/database_outage.html"), html, count=1)
    response = HttpResponse(html, headers=dict(cached.headers))
    if parameters or not is_allowed:
        add_never_cache_headers(response)
    return response


def _photograph_response(data: dict[str, Any], token: str, width: str, suffix: str) -> HttpResponseBase | None:
    if timezone.localdate().isoformat() > data["until"] or int(width) not in data["widths"]:
        return None
    return images.rendition_response(
        token, int(width), suffix, Cut(*data["cut"]), may_be_searched=data["may_be_searched"]
    )


def planner_data(on_page: Treatment | None, published_pages: list[pages.PublishedPage]) -> dict[str, Any]:
    """Return what the planner needs to answer without the database, to be stored with a page cache."""
    facts = serializers.serialize("json", [on_page]) if on_page else ""
    return {"facts": facts, "pages": [vars(page) for page in published_pages]}


def _with_cached_facts(request: HttpRequest, cache: PageCache) -> HttpRequest:
    """Return the request with the cached facts and pages set on it, so that nothing queries the database for them."""
    facts = cache.outage_data["facts"]
    treatment = next(iter(serializers.deserialize("json", facts))).object if facts else None
    setattr(request, current.REQUEST_ATTRIBUTE, treatment)
    published = [pages.PublishedPage(**data) for data in cache.outage_data["pages"]]
    setattr(request, pages.REQUEST_ATTR, {page.page_id: page for page in published})
    return request


def _with_planner_answer(html: str, request: HttpRequest) -> str:
    """Return the planner's page with the answer to this request in place of the planner."""
    treatment = current.of_request(request)
    if treatment is None:
        return html
    form = PlanForm(request.GET, on=timezone.localdate(), treatment=treatment)
    planned = planner.of_request(request, form, treatment)
    answer = render_to_string("planner/planner.html", {"planned": planned, "address": request.path_info})
    return PLANNER.sub(lambda _: answer, html)
