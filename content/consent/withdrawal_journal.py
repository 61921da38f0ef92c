"""The file of withdrawals: a second memory beside the database, which may come back older than it was.

One reference code a line, in a private folder beside the photographs. `in_force` reads it with every question, so that
a restored backup or a replica that lagged behind shows nothing that was withdrawn, not even for a moment.
"""

import os
import re
from pathlib import Path

from django.conf import settings

from clinic_site.page_cache import store
from content.consent.reference import PATTERN

FILE_NAME = "withdrawn.txt"
CODE = re.compile(PATTERN.pattern.encode())

_cached: tuple[Path, int, int, frozenset[str]] | None = None


def journal_path() -> Path:
    """Where it lies."""
    return Path(settings.VAR_DIR) / "private" / FILE_NAME


def references() -> frozenset[str]:
    """The codes in the file, read again when it has changed; none where there is no file. Raises OSError."""
    global _cached  # noqa: PLW0603  one for the process, replaced as a whole
    path = journal_path()
    try:
        found = path.stat()
    except FileNotFoundError:
        return frozenset()
    key = (path, found.st_mtime_ns, found.st_size)
    kept = _cached
    if kept is None or kept[:3] != key:
        kept = _cached = (*key, read_codes(path))
    return kept[3]


def read_codes(path: Path) -> frozenset[str]:
    """Every code in a file, whatever else is in it; none where there is no file."""
    return frozenset(code.decode() for code in CODE.findall(path.read_bytes())) if path.exists() else frozenset()


def append(codes: set[str]) -> None:
    """Add the codes, on the disk before this returns; raises OSError."""
    fresh = sorted(codes - references())
    if not fresh:
        return
    store.invalidate()  # what follows takes photographs off pages at once
    journal_path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(journal_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that was cut off by a full disk must not swallow the next.
        os.write(descriptor, "".join(f"\n{reference}" for reference in fresh).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
