"""What readers get while the database is away: the last known state of every page, as far as it may still be shown."""

import re
import sys
from collections.abc import Callable
from typing import Any

from django.core import serializers
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from clinic_site.page_cache import store
from content import pages
from content.images import views as images
from content.planner import page as planner
from content.planner import views as planner_views
from content.planner.forms import PlanForm
from content.publishing import internal_client
from content.treatment import current
from content.treatment.models import Treatment

OUTAGE_ATTR = "_database_is_away"
RETRY_AFTER = 60  # seconds until it is worth asking again
MAIN = re.compile(r"<main\b[^>]*>")
PLANNER = re.compile(r"<session-planner\b.*</session-planner>", re.DOTALL)
PICTURE = re.compile(r"/photographs/(?P<token>[0-9a-f]{32})/(?P<width>[1-9][0-9]{1,4})\.(?P<suffix>[a-z]+)")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class DatabaseOutageMiddleware:
    """Outside of everything that asks the database; looks at nothing but replies that failed for want of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Django's own reply, or what is known without the database."""
        response = self.get_response(request)
        if response.status_code < 500 or not getattr(request, OUTAGE_ATTR, False):
            return response
        is_read = request.method in {"GET", "HEAD"}
        return (fallback_response(request) if is_read else None) or service_unavailable()


def mark_outage(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Note, for the request, that it failed because the database did not answer."""
    if request is not None and isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        setattr(request, OUTAGE_ATTR, True)


def service_unavailable() -> HttpResponse:
    """Nothing is known of it: a sentence, and when to ask again."""
    response = HttpResponse(render_to_string("500.html"), status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response


def fallback_response(request: HttpRequest) -> HttpResponseBase | None:
    """What may be said at this address without the database; None where that is nothing."""
    open_now = store.active_name()
    newest = store.load(open_now) if open_now else None
    for tree in (newest, store.last_complete()):
        found = _response_from(request, tree, is_current=tree is newest) if tree else None
        if found:
            return found
    return None


def _response_from(request: HttpRequest, tree: store.PageCache, *, is_current: bool) -> HttpResponseBase | None:
    """`is_true` says that nothing has changed since the tree was made: its permissions hold to their last day."""
    path = request.path_info
    if picture := PICTURE.fullmatch(path):
        known = tree.outage_data["photographs"].get(picture["token"]) if is_current else None
        return _photograph_response(known, **picture.groupdict()) if known else None
    if path == reverse("session_plan"):
        return planner_views.calendar_file(_with_cached_facts(request, tree))
    told = tree.response(path) if store.is_cacheable(path) else None
    if told is None:
        return None
    is_allowed = told.show_until is None or (is_current and timezone.localdate().isoformat() <= told.show_until)
    if not is_allowed and path.startswith(reverse("gallery")) and path != reverse("gallery"):
        return None  # a case that may have been withdrawn
    try:
        html = tree.body(path).decode()
    except OSError:
        return None
    if not is_allowed:
        html = internal_client.replace_photographs(
            html, internal_client.photograph_tokens(html), lambda _: "This photograph can’t be shown just now."
        )
    asked = tree.query_parameters & request.GET.keys()
    if asked and PLANNER.search(html):
        html = _with_planner_answer(html, _with_cached_facts(request, tree))
    elif asked:
        html = MAIN.sub(lambda main: main[0] + render_to_string("components/database_outage.html"), html, count=1)
    response = HttpResponse(html, headers=dict(told.headers))
    if asked or not is_allowed:
        add_never_cache_headers(response)
    return response


def _photograph_response(known: dict[str, Any], token: str, width: str, suffix: str) -> HttpResponseBase | None:
    if timezone.localdate().isoformat() > known["until"] or int(width) not in known["widths"]:
        return None
    return images.rendition_response(
        token, int(width), suffix, tuple(known["cut"]), may_be_searched=known["may_be_searched"]
    )


def planner_data(on_page: Treatment | None, published_pages: list[pages.PublishedPage]) -> dict[str, Any]:
    """What the planner needs to know, to be kept with a tree."""
    facts = serializers.serialize("json", [on_page]) if on_page else ""
    return {"facts": facts, "pages": [vars(one) for one in published_pages]}


def _with_cached_facts(request: HttpRequest, tree: store.PageCache) -> HttpRequest:
    """The request, with the facts and pages that the tree keeps, so that nothing asks the database for them."""
    facts = tree.outage_data["facts"]
    treatment = next(iter(serializers.deserialize("json", facts))).object if facts else None
    setattr(request, current.REQUEST_ATTRIBUTE, treatment)
    known = [pages.PublishedPage(**one) for one in tree.outage_data["pages"]]
    setattr(request, pages.REQUEST_ATTR, {one.page_id: one for one in known})
    return request


def _with_planner_answer(html: str, request: HttpRequest) -> str:
    """The planner's page with the answer to this request in its place."""
    treatment = current.of_request(request)
    if treatment is None:
        return html
    form = PlanForm(request.GET, on=timezone.localdate(), treatment=treatment)
    planned = planner.of_request(request, form, treatment)
    fresh = render_to_string("planner/planner.html", {"planned": planned, "address": request.path_info})
    return PLANNER.sub(lambda _: fresh, html)
