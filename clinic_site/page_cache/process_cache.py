"""Values that a process caches between requests, valid for as long as one page cache stays active.

Every change of public content invalidates the page cache before it commits, and a page cache is activated only if it
was begun after the last change (`store.py`). So a value read while one and the same page cache was active stays true
until that cache is invalidated. Nothing that depends on the day belongs here, least of all a photograph's permission.
"""

import pickle
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from clinic_site.page_cache import store

T = TypeVar("T")
MAX_VALUES = 1000  # further values are loaded each time


class CacheEntries(NamedTuple):
    """The values loaded while one page cache was active."""

    page_cache_name: str
    values: dict[Hashable, Any]


_entries = CacheEntries("", {})
_lock = Lock()


def applies_to(request: HttpRequest) -> bool:
    """Return whether cached values may be used: only for a reader's GET or HEAD without a session."""
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES


def get_shared(request: HttpRequest, key: Hashable, load: Callable[[], T]) -> T:
    """Return the cached value of `load`, one object for all threads, so of an immutable kind."""
    return _get_or_load(key, load) if applies_to(request) else load()


def get_copy(request: HttpRequest, key: Hashable, load: Callable[[], T]) -> T:
    """Return a copy of the cached value of `load`, for records and lists: a request may change its own."""
    if not applies_to(request):
        return load()
    return cast(T, pickle.loads(_get_or_load(key, lambda: pickle.dumps(load(), pickle.HIGHEST_PROTOCOL))))  # noqa: S301  our own


def clear() -> None:
    """Clear the cache (for tests)."""
    _replace_entries(CacheEntries("", {}))


def _get_or_load(key: Hashable, load: Callable[[], T]) -> T:
    active = store.active_name()
    if not active or _in_transaction():
        return load()
    entries = _entries
    if entries.page_cache_name == active and key in entries.values:
        return cast(T, entries.values[key])
    value = load()
    if store.active_name() == active:
        with _lock:
            if _entries.page_cache_name != active:
                _replace_entries(CacheEntries(active, {}))
            if len(_entries.values) < MAX_VALUES:
                _entries.values[key] = value
    return value


def _replace_entries(entries: CacheEntries) -> None:
    global _entries  # noqa: PLW0603  one for the process, replaced as a whole
    _entries = entries


def _in_transaction() -> bool:
    """Return whether a transaction is open: what is read in it may be a change that others don't see yet."""
    return connection.in_atomic_block
