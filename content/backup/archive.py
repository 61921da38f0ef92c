"""Backup archives: one tar file with the database, photographs, signed forms, and a checksum of each file."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from clinic_site import disk_room
from clinic_site.atomic_file import replacing, temporary_path
from clinic_site.page_cache import store
from content.consent import withdrawal_journal
from content.gallery import withdrawal
from content.images.models import Photo
from content.library import taking_down

from . import database
from .database import BackupError
from .work_folder import UNFINISHED_FILE, work_folder

FOLDERS = ("private/originals", "private/quarantine", "private/consent-forms", "renditions")
MANIFEST = "manifest.json"
WITHDRAWAL_JOURNAL = "private/withdrawn.txt"


def create_backup(target: Path) -> int:
    """Write a backup to `target` and return the number of files in it; raises BackupError and then leaves no file.

    The database is copied first: a photograph added later is missing from both, and none is in the database alone.
    """
    var = Path(settings.VAR_DIR)
    try:
        with work_folder() as folder:
            dump = folder / database.dump_name()
            database.dump(dump)
            _check_photographs(var)
            temporary = temporary_path(target.absolute())
            (folder / UNFINISHED_FILE).write_text(str(temporary))
            with replacing(target, mode=0o600, temporary=temporary) as out:
                sums = _pack(out, [(database.dump_name(), dump), *_files(var)], folder)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror}.") from None
    return len(sums)


def _files(var: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((var / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(var)), path
    if (var / WITHDRAWAL_JOURNAL).exists():
        yield WITHDRAWAL_JOURNAL, var / WITHDRAWAL_JOURNAL


def _check_photographs(var: Path) -> None:
    """Raise BackupError if a photograph in the database has no original file."""
    stored = {path.stem for folder in FOLDERS[:2] for path in (var / folder).glob("*.jpg")}
    missing = set(Photo.objects.values_list("token", flat=True)) - stored
    if missing:
        raise BackupError(f"{len(missing)} photographs have lost their original file. Find out why before backing up.")


def _pack(out: IO[bytes], files: list[tuple[str, Path]], folder: Path) -> dict[str, str]:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, path in files:
            try:
                checksum = _sha256(path)
                tar.add(path, name)
            except FileNotFoundError:
                continue  # deleted or withdrawn while this ran
            sums[name] = checksum
        (folder / MANIFEST).write_text(json.dumps(sums))
        tar.add(folder / MANIFEST, MANIFEST)
    return sums


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, *, now: datetime, on: date) -> list[str]:
    """Replace database and photographs by the backup's; return what was done afterwards, in words.

    Everything is checked before anything is changed; raises BackupError. Withdrawals in this site's journal or in the
    backup's hold afterwards, even those younger than the backup.
    """
    var = Path(settings.VAR_DIR)
    with work_folder() as folder:
        unpacked = folder / "unpacked"
        unpacked.mkdir(mode=0o700)
        _unpack(source, unpacked)
        os.sync()  # before any of it gets a name under which it is served
        withdrawal_journal.append(set(withdrawal_journal.read_codes(unpacked / WITHDRAWAL_JOURNAL)))
        store.invalidate()
        database.restore(unpacked / database.dump_name())
        for name in FOLDERS:
            _replace(unpacked / name, var / name, folder)
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise BackupError(
            f"The backup was restored, but its tables could not be brought up to this release: {str(error).strip()}. "
            "Put that right and run `manage.py migrate`."
        ) from None
    store.invalidate()  # a page cache built in between may be wrong
    return withdrawal.finish_due(now=now, on=on) + taking_down.finish_due(now=now)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        sums = dict(json.loads((folder / MANIFEST).read_text()))
    except OSError as error:
        if disk_room.is_disk_full(error):
            raise BackupError("The disk is full. Nothing was changed. Make room and restore again.") from None
        raise BackupError(f"This file can't be read as a backup of this site: {error.strerror}.") from None
    except (tarfile.TarError, ValueError, TypeError) as error:
        raise BackupError(f"This file can't be read as a backup of this site: {type(error).__name__}.") from None
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    files.pop(MANIFEST)
    if set(files) != set(sums):
        raise BackupError("This backup is not whole: files are missing or were added. Use another backup.")
    for name, path in files.items():
        if _sha256(path) != sums[name]:
            raise BackupError(f"This backup is damaged at {name}. Use another backup.")
    if database.dump_name() not in files:
        raise BackupError("This backup is of the other kind of database. Set DATABASE_URL to that kind first.")


def _replace(source: Path, target: Path, old_folder: Path) -> None:
    if target.exists():
        target.rename(old_folder / f"old-{target.name}")
    if source.exists():
        source.chmod(0o700)
        shutil.move(source, target)
