"""Files of photographs: private originals, and renditions served only to a permitted request.

    VAR_DIR/private/arriving/<token>/      what a child process is writing; nobody reads it
    VAR_DIR/private/originals/<token>.jpg
    VAR_DIR/private/quarantine/<token>.jpg
    VAR_DIR/renditions/<token>/<digest of the spec and of the crop>/<width>.<suffix>

A file or folder gets its final name only once it is completely on the disk.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from clinic_site.atomic_file import sync
from content.images.specs import NO_CUT, SPEC_DIGEST, Cut

TOKEN = re.compile(r"[0-9a-f]{32}")
ORPHAN_AGE = timedelta(hours=1)  # far longer than an upload takes


def private_folder() -> Path:
    """Return the folder that no web server may serve."""
    return _ensure_folder(Path(settings.VAR_DIR) / "private")


def original_path(token: str) -> Path:
    """Return the path of the original."""
    return private_folder() / "originals" / f"{_validated(token)}.jpg"


def quarantine_path(token: str) -> Path:
    """Return the path of a withdrawn photograph's original."""
    return private_folder() / "quarantine" / f"{_validated(token)}.jpg"


def renditions_folder(token: str) -> Path:
    """Return the folder of all renditions."""
    return Path(settings.VAR_DIR) / "renditions" / _validated(token)


def current_renditions_folder(token: str, cut: Cut = NO_CUT) -> Path:
    """Return the folder for the current specs and this crop: a picture cropped otherwise is never served instead."""
    if cut == NO_CUT:
        return renditions_folder(token) / SPEC_DIGEST
    numbers = [f"{number:g}" for number in cut]
    while len(numbers) > 4 and numbers[-1] == "0":  # as folders were named before pictures could be turned and tilted
        numbers.pop()
    return renditions_folder(token) / "-".join([SPEC_DIGEST, *numbers])


def rendition_path(token: str, width: int, suffix: str, cut: Cut = NO_CUT) -> Path:
    """Return the path of one rendition for the current specs and this crop, whether or not it exists."""
    return current_renditions_folder(token, cut) / f"{width}.{suffix}"


def _validated(token: str) -> str:
    if not TOKEN.fullmatch(token):
        raise ValueError("A token is 32 hexadecimal digits.")
    return token


def _ensure_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def incoming_folder(token: str) -> Iterator[Path]:
    """Yield a folder to write into, which is deleted afterwards with whatever was left in it."""
    _ensure_folder(private_folder() / "arriving")
    folder = private_folder() / "arriving" / _validated(token)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def store(token: str, folder: Path) -> None:
    """Move the files in `folder` to their final names, all or none; raises OSError."""
    try:
        store_renditions(token, folder)
        sync(folder / "original.jpg")
        _move(folder / "original.jpg", original_path(token))
    except OSError:
        delete(token)
        raise


def store_renditions(token: str, folder: Path, cut: Cut = NO_CUT) -> None:
    """Move `folder/renditions` to where this crop is served from, and delete all other renditions; raises OSError."""
    for file in (folder / "renditions").iterdir():
        sync(file)
    sync(folder / "renditions")
    target = current_renditions_folder(token, cut)
    _remove(target)
    _move(folder / "renditions", target)
    for other in renditions_folder(token).iterdir():
        if other != target:
            _remove(other)


def _move(source: Path, target: Path) -> None:
    _ensure_folder(target.parent.parent)
    _ensure_folder(target.parent)
    source.rename(target)
    sync(target.parent)
    sync(target.parent.parent)


def _remove(folder: Path) -> None:
    """Make a folder unreachable at once, then delete it."""
    doomed = _ensure_folder(private_folder() / "arriving") / f"removed-{os.urandom(16).hex()}"
    with suppress(FileNotFoundError):
        folder.rename(doomed)
        sync(folder.parent)
        shutil.rmtree(doomed, ignore_errors=True)


def delete(token: str) -> None:
    """Delete every file of this token, in quarantine too; safe to repeat."""
    _remove(renditions_folder(token))
    original_path(token).unlink(missing_ok=True)
    quarantine_path(token).unlink(missing_ok=True)


def quarantine(token: str) -> None:
    """Delete the renditions and move the original away; may be called again."""
    _remove(renditions_folder(token))
    with suppress(FileNotFoundError):
        _move(original_path(token), quarantine_path(token))
        sync(private_folder() / "originals")


def is_outside_quarantine(token: str) -> bool:
    """Return whether an original or a rendition of this token is outside quarantine."""
    return original_path(token).exists() or renditions_folder(token).exists()


def stored_tokens() -> set[str]:
    """Return the tokens that have a file outside quarantine."""
    names = {path.stem for path in (private_folder() / "originals").glob("*.jpg")}
    names |= {path.name for path in (Path(settings.VAR_DIR) / "renditions").glob("*")}
    return {name for name in names if TOKEN.fullmatch(name)}


def delete_orphans(orphans: Iterable[str], now: datetime) -> int:
    """Delete the files of `orphans` and abandoned incoming folders, if older than an hour; return how many."""
    before = (now - ORPHAN_AGE).timestamp()
    count = 0
    for token in orphans:
        if all(_mtime(path) < before for path in (original_path(token), renditions_folder(token))):
            delete(token)
            count += 1
    for folder in (private_folder() / "arriving").glob("*"):
        if _mtime(folder) < before:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count


def _mtime(path: Path) -> float:
    """Return when the file was last changed, in seconds since 1970; 0 if there is none."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0
