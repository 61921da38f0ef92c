"""The withdrawal journal: withdrawn reference codes in a file, as the database may be restored from an older backup.

One code per line, in a private folder beside the photographs. `in_force` reads it for every query, so that a restored
backup or a lagging replica shows nothing that was withdrawn, not even for a moment.
"""

import os
import re
from pathlib import Path

from django.conf import settings

from clinic_site.atomic_file import sync
from clinic_site.page_cache import store
from content.consent.reference import PATTERN

FILE_NAME = "withdrawn.txt"
CODE = re.compile(PATTERN.pattern.encode())

_cached: tuple[Path, int, int, frozenset[str]] | None = None


def journal_path() -> Path:
    """Return the path of the journal."""
    return Path(settings.VAR_DIR) / "private" / FILE_NAME


def references() -> frozenset[str]:
    """Return the codes in the journal, cached until it changes; none if there is no file. Raises OSError."""
    global _cached  # noqa: PLW0603  one for the process, replaced as a whole
    path = journal_path()
    try:
        status = path.stat()
    except FileNotFoundError:
        return frozenset()
    key = (path, status.st_mtime_ns, status.st_size)
    cached = _cached
    if cached is None or cached[:3] != key:
        cached = _cached = (*key, read_codes(path))
    return cached[3]


def read_codes(path: Path) -> frozenset[str]:
    """Return every code in a file, whatever else is in it; none if there is no file."""
    return frozenset(code.decode() for code in CODE.findall(path.read_bytes())) if path.exists() else frozenset()


def append(codes: set[str]) -> None:
    """Add the codes and sync them to the disk; raises OSError."""
    added = sorted(codes - references())
    if not added:
        return
    store.invalidate()  # from here on `in_force` hides the photographs
    journal_path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(journal_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that a full disk has truncated must not merge with the next.
        os.write(descriptor, "".join(f"\n{reference}" for reference in added).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync(journal_path().parent)
    sync(journal_path().parent.parent)
