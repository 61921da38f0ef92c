"""Atomic writes: a file is replaced as a whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(
    path: Path, *, mode: int = 0o644, is_durable: bool = True, temporary: Path | None = None
) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    It has the permissions `mode` from the start. The content is on the disk before the file gets its name, so that no
    power cut leaves an empty or torn file there; if `is_durable`, the name is on the disk too when the block has ended.
    On any error, OSError included, `path` is unchanged and the `temporary` file, in the same folder, is removed.
    """
    temporary = temporary or temporary_path(path)
    try:
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if is_durable:
        sync(path.parent)


def temporary_path(path: Path) -> Path:
    """Return a random name for a file that is to take the place of `path`."""
    return path.with_name(f".{secrets.token_hex(8)}.new")


def sync(path: Path) -> None:
    """Flush this file's content, or this folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
