"""This site's own gunicorn settings, for servers that hold no pages of ours to warm up with."""

import gc
import runpy
from pathlib import Path

globals().update(runpy.run_path(str(Path(__file__).resolve().parents[3] / "deploy" / "gunicorn.conf.py")))


def when_ready(server: object) -> None:
    """Leave what the application is made of to no garbage collection, as ours does."""
    gc.collect()
    gc.freeze()
