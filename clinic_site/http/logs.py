"""What readers type or choose is in no log: messages lose query strings and addresses before they are written."""

import logging
import re
from typing import Any

URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s'\"]+", re.IGNORECASE)
POSTGRES_DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT|QUERY): ")
QUERY_STRING = re.compile(r"\?[^\s'\"]*")
INVALID_REQUEST = re.compile(r"Invalid request from ip=\S*: ([^:]*).*", re.DOTALL)  # gunicorn's, with all that was sent


def redact(text: str) -> str:
    """`text` without addresses of other sites and without query strings; what can't be printed is escaped."""
    short = QUERY_STRING.sub("", URL.sub("(an address)", INVALID_REQUEST.sub(r"Invalid request: \1", text)))
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in short)


class RedactingFilter(logging.Filter):
    """Tidies every message. The trace of an error stays: it holds code, and what the error itself says."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, tidied."""
        record.msg, record.args = redact(record.getMessage()), ()
        return True


class RedactingFormatter(logging.Formatter):
    """Without the rows that PostgreSQL quotes in an error's DETAIL and CONTEXT: they hold what was typed."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """The trace without those lines."""
        return "\n".join(line for line in super().formatException(ei).splitlines() if not POSTGRES_DETAIL.match(line))
