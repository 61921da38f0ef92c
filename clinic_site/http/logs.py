"""Redacts logs: what readers type or choose is removed before a message is written."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from django.db import InterfaceError, OperationalError

#: A scheme has a length, or else a long path without one would be tried from each of its letters to its end.
URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://[^\s'\"]+", re.IGNORECASE)
QUERY_STRING = re.compile(r"\?[^\s'\"]*")
INVALID_REQUEST = re.compile(r"Invalid request from ip=\S*: ([^:]*).*", re.DOTALL)  # gunicorn's, with all that was sent
QUOTED = re.compile(r"['\"`].*['\"`]")


def redact(text: str) -> str:
    """Return `text` without other sites' URLs and without query strings, unprintable characters escaped."""
    text = INVALID_REQUEST.sub(r"Invalid request: \1", text)
    if "://" in text:  # each request's path comes along here
        text = URL.sub("(an address)", text)
    text = QUERY_STRING.sub("", text)
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


class RedactingFilter(logging.Filter):
    """Redacts every log message; tracebacks are the formatter's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record's message and let it pass."""
        record.msg, record.args = redact(record.getMessage()), ()
        return True


class RedactingFormatter(logging.Formatter):
    """Writes tracebacks without the errors' own messages: those often quote the value that was typed."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """Return where each error of the chain was raised, and its kind."""
        return "\n".join(line for error in reversed(list(_chain(ei[1]))) for line in _described(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and those that led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _described(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    reason = _reason(error)
    yield f"{type(error).__module__}.{type(error).__qualname__}" + (f": {reason}" if reason else "")


def _reason(error: BaseException) -> str:
    """Return the machine's own words, such as “database is locked”, which hold nothing typed; "" for other errors."""
    if isinstance(error, OSError):
        return redact(error.strerror or "")
    if isinstance(error, OperationalError | InterfaceError):
        return redact(QUOTED.sub("(…)", str(error).partition("\n")[0]))
    return ""
