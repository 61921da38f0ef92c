"""A backup: one tar file with the database, the photographs, the signed forms, and a checksum for each."""

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command

from clinic_site.atomic_file import replacing
from clinic_site.page_cache import store
from content.consent import withdrawal_journal
from content.gallery import withdrawal
from content.images.models import Photo

from . import database
from .database import BackupError

FOLDERS = ("private/originals", "private/quarantine", "private/consent-forms", "renditions")
MANIFEST = "manifest.json"
WITHDRAWAL_JOURNAL = "private/withdrawn.txt"
AT_A_TIME = 1024 * 1024  # bytes


def create_backup(target: Path) -> int:
    """Write a backup to `target` and return how many files are in it; raises BackupError, and then there is no file.

    The database comes first: a photograph taken in later is missing from both, and none is in the database alone.
    """
    var = Path(settings.VAR_DIR)
    try:
        with tempfile.TemporaryDirectory(dir=_ensure_folder(var / "private")) as folder:
            dump = Path(folder) / database.dump_name()
            database.dump(dump)
            _check_photographs(var)
            with replacing(target, mode=0o600) as out:
                sums = _pack(out, [(database.dump_name(), dump), *_files(var)], Path(folder))
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror}.") from None
    return len(sums)


def _ensure_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _files(var: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((var / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(var)), path
    if (var / WITHDRAWAL_JOURNAL).exists():
        yield WITHDRAWAL_JOURNAL, var / WITHDRAWAL_JOURNAL


def _check_photographs(var: Path) -> None:
    """Raise BackupError where a photograph that the database knows has no original any more."""
    lying = {path.stem for folder in FOLDERS[:2] for path in (var / folder).glob("*.jpg")}
    lost = set(Photo.objects.values_list("token", flat=True)) - lying
    if lost:
        raise BackupError(f"{len(lost)} photographs have lost their original file. Find out why before backing up.")


def _pack(out: IO[bytes], files: list[tuple[str, Path]], folder: Path) -> dict[str, str]:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name, path in files:
            try:
                found = _sha256(path)
                packed.add(path, name)
            except FileNotFoundError:
                continue  # deleted or withdrawn while this ran
            sums[name] = found
        (folder / MANIFEST).write_text(json.dumps(sums))
        packed.add(folder / MANIFEST, MANIFEST)
    return sums


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, *, now: datetime, on: date) -> list[str]:
    """Put database and photographs of the backup in place of the present ones; returns what was done afterwards.

    Everything is checked before anything is changed; raises BackupError. Withdrawals that this site or the backup
    remembers hold afterwards, also those that are younger than the backup.
    """
    var = Path(settings.VAR_DIR)
    with tempfile.TemporaryDirectory(dir=_ensure_folder(var / "private")) as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        withdrawal_journal.append(
            set(withdrawal_journal.read_codes(unpacked / WITHDRAWAL_JOURNAL))
        )  # both memories now
        store.invalidate()
        database.restore(unpacked / database.dump_name())
        for name in FOLDERS:
            _replace(unpacked / name, var / name, unpacked)
    call_command("migrate", verbosity=0)
    store.invalidate()  # nothing that was read half-way may stay open
    return withdrawal.finish_due(now=now, on=on)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as packed:
            packed.extractall(folder, filter="data")
        sums = dict(json.loads((folder / MANIFEST).read_text()))
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise BackupError(f"This file can't be read as a backup of this site: {type(error).__name__}.") from None
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    found.pop(MANIFEST)
    if set(found) != set(sums):
        raise BackupError("This backup is not whole: files are missing or were added. Use another backup.")
    for name, path in found.items():
        if _sha256(path) != sums[name]:
            raise BackupError(f"This backup is damaged at {name}. Use another backup.")
    if database.dump_name() not in found:
        raise BackupError("This backup is of the other kind of database. Set DATABASE_URL to that kind first.")


def _replace(fresh: Path, target: Path, old_folder: Path) -> None:
    _ensure_folder(target.parent)
    if target.exists():
        target.rename(old_folder / f"old-{target.name}")
    if fresh.exists():
        shutil.move(fresh, target)
