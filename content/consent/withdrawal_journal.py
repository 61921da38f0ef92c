"""The withdrawal journal: what was withdrawn, in a file, as the database may be restored from an older backup.

One code per line, in a private folder beside the photographs: a consent's reference, or the token of a picture of the
library that was taken down. The rules that show photographs read it for every query, so that a restored backup or a
lagging replica shows nothing that was withdrawn, not even for a moment.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from clinic_site.atomic_file import sync
from clinic_site.page_cache import store
from content.consent.reference import PATTERN

FILE_NAME = "withdrawn.txt"
TOKEN = re.compile(r"[0-9a-f]{32}")
CODE = re.compile(f"{PATTERN.pattern}|{TOKEN.pattern}".encode())


class Journal(NamedTuple):
    """The consents' references and the pictures' tokens."""

    references: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()


_cached: tuple[Path, int, int, Journal] | None = None


def journal_path() -> Path:
    """Return the path of the journal."""
    return Path(settings.VAR_DIR) / "private" / FILE_NAME


def references() -> frozenset[str]:
    """Return the reference codes of withdrawn consents. Raises OSError."""
    return _read().references


def tokens() -> frozenset[str]:
    """Return the tokens of pictures that were taken down. Raises OSError."""
    return _read().tokens


def _read() -> Journal:
    """Return the journal, cached until it changes; an empty one if there is no file. Raises OSError."""
    global _cached  # noqa: PLW0603  one for the process, replaced as a whole
    path = journal_path()
    try:
        status = path.stat()
    except FileNotFoundError:
        return Journal()
    key = (path, status.st_mtime_ns, status.st_size)
    cached = _cached
    if cached is None or cached[:3] != key:
        codes = read_codes(path)
        taken_down = frozenset(code for code in codes if TOKEN.fullmatch(code))
        cached = _cached = (*key, Journal(codes - taken_down, taken_down))
    return cached[3]


def read_codes(path: Path) -> frozenset[str]:
    """Return every code in a file, whatever else is in it; none if there is no file."""
    return frozenset(code.decode() for code in CODE.findall(path.read_bytes())) if path.exists() else frozenset()


def append(codes: set[str]) -> None:
    """Add the codes and sync them to the disk; raises OSError."""
    journal = _read()
    added = sorted(codes - journal.references - journal.tokens)
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
