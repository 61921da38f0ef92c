"""gunicorn: two workers with threads; logs hold neither query strings nor referrers (what readers type or choose)."""

import ctypes
import gc
from typing import Any

from gunicorn.glogging import Logger

from clinic_site.http.logs import RedactingFilter, redact

M_ARENA_MAX = -8  # mallopt(3)


class RedactingLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Tidies what gunicorn itself writes, such as the line of a request that it could not read."""

    def setup(self, cfg: Any) -> None:
        """Every message of the error log goes through the filter."""
        super().setup(cfg)
        self.error_log.addFilter(RedactingFilter())

    def atoms(self, *args: Any) -> dict[str, Any]:
        """The path in the access log is one word, whatever bytes it was asked with."""
        found: dict[str, Any] = super().atoms(*args)
        return {**found, "U": redact(str(found["U"])).replace(" ", "%20")}


preload_app = True
workers = 2
worker_class = "gthread"
threads = 4
max_requests = 0  # a worker that ends drops the connections that it keeps alive, and it has no leak to hide
control_socket_disable = True
forwarder_headers = ""  # else a client's own SCRIPT_NAME header would be believed
logger_class = RedactingLogger
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"


def when_ready(server: Any) -> None:
    """Before the first worker is forked: they share what a first page brings, and the collector leaves it alone.

    It would write to each object, and what is written to is no longer shared. A worker's threads have one heap between
    them, where the C library knows of that: they take turns in Python anyway, and four heaps hold 3 MB more.
    """
    from content.publishing import preload  # noqa: PLC0415  there is no Django yet when this file is read

    preload.render_pages()
    gc.collect()
    gc.freeze()
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(M_ARENA_MAX, 1)
