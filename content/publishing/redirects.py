"""Former URLs of pages: redirects to where the page is now, or 410 if it was taken offline."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from content.publishing import url_history

MAX_QUERY_LENGTH = 1000  # Django refuses redirects to very long URLs
GetResponse = Callable[[HttpRequest], HttpResponse]


class OldUrlMiddleware:
    """Looks only at 404 responses, so that every other request costs no query here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return 301 for a page that has moved, 410 for one taken offline, 404 for what was never public."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        page_id = url_history.last_page_at(request.path_info)
        if page_id is None:
            return response
        current_url = url_history.current_url(page_id)
        if current_url is None:
            return gone(request)
        return response if current_url == request.path_info else redirect_to_current(request, current_url)


def redirect_to_current(request: HttpRequest, current_url: str) -> HttpResponse:
    """Redirect with the query string; browsers must revalidate, because pages also move back."""
    query = request.META.get("QUERY_STRING", "")
    url = f"{current_url}?{query}" if 0 < len(query) < MAX_QUERY_LENGTH else current_url
    response = HttpResponsePermanentRedirect(url)
    response["Cache-Control"] = "no-cache"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """Return the 410 page for a page that is no longer public."""
    response = render(request, "410.html", {"is_page": True}, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
