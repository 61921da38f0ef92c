"""This site's own gunicorn, for all that are measured: no access log, and no worker is exchanged on the way."""

import runpy
from pathlib import Path

globals().update(runpy.run_path(str(Path(__file__).resolve().parents[3] / "deploy" / "gunicorn.conf.py")))
accesslog = None
loglevel = "warning"
max_requests = max_requests_jitter = 0
