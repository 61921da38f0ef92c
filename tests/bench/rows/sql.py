"""How many questions a page asks of the database: kept as a file, rendered in a warm process, and first in a new one."""

import json
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.rows.speed import PAGE
from tests.bench.table import Row

COUNT = """
import io, json
from django.db import connection
from django.test.utils import CaptureQueriesContext
from clinic_site.wsgi import application, django_application
def asked(app):
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": PAGE, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
    }
    said = []
    with CaptureQueriesContext(connection) as captured:
        b"".join(app(environ, lambda status, headers: said.append(status)))
    assert said == ["200 OK"], said
    found = [one["sql"] for one in captured]
    return len(found), len(found) - len(set(found))
print(json.dumps([asked(one) for one in (django_application, django_application, application)]))
"""
AIMS = (("first view in a process", 24), ("warm render", 6), ("published page", 0))


def rows(kept: Path) -> list[Row]:
    """Questions, and how many of them were asked twice in one reply."""
    found = json.loads(servers.shell(kept, f"PAGE = {PAGE!r}\n{COUNT}").splitlines()[-1])
    counted = [
        Row(f"SQL, {name}", [float(asked)], aim, "") for (name, aim), (asked, _) in zip(AIMS, found, strict=True)
    ]
    return [
        *reversed(counted),
        Row("SQL, asked twice within one reply", [float(max(twice for _, twice in found))], 0, ""),
    ]
