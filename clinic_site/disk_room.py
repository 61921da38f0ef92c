"""Whether the disk has room for staff's work, and a reserve on it for what can't wait: taking photographs down."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

RESERVE_BYTES = 8 * 1024 * 1024  # SQLite's write-ahead log alone grows to half of it
WORK_BYTES = 8 * 1024 * 1024  # with less than this staff are told that they can't edit
PROBE_BYTES = 64 * 1024


def has_room() -> bool:
    """Return whether staff can work: there is room beside the reserve, whether that is whole or in use."""
    missing = RESERVE_BYTES - _size(_reserve_path())
    return all(_can_write(folder, WORK_BYTES + max(0, missing)) for folder in _folders())


def keep_reserve() -> None:
    """Put the reserve back if there is room for it; does nothing on a full disk."""
    path = _reserve_path()
    if _size(path) == RESERVE_BYTES or not has_room():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, RESERVE_BYTES)
    except OSError:
        path.unlink(missing_ok=True)


def use_reserve() -> None:
    """Make room on a full disk by deleting the reserve; `tick` puts it back once there is room."""
    if not has_room():
        _reserve_path().unlink(missing_ok=True)


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether a write failed for want of room, in a file, in SQLite or in PostgreSQL."""
    while error is not None:
        if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "pgcode", "") == "53100":
            return True
        error = error.__cause__
    return False


def _reserve_path() -> Path:
    return Path(settings.VAR_DIR) / "private" / "reserve"


def _folders() -> set[Path]:
    """Return the folders in which the site writes: its own, and that of its SQLite file."""
    folders = {Path(settings.VAR_DIR)}
    if connection.vendor == "sqlite":
        folders.add(Path(connection.settings_dict["NAME"]).parent)
    return {folder for folder in folders if folder.is_dir()}


def _can_write(folder: Path, size: int) -> bool:
    """Return whether so much is free, and a quota lets us have some of it."""
    with suppress(OSError):
        if shutil.disk_usage(folder).free >= size:
            with tempfile.TemporaryFile(dir=folder) as probe:
                os.posix_fallocate(probe.fileno(), 0, PROBE_BYTES)
                return True
    return False


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
