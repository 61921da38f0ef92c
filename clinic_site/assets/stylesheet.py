"""Inlines the style and the small script into every page, which saves readers on slow connections two round trips.

A page gets the parts of the stylesheet whose classes and elements occur in it (`static/css/site.css` says which), and
the Content Security Policy allows just these texts by hash.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static

from clinic_site.assets.storage import STYLESHEET, AssetStorage, minify

SCRIPT = "js/site.js"
STYLE_PLACEHOLDER = "<!--stylesheet-->"
CSP_HASHES_ATTR = "_sources_inside"
STYLE_ELEMENT = re.compile(r"<style>.*?</style>", re.DOTALL)
SCRIPT_ELEMENT = re.compile(r'<script type="module">.*?</script>\s*', re.DOTALL)
CSP_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
PARENT_URL = 'url("../'  # how the built stylesheet refers to other static files
NAMES_IN_HTML = re.compile(r'\s(?:class|data-style)="([^"]*)"|<([a-z]+-[a-z-]+)')  # classes and custom elements
PART = re.compile(r"^/\*([a-z -]*)\*/\n", re.MULTILINE)  # the comment that `AssetStorage.bundle` puts before each file


class StylesheetPart(NamedTuple):
    """One file of the stylesheet, for pages in which one of `names` occurs, or for all pages if it has none."""

    text: str
    names: frozenset[str]


def head_markup() -> str:
    """Return the markup for the head: a placeholder for the style and the script, or links if nothing is built."""
    if not _built_name():
        return (
            f'<link rel="stylesheet" href="{static(STYLESHEET)}"><script type="module" src="{static(SCRIPT)}"></script>'
        )
    return f'{STYLE_PLACEHOLDER}<script type="module">{_script()}</script>'


def with_linked_stylesheet(html: str) -> str:
    """Return a page for the archive, smaller by a link to the stylesheet and without the script and their policy."""
    html = CSP_META.sub("", html, count=1)
    return SCRIPT_ELEMENT.sub("", STYLE_ELEMENT.sub('<link rel="stylesheet" href="/static/css/site.css">', html))


class InlineStyleMiddleware:
    """Replaces the placeholder for the style in rendered pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Insert the style that the page needs, and store the hashes for the policy on the request."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and STYLE_PLACEHOLDER.encode() in response.content:
            html = response.content.decode()
            # The editor adds blocks of other kinds without loading the page again.
            style = styles_for(html, is_whole=b"cms-toolbar" in response.content)
            response.content = html.replace(STYLE_PLACEHOLDER, f"<style>{style}</style>", 1).encode()
            response["Content-Length"] = str(len(response.content))
            setattr(request, CSP_HASHES_ATTR, (f"'sha256-{csp_hash(style)}'", f"'sha256-{csp_hash(_script())}'"))
        return response


def styles_for(html: str, *, is_whole: bool = False) -> str:
    """Return the style that this page needs, in the stylesheet's order; all of it if `is_whole`."""
    parts = _parts(_built_name())
    return "\n".join(part.text for part in (parts if is_whole else needed(parts, names_in(html))))


def names_in(html: str) -> frozenset[str]:
    """Return the classes and custom elements of a page, and the classes that its scripts may add."""
    return frozenset(" ".join(names for match in NAMES_IN_HTML.findall(html) for names in match).split())


def needed(parts: Iterable[StylesheetPart], names: frozenset[str]) -> list[StylesheetPart]:
    """Return those of `parts` that a page with these names needs."""
    return [part for part in parts if not part.names or not part.names.isdisjoint(names)]


@cache
def csp_hash(text: str) -> str:
    """Return the SHA-256 digest of a text, in base64 as the policy takes it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _built_name() -> str:
    """Return the name of the built stylesheet, which changes with its content, or "" if none is built."""
    if settings.DEBUG or not isinstance(staticfiles_storage, AssetStorage):
        return ""
    return str(staticfiles_storage.hashed_files.get(STYLESHEET, ""))


@cache
def _parts(name: str) -> tuple[StylesheetPart, ...]:
    with staticfiles_storage.open(name) as file:
        text: str = file.read().decode()
    return split(text.replace(PARENT_URL, f'url("{settings.STATIC_URL}'))


def split(bundle: str) -> tuple[StylesheetPart, ...]:
    """Return the files of a built stylesheet, after the declaration of its layers, which every page needs."""
    layers, *parts = PART.split(bundle)
    files = zip(parts[1::2], parts[::2], strict=True)
    return tuple(
        StylesheetPart(text.strip(), frozenset(names.split())) for text, names in [(minify(layers), ""), *files]
    )


@cache
def _script() -> str:
    with staticfiles_storage.open(SCRIPT) as file:
        text: str = file.read().decode()
    return "\n".join(line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("//"))
