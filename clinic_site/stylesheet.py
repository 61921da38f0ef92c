"""The stylesheet inside every page, which spares a reader on a slow line a round trip, and its hash for the policy."""

import base64
import hashlib
import re
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

from .assets import STYLESHEET, AssetStorage

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
UP = 'url("../'  # as the built file reaches the other folders of static files


def in_head() -> str:
    """What a page's head says: the built stylesheet itself, or a link to it where none is built (tests, debug mode)."""
    name = _built()
    return f"<style>{_text(name)}</style>" if name else _link()


def policy_source() -> str:
    """The word that lets a policy's `style-src` accept this very text and no other; empty where pages link to it."""
    name = _built()
    return f"'sha256-{_digest(name)}'" if name else ""


def linked(html: str) -> str:
    """A page to be kept: with a link in place of the stylesheet, which would be kept again with every page."""
    return STYLE.sub('<link rel="stylesheet" href="/static/css/site.css">', html)


def _link() -> str:
    return f'<link rel="stylesheet" href="{static(STYLESHEET)}">'


def _built() -> str:
    """The name of the built stylesheet, which changes with its content; empty before the first build."""
    if settings.DEBUG or not isinstance(staticfiles_storage, AssetStorage):
        return ""
    return str(staticfiles_storage.hashed_files.get(STYLESHEET, ""))


@cache
def _text(name: str) -> str:
    with staticfiles_storage.open(name) as file:
        text: str = file.read().decode()
    return text.replace(UP, f'url("{settings.STATIC_URL}').strip()


@cache
def _digest(name: str) -> str:
    return base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode()
