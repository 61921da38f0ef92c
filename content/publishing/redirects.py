"""What a visitor gets at an address where no page is now, but one was: the way to it, or that it is gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from content.publishing import url_history

MAX_QUERY_LENGTH = 1000  # Django sends nobody to an address that is longer than browsers bear
GetResponse = Callable[[HttpRequest], HttpResponse]


class OldUrlMiddleware:
    """Looks at nothing but replies that would be "not found": every other request costs no query here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """301 to a page that has moved, 410 for one that was taken offline, 404 for what was never public."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        page_id = url_history.last_page_at(request.path_info)
        if page_id is None:
            return response
        now_at = url_history.current_url(page_id)
        if now_at is None:
            return gone(request)
        return response if now_at == request.path_info else redirect_to_current(request, now_at)


def redirect_to_current(request: HttpRequest, now_at: str) -> HttpResponse:
    """To the page's own address, with what was asked of it; a browser must ask again, because pages move back too."""
    asked = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{now_at}?{asked}" if 0 < len(asked) < MAX_QUERY_LENGTH else now_at)
    response["Cache-Control"] = "no-cache"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """A page that was public and no longer is."""
    response = render(request, "410.html", {"is_page": True}, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
