"""How long a request waits for the database: for a lock, and for PostgreSQL to answer at all.

Readers wait briefly, so that the few threads in which Django runs are soon free again; staff wait as long as
`DATABASES` says, because what they save is worth waiting for.
"""

import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

VISITOR_LOCK_MS = 1000
VISITOR_REPLY_SECONDS = 3.0
STAFF_REPLY_SECONDS = 35.0  # more than PostgreSQL's own statement_timeout, so that it is for a server that is gone

_thread = threading.local()
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class DatabaseWaitMiddleware:
    """Every request waits as a reader's until it is known to be somebody's who has signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on with the limits of readers, and lift them afterwards."""
        with limited(lock_ms=VISITOR_LOCK_MS, reply_seconds=VISITOR_REPLY_SECONDS):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Lift the limits for who has signed in; a cookie alone is no proof."""
        if request.user.is_authenticated and not connection.in_atomic_block:
            _lift()


@contextmanager
def limited(*, lock_ms: int, reply_seconds: float) -> Iterator[None]:
    """Wait no longer than this for a lock and for each reply; raises OperationalError if there is no database.

    In a transaction that is open already, nothing is changed.
    """
    if connection.in_atomic_block:
        yield
        return
    _thread.reply_seconds = reply_seconds
    try:
        connection.ensure_connection()
        _set_lock_wait(lock_ms)
        yield
    finally:
        _lift()


def _lift() -> None:
    _thread.reply_seconds = STAFF_REPLY_SECONDS
    if connection.connection is None or connection.in_atomic_block:
        return
    try:
        _set_lock_wait(None)
    except Error:
        connection.close()


def _set_lock_wait(milliseconds: int | None) -> None:
    """Set how long this connection waits for a lock; None is what `DATABASES` says."""
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            default = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
            connection.connection.execute(f"PRAGMA busy_timeout = {default if milliseconds is None else milliseconds}")
        else:
            with connection.connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout" if milliseconds is None else f"SET lock_timeout = {milliseconds}")


def limit_replies() -> None:
    """Give up on a PostgreSQL server that doesn't answer, in this process and for all its connections.

    The limits of the server itself are of no use while it is stopped, or gone without having said so.
    """
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        from psycopg2 import extensions  # noqa: PLC0415  SQLite needs none

        extensions.set_wait_callback(_wait_for_reply)


def _wait_for_reply(raw: Any) -> None:
    """Wait, as psycopg2 asks of its callback; raises OperationalError when that takes too long.

    psycopg2 then closes the connection; closing it here would wait for a lock that psycopg2 holds.
    """
    from psycopg2 import OperationalError, extensions  # noqa: PLC0415  SQLite needs none

    seconds = getattr(_thread, "reply_seconds", STAFF_REPLY_SECONDS)
    end = time.monotonic() + seconds
    while (state := raw.poll()) != extensions.POLL_OK:
        poller = select.poll()
        poller.register(raw.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        if not poller.poll(max(0, end - time.monotonic()) * 1000):
            raise OperationalError(f"The database did not answer within {seconds:g} seconds.")
