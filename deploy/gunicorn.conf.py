"""gunicorn: two workers with threads; logs hold neither query strings nor referrers (what readers type or choose)."""

import ctypes
import gc
import sys
from typing import Any

from gunicorn.glogging import Logger

from clinic_site.http.logs import RedactingFilter, RedactingFormatter, redact

M_ARENA_MAX = -8  # mallopt(3)


class RedactingLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Redacts what gunicorn itself logs, such as the line of a request that it could not parse."""

    def setup(self, cfg: Any) -> None:
        """Put the redacting filter and formatter on the error log."""
        super().setup(cfg)
        self.error_log.addFilter(RedactingFilter())
        for handler in self.error_log.handlers:
            handler.setFormatter(RedactingFormatter(self.error_fmt, self.datefmt))

    def atoms(self, *args: Any) -> dict[str, Any]:
        """Return the access log's values, the path redacted and without spaces."""
        values: dict[str, Any] = super().atoms(*args)
        return {**values, "U": redact(str(values["U"])).replace(" ", "%20")}


preload_app = True
workers = 2
worker_class = "gthread"
threads = 32  # four of them in Django at once, 24 wait, four are free (clinic_site/http/thread_pool.py)
max_requests = 0  # a worker that restarts drops its keep-alive connections
control_socket_disable = True
forwarder_headers = ""  # else a client's own SCRIPT_NAME header would be believed
logger_class = RedactingLogger
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"


def when_ready(server: Any) -> None:
    """Tell of samples on a real host, render some pages before the first fork, and freeze the collector's objects.

    Workers then share that memory: a collector that wrote to each object would unshare it. One malloc arena for all
    threads of a worker saves 3 MB, and costs nothing as the threads take turns in Python anyway.
    """
    from content.publishing import preload  # noqa: PLC0415  there is no Django yet when this file is read
    from content.seed import leftovers  # noqa: PLC0415  once Django is set up

    try:
        if sentence := leftovers.check_start():
            server.log.warning(sentence)
    except leftovers.SamplesRefusedError as error:
        sys.exit(str(error))
    preload.render_pages()
    gc.collect()
    gc.freeze()
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(M_ARENA_MAX, 1)
