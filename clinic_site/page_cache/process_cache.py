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
MOST = 1000  # values; what comes after them is read each time


class Shelf(NamedTuple):
    """The values of one tree."""

    tree: str
    values: dict[Hashable, Any]


_shelf = Shelf("", {})
_lock = Lock()


def is_for(request: HttpRequest) -> bool:
    """Whether what is kept is meant for this request: a reader's, who has no session and changes nothing."""
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES


def shared(request: HttpRequest, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, or gave while this tree was open: one for all threads, so of a kind that nobody can change."""
    return _kept(key, read) if is_for(request) else read()


def own(request: HttpRequest, key: Hashable, read: Callable[[], T]) -> T:
    """The same for records and lists: each request gets a copy of its own, whatever becomes of it."""
    if not is_for(request):
        return read()
    return cast(T, pickle.loads(_kept(key, lambda: pickle.dumps(read(), pickle.HIGHEST_PROTOCOL))))  # noqa: S301  our own


def forget() -> None:
    """As in a process that has just begun."""
    _put(Shelf("", {}))


def _kept(key: Hashable, read: Callable[[], T]) -> T:
    tree = store.open_name()
    if not tree or _is_in_a_transaction():
        return read()
    shelf = _shelf
    if shelf.tree == tree and key in shelf.values:
        return cast(T, shelf.values[key])
    value = read()
    if store.open_name() == tree:
        with _lock:
            if _shelf.tree != tree:
                _put(Shelf(tree, {}))
            if len(_shelf.values) < MOST:
                _shelf.values[key] = value
    return value


def _put(shelf: Shelf) -> None:
    global _shelf  # noqa: PLW0603  one for the process, replaced as a whole
    _shelf = shelf


def _is_in_a_transaction() -> bool:
    """What is read there may be a change that nobody else sees yet."""
    return connection.in_atomic_block
