"""The response headers: a strict policy for visitors, another for staff, and nothing kept of what must not be kept."""

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
    """The policy, with the hashes of the script and style that stand inside this page; staff may have any style."""
    style, script = getattr(request, stylesheet.CSP_HASHES_ATTR, ("", ""))
    said = STAFF_CSP if is_for_staff else VISITOR_CSP.replace("style-src 'self'", f"style-src 'self' {style}")
    return said.replace("script-src 'self'", f"script-src 'self' {script}").replace(" ;", ";")


def is_staff_user(request: HttpRequest) -> bool:
    """Whether a member of staff asks; a visitor without a cookie costs no query."""
    return bool(hasattr(request, "user") and request.user.is_authenticated and request.user.is_staff)


def is_staff_response(request: HttpRequest) -> bool:
    """Whether the reply is one of the staff's, as far as that is known yet."""
    return request.path_info.startswith(STAFF_PATHS) or bool(getattr(request, STAFF_RESPONSE_ATTR, False))


def mark_no_store(request: HttpRequest) -> None:
    """Nobody, the reader's own browser included, may keep the reply: it says what the reader typed or chose."""
    setattr(request, NO_STORE_ATTR, True)


class ResponseHeadersMiddleware:
    """Outermost, so that static files, redirects and errors have the headers too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that every reply carries; nobody keeps a way on that repeats what was asked."""
        response = self.get_response(request)
        if "?" in response.get("Location", ""):
            add_never_cache_headers(response)
        # A page may bring a policy of its own: one that shows staff what was written long ago runs even less.
        said = content_security_policy(request, is_for_staff=is_staff_response(request))
        response.headers.setdefault("Content-Security-Policy", said)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class VisitorMiddleware:
    """After sign-in is known: what visitors can't switch on, and what nobody may keep."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show visitors the door of staff addresses, drop the toolbar's words, say how long the reply may be kept."""
        if not request.path_info.isprintable():
            raise Http404  # no page has such an address, and PostgreSQL can't even be asked for one with a NUL
        asked_by_staff = is_staff_user(request)
        setattr(request, STAFF_RESPONSE_ATTR, asked_by_staff)
        if not asked_by_staff:
            if request.path_info.startswith(SIGN_IN_REQUIRED_PATHS) and request.path_info not in SIGN_IN_EXEMPT_PATHS:
                return redirect_to_login(request.get_full_path())  # some of the CMS's own would open a session first
            drop_toolbar_parameters(request)
            request.upload_handlers = [RefuseUploadsHandler(request)]
        response = self.get_response(request)
        if asked_by_staff or getattr(request, "has_failed_block", False) or getattr(request, NO_STORE_ATTR, False):
            add_never_cache_headers(response)
        elif is_html(response) and not request.path_info.startswith(STAFF_PATHS):
            # With its page cache off the CMS forbids to store any page; a reader's browser may, and asks again.
            del response["Expires"]
            response["Cache-Control"] = "no-cache"
        return response


def is_html(response: HttpResponse) -> bool:
    """Whether the reply is a page."""
    return response.get("Content-Type", "").startswith("text/html")


class RefuseUploadsHandler(FileUploadHandler):
    """Visitors send no files: one of any length would lie on the disk while its form is read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Stop reading at the first file."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never asked."""

    def file_complete(self, file_size: int) -> None:
        """Never asked."""


def drop_toolbar_parameters(request: HttpRequest) -> None:
    """Without them the CMS neither opens a session nor sets a cookie for someone who has no toolbar."""
    if TOOLBAR_PARAMETERS.isdisjoint(request.GET):
        return
    kept = request.GET.copy()
    for word in TOOLBAR_PARAMETERS:
        kept.pop(word, None)
    kept._mutable = False
    request.__dict__["GET"] = kept
    request.META["QUERY_STRING"] = kept.urlencode()
