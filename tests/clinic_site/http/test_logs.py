"""What readers type or choose is in no log."""

import logging

import pytest
from django.test import Client

from clinic_site.http.logs import RedactingFilter, redact


@pytest.mark.parametrize(
    ("message", "redacted"),
    [
        ("Not Found: /about/", "Not Found: /about/"),
        ("Invalid HTTP request line: 'GET /?name=me HTTP/1.1'", "Invalid HTTP request line: 'GET / HTTP/1.1'"),
        ("Invalid request from ip=192.0.2.7: Invalid HTTP Version: 'me HTTP/1.1'", "Invalid request: Invalid HTTP Version"),
        ("Invalid request from ip=2001:db8::7: Invalid HTTP request line: 'words=me'", "Invalid request: Invalid HTTP request line"),
        ("Invalid request from ip=: Request Line is too large (9 > 4)", "Invalid request: Request Line is too large (9 > 4)"),
        ("failed - https://e.example/ill?x=1 does not match", "failed - (an address) does not match"),
        ("a\nb\x1b[0m\x00 é", "a\\nb\\x1b[0m\\x00 é"),
        ("Is it ? Yes", "Is it  Yes"),
    ],
)  # fmt: skip
def test_redacting_leaves_the_path_alone(message: str, redacted: str) -> None:
    assert redact(message) == redacted


@pytest.mark.django_db
def test_a_refused_post_logs_no_referrer(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.WARNING):
        caplog.handler.addFilter(RedactingFilter())
        response = client.post("/about/?typed=1", secure=True, headers={"referer": "https://e.example/?name=SECRET"})
    assert response.status_code == 403
    assert b"Nothing was changed" in response.content
    assert "Forbidden" in caplog.text
    assert "SECRET" not in caplog.text
    assert "typed" not in caplog.text
