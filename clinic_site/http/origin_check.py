"""Forms for visitors: without a cookie there is no token, so the browser itself must say where the form stood."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from clinic_site.http.headers import mark_no_store

CROSS_ORIGIN = "This form was not sent from this website. Open the page again and send it from there."


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request.

    `Sec-Fetch-Site` and `Origin` can't be set by a page; every browser of today sends at least the second with a form.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in {None, "same-origin"} and origin in {None, f"{request.scheme}://{request.get_host()}"}


def require_same_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that takes a visitor's POST without a token, from this site's own pages alone; no reply to one is kept.

    Raises PermissionDenied (403) for a form of another site.
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
