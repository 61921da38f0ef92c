"""Requests the site's own pages as a visitor would, and removes patients' photographs and the inline style."""

import io
import re
from collections.abc import Callable, Container
from functools import cache

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.utils.module_loading import import_string

from clinic_site.assets import stylesheet
from content.cms_adapter import current_user
from content.gallery.models import CasePhoto
from content.library.models import LibraryFile

PICTURE_ELEMENT = re.compile(r"<picture\b.*?</picture>", re.DOTALL)
#: A picture of the library with all that belongs to it: its caption can name a person.
LIBRARY_PICTURE = re.compile(r'<(figure|dd)\b[^>]*\bdata-photograph="([0-9a-f]*)"[^>]*>.*?</\1>', re.DOTALL)
PHOTOGRAPH_URL = re.compile(r"(?:https?://[^/\s\"'<>]+)?/photographs/([^/\s\"'<>]+)/[^\s\"'<>,]*")


class PageUnavailableError(Exception):
    """The site answered with something else than the page."""


@cache
def _handler() -> BaseHandler:
    """Return the site's request handler with all middleware, which doesn't close this process's database connection."""
    handler: BaseHandler = import_string(f"{settings.WSGI_APPLICATION.rpartition('.')[0]}.django_application")
    return handler


def get(url: str) -> HttpResponseBase:
    """Return the response that a visitor without a cookie gets at this URL, not compressed."""
    with current_user.restored_afterwards():  # the CMS stores the user per thread
        return _handler().get_response(_request(url))


def archived_html(url: str) -> str:
    """Return the HTML that a visitor gets at this URL; raises PageUnavailableError for anything but a page."""
    response = get(url)
    if response.status_code in {301, 302}:
        return f"<p>Visitors were sent on to {escape(response['Location'])}.</p>"
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        raise PageUnavailableError(f"{url} answered {response.status_code}.")
    return without_photographs(stylesheet.with_linked_stylesheet(response.content.decode()))


def _request(url: str) -> WSGIRequest:
    host = settings.ALLOWED_HOSTS[0].removeprefix(".")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": url,
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": "https",  # else a site on HTTPS would answer with a redirect to it
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    return WSGIRequest(environ)


def photograph_tokens(html: str) -> set[str]:
    """Return the tokens of the photographs in a page."""
    return {match[1] for match in PHOTOGRAPH_URL.finditer(html)}


def without_photographs(html: str) -> str:
    """Return the page with “Photograph of case …” in place of each photograph of a case, and none of their URLs left.

    Pictures of the library stay: who reads the page later asks whether they may still be shown.
    """
    tokens = photograph_tokens(html)
    tokens -= set(LibraryFile.objects.filter(photo__token__in=tokens).values_list("photo__token", flat=True))
    codes = dict(CasePhoto.objects.filter(photo__token__in=tokens).values_list("photo__token", "case__code"))
    return replace_photographs(html, tokens, lambda token: f"Photograph of case {codes.get(token, 'unknown')}")


def replace_photographs(html: str, tokens: set[str], replacement: Callable[[str], str]) -> str:
    """Return the page with text in place of each photograph of these tokens, and nothing left that leads to one."""

    def as_text(picture: re.Match[str]) -> str:
        photograph = PHOTOGRAPH_URL.search(picture[0])
        is_replaced = photograph is not None and photograph[1] in tokens
        return f"<span>{replacement(photograph[1])}</span>" if photograph and is_replaced else picture[0]

    html = PICTURE_ELEMENT.sub(as_text, html)
    html = PHOTOGRAPH_URL.sub(lambda url: "" if url[1] in tokens else url[0], html)
    for token in tokens:
        html = html.replace(token, "")
    return html


def without_library_pictures(html: str, *, showable: Container[str], replacement: str = "") -> str:
    """Return the page with `replacement` for each picture of the library, with its caption, that isn't `showable`."""
    return LIBRARY_PICTURE.sub(lambda picture: picture[0] if picture[2] in showable else replacement, html)
