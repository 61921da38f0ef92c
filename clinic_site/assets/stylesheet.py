"""The style and the small script inside every page, which spare a reader on a slow line a round trip each.

A page holds the files of the stylesheet whose classes and elements occur in it (`static/css/site.css` says which), and
the policy names the hashes of just these texts.
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
PARENT_URL = 'url("../'  # as the built file reaches the other folders of static files
NAMES_IN_HTML = re.compile(r'\s(?:class|data-style)="([^"]*)"|<([a-z]+-[a-z-]+)')  # classes, and elements of ours
PART = re.compile(r"^/\*([a-z -]*)\*/\n", re.MULTILINE)  # as `AssetStorage.bundle` puts it before each file


class StylesheetPart(NamedTuple):
    """One file of the stylesheet inside its layer, for pages in which one of `names` occurs; for all if it has none."""

    text: str
    names: frozenset[str]


def head_markup() -> str:
    """What a page's head says: a mark for the style and the script itself, or links where none is built."""
    if not _built_name():
        return (
            f'<link rel="stylesheet" href="{static(STYLESHEET)}"><script type="module" src="{static(SCRIPT)}"></script>'
        )
    return f'{STYLE_PLACEHOLDER}<script type="module">{_script()}</script>'


def with_linked_stylesheet(html: str) -> str:
    """A page to be kept: with a link in place of the style, without the script, which would be kept with each, and
    without the policy that names them.
    """
    html = CSP_META.sub("", html, count=1)
    return SCRIPT_ELEMENT.sub("", STYLE_ELEMENT.sub('<link rel="stylesheet" href="/static/css/site.css">', html))


class InlineStyleMiddleware:
    """Puts the style into pages, once their blocks are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Fill the mark in the head, and note for the policy what stands in the page."""
        response = self.get_response(request)
        mark = STYLE_PLACEHOLDER.encode()
        if isinstance(response, HttpResponse) and mark in response.content:
            html = response.content.decode()
            # The editor brings blocks into a page that did not hold them.
            style = styles_for(html, is_whole=b"cms-toolbar" in response.content)
            response.content = html.replace(STYLE_PLACEHOLDER, f"<style>{style}</style>", 1).encode()
            response["Content-Length"] = str(len(response.content))
            setattr(request, CSP_HASHES_ATTR, (f"'sha256-{csp_hash(style)}'", f"'sha256-{csp_hash(_script())}'"))
        return response


def styles_for(html: str, *, is_whole: bool = False) -> str:
    """The style that this page needs, in the order of the whole."""
    parts = _parts(_built_name())
    return "\n".join(part.text for part in (parts if is_whole else needed(parts, names_in(html))))


def names_in(html: str) -> frozenset[str]:
    """The classes and custom elements of a page, and the classes that its scripts may bring."""
    return frozenset(" ".join(one for found in NAMES_IN_HTML.findall(html) for one in found).split())


def needed(parts: Iterable[StylesheetPart], names: frozenset[str]) -> list[StylesheetPart]:
    """Those of `parts` that a page with these names needs."""
    return [part for part in parts if not part.names or not part.names.isdisjoint(names)]


@cache
def csp_hash(text: str) -> str:
    """The SHA-256 of a text as a policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _built_name() -> str:
    """The name of the built stylesheet, which changes with its content; empty before the first build."""
    if settings.DEBUG or not isinstance(staticfiles_storage, AssetStorage):
        return ""
    return str(staticfiles_storage.hashed_files.get(STYLESHEET, ""))


@cache
def _parts(name: str) -> tuple[StylesheetPart, ...]:
    with staticfiles_storage.open(name) as file:
        text: str = file.read().decode()
    return split(text.replace(PARENT_URL, f'url("{settings.STATIC_URL}'))


def split(bundle: str) -> tuple[StylesheetPart, ...]:
    """The files of a built stylesheet; first the order of the layers, which every page needs."""
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
