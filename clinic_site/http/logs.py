"""Redacts logs: what readers type or choose is removed before a message is written."""

import logging
import re
from typing import Any

URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s'\"]+", re.IGNORECASE)
POSTGRES_DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT|QUERY): ")
QUERY_STRING = re.compile(r"\?[^\s'\"]*")
INVALID_REQUEST = re.compile(r"Invalid request from ip=\S*: ([^:]*).*", re.DOTALL)  # gunicorn's, with all that was sent


def redact(text: str) -> str:
    """Return `text` without other sites' URLs and without query strings, unprintable characters escaped."""
    redacted = QUERY_STRING.sub("", URL.sub("(an address)", INVALID_REQUEST.sub(r"Invalid request: \1", text)))
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in redacted)


class RedactingFilter(logging.Filter):
    """Redacts every log message; tracebacks stay, as they hold code and the error's own message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record's message and let it pass."""
        record.msg, record.args = redact(record.getMessage()), ()
        return True


class RedactingFormatter(logging.Formatter):
    """Drops the rows that PostgreSQL quotes in an error's DETAIL and CONTEXT: they hold what was typed."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """Return the traceback without those lines."""
        return "\n".join(line for line in super().formatException(ei).splitlines() if not POSTGRES_DETAIL.match(line))
