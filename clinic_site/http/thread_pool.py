"""Runs Django in a few threads of its own, so that finished pages and `/livez` never queue behind it.

gunicorn has a thread for each request that it has accepted. With as many of them in Django as a slow database can hold,
a finished page would wait for the database too. Here at most `THREADS` requests are in Django at once, at most
`MAX_WAITING` wait for their turn, and any further one is told at once to come back; the other threads of gunicorn
(`deploy/gunicorn.conf.py`) stay free for what needs no database.
"""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from clinic_site.http.headers import VISITOR_CSP

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

THREADS = 4  # requests in Django at once in each worker: as many database connections
MAX_WAITING = 24
RETRY_AFTER = 10  # seconds
STATIC_FILE = re.compile(r"(?:[\w@-][\w.@-]*/)*[\w@-][\w.@-]*")


class DjangoThreadPool:
    """Passes requests to `application` in threads of its own, and answers 503 while too many wait."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.places = BoundedSemaphore(THREADS + MAX_WAITING)

    @cached_property
    def executor(self) -> ThreadPoolExecutor:
        """Return the threads, which are started in the worker: those of the process that forks it don't come along."""
        return ThreadPoolExecutor(THREADS, thread_name_prefix="django")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer at once what asks nothing of the database, and the rest in turn."""
        if needs_no_database(environ):
            return self.application(environ, start_response)
        if not self.places.acquire(blocking=False):
            return too_busy(start_response)
        try:
            return self.executor.submit(self.respond, environ, start_response).result()
        finally:
            self.places.release()

    def respond(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Return the body; all but a file's is read and closed here, in the thread that has the database connection."""
        response: Any = self.application(environ, start_response)
        if getattr(response, "streaming", True):
            return response  # type: ignore[no-any-return]  # Django's response or the server's file wrapper
        try:
            return list(response)
        finally:
            response.close()


def needs_no_database(environ: Environ) -> bool:
    """Return whether this is `/livez` or a static file that exists."""
    path = environ["PATH_INFO"]
    if path == "/livez":
        return True
    name = path.removeprefix(settings.STATIC_URL)
    return name != path and STATIC_FILE.fullmatch(name) is not None and (Path(settings.STATIC_ROOT) / name).is_file()


def too_busy(start_response: Callable[..., Any]) -> list[bytes]:
    """Answer 503 with a sentence, without a query."""
    body = render_to_string("500.html").encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", VISITOR_CSP),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(RETRY_AFTER)),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]
