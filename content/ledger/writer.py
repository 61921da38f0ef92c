"""Writes the ledger, the only module that does, and verifies its chain."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from .models import GENESIS_HASH, Entry, Event

SYSTEM_ACTOR = "the site"  # who acted where nobody asked for it
ADVISORY_LOCK_ID = 0x1ED6E4  # any number, the same in every process


def record(event: Event, subject: str, *, actor: str, now: datetime, detail: dict[str, Any] | None = None) -> Entry:
    """Add an entry in the transaction of the change that it records, and return it.

    `subject` is a code or the name of a thing, `actor` a user name, `detail` plain data without personal data. Raises
    ValueError for a `now` without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("The time of an entry needs its time zone.")
    with transaction.atomic():
        _lock_chain()
        last = Entry.objects.order_by("-pk").first()
        entry = Entry(
            happened_at=now.astimezone(UTC),
            event=event,
            subject=subject,
            actor=actor,
            detail=json.loads(json.dumps(detail or {}, default=str)),
            previous_hash=last.hash if last else GENESIS_HASH,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
    return entry


def _lock_chain() -> None:
    """Let writers follow one another: SQLite has one writer anyway, PostgreSQL needs an advisory lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK_ID])


def entry_hash(entry: Entry) -> str:
    """Return the SHA-256 of the entry's content as JSON with sorted keys, in 64 hexadecimal digits."""
    text = json.dumps(entry.hashed_content(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify_chain() -> tuple[Entry | None, int, str]:
    """Return the first entry that doesn't fit the chain (or None), how many fit before it, and the last valid hash."""
    expected, count = GENESIS_HASH, 0
    for entry in Entry.objects.order_by("pk").iterator():
        if entry.previous_hash != expected or entry.hash != entry_hash(entry):
            return entry, count, expected
        expected, count = entry.hash, count + 1
    return None, count, expected
