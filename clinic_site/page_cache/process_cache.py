"""What a process remembers of the site between requests: under the name of the open published tree, and no longer.

Every change of what the public may see closes the tree before it commits, and a tree opens only after a renewal that
began between changes (`published.py`). So what was read while one and the same tree was open all the time is true for
as long as that tree stays open. Nothing that depends on the day belongs here: a photograph's permission least of all.
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
MAX_VALUES = 1000  # values; what comes after them is read each time


class CacheEntries(NamedTuple):
    """The values of one tree."""

    page_cache_name: str
    values: dict[Hashable, Any]


_entries = CacheEntries("", {})
_lock = Lock()


def applies_to(request: HttpRequest) -> bool:
    """Whether what is kept is meant for this request: a reader's, who has no session and changes nothing."""
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES


def get_shared(request: HttpRequest, key: Hashable, load: Callable[[], T]) -> T:
    """What `read` gives, or gave while this tree was open: one for all threads, so of a kind that nobody can change."""
    return _get_or_load(key, load) if applies_to(request) else load()


def get_copy(request: HttpRequest, key: Hashable, load: Callable[[], T]) -> T:
    """The same for records and lists: each request gets a copy of its own, whatever becomes of it."""
    if not applies_to(request):
        return load()
    return cast(T, pickle.loads(_get_or_load(key, lambda: pickle.dumps(load(), pickle.HIGHEST_PROTOCOL))))  # noqa: S301  our own


def clear() -> None:
    """As in a process that has just begun."""
    _replace_entries(CacheEntries("", {}))


def _get_or_load(key: Hashable, read: Callable[[], T]) -> T:
    tree = store.active_name()
    if not tree or _in_transaction():
        return read()
    shelf = _entries
    if shelf.page_cache_name == tree and key in shelf.values:
        return cast(T, shelf.values[key])
    value = read()
    if store.active_name() == tree:
        with _lock:
            if _entries.page_cache_name != tree:
                _replace_entries(CacheEntries(tree, {}))
            if len(_entries.values) < MAX_VALUES:
                _entries.values[key] = value
    return value


def _replace_entries(shelf: CacheEntries) -> None:
    global _entries  # noqa: PLW0603  one for the process, replaced as a whole
    _entries = shelf


def _in_transaction() -> bool:
    """What is read there may be a change that nobody else sees yet."""
    return connection.in_atomic_block
