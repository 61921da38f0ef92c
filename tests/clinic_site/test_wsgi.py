"""The site as the server runs it: an encoding that a request names breaks nothing."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from clinic_site.wsgi import django_application as application

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ODD = ["hex", "unicode_escape", "utf-7", "undefined", "latin-1", "no-such"]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A server's request closes a connection that is inside a transaction, which a test's always is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_a_process_of_its_own_can_load_it(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import clinic_site.wsgi"], cwd=ROOT, env=env, check=True)


def ask(url: str, kind: str, body: str = "", **environ: str) -> tuple[int, str]:
    path, _, query = url.partition("?")
    statuses: list[str] = []
    request: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body.encode()),
    }
    reply = application(request | environ, lambda status, _: statuses.append(status))
    return int(statuses[0][:3]), b"".join(reply).decode()


@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize("url", ["/search/", "/plan-your-sessions/", "/session-plan.ics", "/before-and-after/", "/"])
def test_an_odd_encoding_of_an_address_is_not_used(charset: str, url: str) -> None:
    for text in ("%5Cud800", "%2B2AA-", "%C3%A9"):
        status, _ = ask(f"{url}?first={text}&q={text}", f"text/plain; charset={charset}")
        assert status in {200, 302}, text
    assert "“é”" in ask("/search/?q=%C3%A9", f"text/plain; charset={charset}")[1]


@pytest.mark.parametrize("charset", ODD)
def test_a_form_in_an_odd_encoding_gets_its_sentence(charset: str) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = part.format("receipt", "+2AA-:\\ud800:b") + part.format("words", "+2AA- \\ud800") + "--x--\r\n"
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    status, text = ask("/was-this-clear/words/", kind, body, HTTP_ORIGIN="http://localhost")
    assert status == 400
    assert "could not be added" in text
