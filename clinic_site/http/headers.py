"""The response headers: a strict policy for visitors, another for staff, and nothing kept of what must not be kept."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from clinic_site.assets import stylesheet

VISITOR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STAFF_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
STAFF_PATHS = ("/admin/", "/cms_login/", "/staff/")
CLOSED_PATHS = ("/admin/", "/staff/")
DOORS = {"/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/staff/link/"}
TOOLBAR_WORDS = {"edit", "structure", "preview", "toolbar_on", "toolbar_off", "persist"}
FOR_STAFF = "_is_for_staff"
NEVER_KEPT = "_is_never_kept"

GetResponse = Callable[[HttpRequest], HttpResponse]


def policy(request: HttpRequest, *, is_for_staff: bool) -> str:
    """The policy, with the hashes of the script and style that stand inside this page; staff may have any style."""
    style, script = getattr(request, stylesheet.SOURCES, ("", ""))
    said = STAFF_POLICY if is_for_staff else VISITOR_POLICY.replace("style-src 'self'", f"style-src 'self' {style}")
    return said.replace("script-src 'self'", f"script-src 'self' {script}").replace(" ;", ";")


def is_staff(request: HttpRequest) -> bool:
    """Whether a member of staff asks; a visitor without a cookie costs no query."""
    return bool(hasattr(request, "user") and request.user.is_authenticated and request.user.is_staff)


def is_for_staff(request: HttpRequest) -> bool:
    """Whether the reply is one of the staff's, as far as that is known yet."""
    return request.path_info.startswith(STAFF_PATHS) or bool(getattr(request, FOR_STAFF, False))


def never_keep(request: HttpRequest) -> None:
    """Nobody, the reader's own browser included, may keep the reply: it says what the reader typed or chose."""
    setattr(request, NEVER_KEPT, True)


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
        said = policy(request, is_for_staff=is_for_staff(request))
        response.headers.setdefault("Content-Security-Policy", said)
        response["Permissions-Policy"] = PERMISSIONS
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
        asked_by_staff = is_staff(request)
        setattr(request, FOR_STAFF, asked_by_staff)
        if not asked_by_staff:
            if request.path_info.startswith(CLOSED_PATHS) and request.path_info not in DOORS:
                return redirect_to_login(request.get_full_path())  # some of the CMS's own would open a session first
            drop_toolbar_words(request)
            request.upload_handlers = [NoFiles(request)]
        response = self.get_response(request)
        if asked_by_staff or getattr(request, "has_failed_block", False) or getattr(request, NEVER_KEPT, False):
            add_never_cache_headers(response)
        elif is_html(response) and not request.path_info.startswith(STAFF_PATHS):
            # With its page cache off the CMS forbids to store any page; a reader's browser may, and asks again.
            del response["Expires"]
            response["Cache-Control"] = "no-cache"
        return response


def is_html(response: HttpResponse) -> bool:
    """Whether the reply is a page."""
    return response.get("Content-Type", "").startswith("text/html")


class NoFiles(FileUploadHandler):
    """Visitors send no files: one of any length would lie on the disk while its form is read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Stop reading at the first file."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never asked."""

    def file_complete(self, file_size: int) -> None:
        """Never asked."""


def drop_toolbar_words(request: HttpRequest) -> None:
    """Without them the CMS neither opens a session nor sets a cookie for someone who has no toolbar."""
    if TOOLBAR_WORDS.isdisjoint(request.GET):
        return
    kept = request.GET.copy()
    for word in TOOLBAR_WORDS:
        kept.pop(word, None)
    kept._mutable = False
    request.__dict__["GET"] = kept
    request.META["QUERY_STRING"] = kept.urlencode()
