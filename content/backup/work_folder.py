"""The folder in which a backup or a restore works: for its owner alone, and deleted even if the process is killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PREFIX = "working-"
FORMER_PREFIX = "tmp"  # of releases before this one
UNFINISHED_FILE = "unfinished"  # names a file elsewhere that is to be deleted as well


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield a new folder under `private`, which nobody else may enter; `delete_abandoned` leaves it alone till then."""
    private = private_folder()
    with _locked(private, fcntl.LOCK_SH), tempfile.TemporaryDirectory(prefix=PREFIX, dir=private) as folder:
        yield Path(folder)


def private_folder() -> Path:
    """Return the folder that no web server may serve, made if it is missing."""
    private = Path(settings.VAR_DIR) / "private"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    return private


def delete_abandoned() -> list[str]:
    """Delete what killed backups and restores left, unless one is running; return a line if there was anything."""
    private = private_folder()
    folders = [path for prefix in (PREFIX, FORMER_PREFIX) for path in private.glob(f"{prefix}*") if path.is_dir()]
    if not folders:
        return []
    try:
        with _locked(private, fcntl.LOCK_EX | fcntl.LOCK_NB):
            for folder in folders:
                _delete(folder)
    except BlockingIOError:
        return []
    return [f"deleted what killed backups or restores left: {len(folders)}. If a restore was killed, restore once more"]


def _delete(folder: Path) -> None:
    note = folder / UNFINISHED_FILE
    if note.is_file():
        Path(note.read_text()).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(private: Path, mode: int) -> Iterator[None]:
    """Hold the lock of all work folders; the system releases it when a process is killed."""
    lock = os.open(private / "backup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, mode)
        yield
    finally:
        os.close(lock)
