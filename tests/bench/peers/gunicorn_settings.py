"""This site's own gunicorn, for all that are measured: no access log, and no worker is exchanged on the way."""

import gc
import os
import runpy
from pathlib import Path

globals().update(runpy.run_path(str(Path(__file__).resolve().parents[3] / "deploy" / "gunicorn.conf.py")))
accesslog = None
loglevel = "warning"
max_requests = max_requests_jitter = 0
graceful_timeout = 5  # seconds: a worker that was just forked when the server is told to stop does not hear of it


if "VAR_DIR" not in os.environ:  # a peer's: there are no pages of ours to be shown before its workers are forked

    def when_ready(server: object) -> None:
        """What the application is made of is left alone by the collector, as ours is."""
        gc.collect()
        gc.freeze()
