"""Response headers: a strict CSP for visitors, another for staff, and no-store where nothing may be stored.

`deploy/nginx.conf` repeats them for the files that nginx sends itself; `tests/browser/nginx` compares the two.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from clinic_site.assets import stylesheet

VISITOR_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STAFF_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
STAFF_PATHS = ("/admin/", "/cms_login/", "/staff/")
SIGN_IN_REQUIRED_PATHS = ("/admin/", "/staff/")
SIGN_IN_EXEMPT_PATHS = {"/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/staff/link/"}
TOOLBAR_PARAMETERS = {"edit", "structure", "preview", "toolbar_on", "toolbar_off", "persist"}
STAFF_RESPONSE_ATTR = "_is_for_staff"
NO_STORE_ATTR = "_is_never_kept"

GetResponse = Callable[[HttpRequest], HttpResponse]


def content_security_policy(request: HttpRequest, *, is_for_staff: bool) -> str:
    """Return the policy with the hashes of this page's inline script and style; staff pages may use any style."""
    style, script = getattr(request, stylesheet.CSP_HASHES_ATTR, ("", ""))
    policy = STAFF_CSP if is_for_staff else VISITOR_CSP.replace("style-src 'self'", f"style-src 'self' {style}")
    return policy.replace("script-src 'self'", f"script-src 'self' {script}").replace(" ;", ";")


def is_staff_user(request: HttpRequest) -> bool:
    """Return whether a member of staff sends the request; costs no query without a session cookie."""
    return bool(hasattr(request, "user") and request.user.is_authenticated and request.user.is_staff)


def is_staff_response(request: HttpRequest) -> bool:
    """Return whether the response is for staff, as far as that is known by now."""
    return request.path_info.startswith(STAFF_PATHS) or bool(getattr(request, STAFF_RESPONSE_ATTR, False))


def mark_no_store(request: HttpRequest) -> None:
    """Forbid every cache, the reader's browser included, to store the response: it repeats what the reader typed."""
    setattr(request, NO_STORE_ATTR, True)


class ResponseHeadersMiddleware:
    """Outermost middleware, so that static files, redirects and errors have the headers too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers of every response; a redirect that repeats a query string is never stored."""
        response = self.get_response(request)
        if "?" in response.get("Location", ""):
            add_never_cache_headers(response)
        policy = content_security_policy(request, is_for_staff=is_staff_response(request))
        response.headers.setdefault("Content-Security-Policy", policy)  # the snapshot view sets a stricter one
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class VisitorMiddleware:
    """Runs after authentication: removes what visitors can't use, and sets how long a response may be stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect visitors from staff URLs to sign-in, drop toolbar parameters, and set Cache-Control."""
        if not request.path_info.isprintable():
            raise Http404  # no page has such a URL, and PostgreSQL rejects a query with a NUL
        is_staff = is_staff_user(request)
        setattr(request, STAFF_RESPONSE_ATTR, is_staff)
        if not is_staff:
            if request.path_info.startswith(SIGN_IN_REQUIRED_PATHS) and request.path_info not in SIGN_IN_EXEMPT_PATHS:
                return redirect_to_login(request.get_full_path())  # some CMS views would open a session first
            drop_toolbar_parameters(request)
            request.upload_handlers = [RefuseUploadsHandler(request)]
        response = self.get_response(request)
        if is_staff or getattr(request, "has_failed_block", False) or getattr(request, NO_STORE_ATTR, False):
            add_never_cache_headers(response)
        elif is_html(response) and not request.path_info.startswith(STAFF_PATHS):
            # With its page cache off the CMS forbids storing any page; a browser may store it, and revalidates.
            del response["Expires"]
            response["Cache-Control"] = "no-cache"
        return response


def is_html(response: HttpResponse) -> bool:
    """Return whether the response is an HTML page."""
    return response.get("Content-Type", "").startswith("text/html")


class RefuseUploadsHandler(FileUploadHandler):
    """Refuses visitors' files: one of any length would be written to the disk while its form is read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Close the connection at the first file."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Required by the base class; never called."""

    def file_complete(self, file_size: int) -> None:
        """Required by the base class; never called."""


def drop_toolbar_parameters(request: HttpRequest) -> None:
    """Remove the CMS toolbar's query parameters, which would open a session and set a cookie."""
    if TOOLBAR_PARAMETERS.isdisjoint(request.GET):
        return
    parameters = request.GET.copy()
    for name in TOOLBAR_PARAMETERS:
        parameters.pop(name, None)
    parameters._mutable = False
    request.__dict__["GET"] = parameters
    request.META["QUERY_STRING"] = parameters.urlencode()
