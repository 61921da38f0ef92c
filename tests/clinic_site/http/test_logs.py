"""What readers type or choose is in no log."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError
from django.test import Client
from django.utils.module_loading import import_string

from clinic_site.http.logs import RedactingFilter, RedactingFormatter, redact


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


def formatted(raiser: Callable[[], object]) -> str:
    """What the log says of what is raised there."""
    try:
        raiser()
    except Exception:
        entry = logging.LogRecord("any", logging.ERROR, "", 0, "It failed", (), sys.exc_info())
    return RedactingFormatter("{message}", style="{").format(entry)


def fail(error: Exception, cause: Exception | None = None) -> None:
    if cause is None:
        raise error
    try:
        raise cause
    except Exception as before:
        raise error from before


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ValueError("Field 'id' expected a number but got 'SECRET'."), None),
        (ValueError("A string literal cannot contain NUL (0x00) characters: SECRET\0"), None),
        (KeyError("SECRET"), None),
        (ValidationError({"words": ["SECRET"]}), None),
        (UnicodeDecodeError("utf-8", b"SECRET\xff", 6, 7, "SECRET"), None),
        (FileNotFoundError(2, "No such file or directory", "/SECRET.jpg"), None),
        (RuntimeError("harmless"), ValueError("SECRET")),
        (DataError('invalid input syntax: "SECRET"\nLINE 1: SECRET\nDETAIL: SECRET'), None),
        (OperationalError("could not decode column 'words' with text 'it's SECRET'"), None),
        (OperationalError("timeout\nCONTEXT:  while locking SECRET"), ValueError("SECRET")),
        (type("SomeError", (Exception,), {"__str__": lambda self: "SECRET"})(), None),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_traceback_says_where_and_what_kind_and_nothing_that_was_typed(
    error: Exception, cause: Exception | None
) -> None:
    text = formatted(lambda: fail(error, cause))
    assert "SECRET" not in text
    assert type(error).__name__ in text
    assert "in fail\n    raise error" in text
    assert cause is None or type(cause).__name__ in text
    assert all(line.isprintable() for line in text.splitlines())


def test_a_traceback_keeps_the_machine_s_own_words() -> None:
    assert "OperationalError: database is locked" in formatted(lambda: fail(OperationalError("database is locked")))
    assert "OSError: No space left on device" in formatted(lambda: fail(OSError(28, "No space left on device", "/x")))


def test_every_handler_formats_so_gunicorn_s_too() -> None:
    formatters = site.LOGGING["formatters"]
    assert {import_string(one["()"]) for one in formatters.values()} == {RedactingFormatter}
    assert {one["formatter"] for one in site.LOGGING["handlers"].values()} <= set(formatters)
    values: dict[str, Any] = {}
    exec(compile((site.BASE_DIR / "deploy" / "gunicorn.conf.py").read_text(), "conf", "exec"), values)  # noqa: S102  our own file
    from gunicorn.config import Config

    logger = values["logger_class"](Config())
    assert logger.error_log.handlers
    assert all(isinstance(handler.formatter, RedactingFormatter) for handler in logger.error_log.handlers)


@pytest.mark.django_db
def test_what_is_typed_as_a_user_name_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    User.objects.create_user("nina", password="a long walk by the sea")  # noqa: S106  made up
    for name in ("my dog Rex", "nina"):
        for _ in range(7):
            Client().post("/admin/login/", {"username": name, "password": "wrong"})
    assert AccessAttempt.objects.count() == 2
    assert "Rex" not in caplog.text
    assert "nina" not in caplog.text
    assert "127.0.0.1" not in caplog.text
