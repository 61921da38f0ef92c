"""Protects visitors' forms from other sites without a cookie or token, by the browser's own origin headers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from clinic_site.http.headers import mark_no_store

CROSS_ORIGIN = "This form was not sent from this website. Open the page again and send it from there."


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this site sent the request.

    No page can set `Sec-Fetch-Site` or `Origin`; every current browser sends at least the second with a form.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in {None, "same-origin"} and origin in {None, f"{request.scheme}://{request.get_host()}"}


def require_same_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take a visitor's POST without a CSRF token, from this site's own pages alone.

    Its response is never stored. Raises PermissionDenied (403) for a form of another site.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            mark_no_store(request)
            if not is_same_origin(request):
                raise PermissionDenied(CROSS_ORIGIN)
        return view(request, *args, **kwargs)

    return checked
