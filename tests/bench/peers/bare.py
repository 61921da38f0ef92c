"""The least that gunicorn can do: a callable that returns bytes it was given, with the headers it was given."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["BARE"])
BODY = [(FOLDER / "body").read_bytes()]
HEADERS = [tuple(one) for one in json.loads((FOLDER / "headers.json").read_text())]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The same for everybody."""
    start_response("200 OK", list(HEADERS))
    return BODY
