"""Where photographs lie: private originals, and renditions that only a permitted request reaches.

    VAR_DIR/private/arriving/<token>/      what a child is writing; nobody reads it
    VAR_DIR/private/originals/<token>.jpg
    VAR_DIR/private/quarantine/<token>.jpg
    VAR_DIR/renditions/<token>/<digest of the spec and of the crop>/<width>.<suffix>

A file or folder gets its final name only when every byte of it is on the disk.
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
from content.images.specs import DIGEST, NOTHING, Cut

TOKEN = re.compile(r"[0-9a-f]{32}")
STILL_ARRIVING = timedelta(hours=1)  # far longer than an upload takes


def private() -> Path:
    """The folder that no web server is ever given."""
    return _folder(Path(settings.VAR_DIR) / "private")


def original(token: str) -> Path:
    """Where the original lies."""
    return private() / "originals" / f"{_checked(token)}.jpg"


def quarantined(token: str) -> Path:
    """Where the original of a withdrawn photograph lies."""
    return private() / "quarantine" / f"{_checked(token)}.jpg"


def renditions(token: str) -> Path:
    """The folder of all renditions."""
    return Path(settings.VAR_DIR) / "renditions" / _checked(token)


def made(token: str, cut: Cut = NOTHING) -> Path:
    """The folder of today's spec and this crop: a picture that was cropped otherwise is never served in its place."""
    return renditions(token) / ("-".join([DIGEST, *map(str, cut)]) if cut != NOTHING else DIGEST)


def rendition(token: str, width: int, suffix: str, cut: Cut = NOTHING) -> Path:
    """Where one rendition of today's spec and this crop lies, if it was made."""
    return made(token, cut) / f"{width}.{suffix}"


def _checked(token: str) -> str:
    if not TOKEN.fullmatch(token):
        raise ValueError("A token is 32 hexadecimal digits.")
    return token


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def arriving(token: str) -> Iterator[Path]:
    """A folder to write into, gone afterwards with whatever was left in it."""
    _folder(private() / "arriving")
    folder = private() / "arriving" / _checked(token)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(token: str, folder: Path) -> None:
    """Move what has arrived in `folder` to its final names; all of it or nothing; raises OSError."""
    try:
        keep_renditions(token, folder)
        sync(folder / "original.jpg")
        _move(folder / "original.jpg", original(token))
    except OSError:
        discard(token)
        raise


def keep_renditions(token: str, folder: Path, cut: Cut = NOTHING) -> None:
    """Move `folder/renditions` to where this crop is served from, in place of all other renditions; raises OSError."""
    for file in (folder / "renditions").iterdir():
        sync(file)
    sync(folder / "renditions")
    target = made(token, cut)
    _remove(target)
    _move(folder / "renditions", target)
    for other in renditions(token).iterdir():
        if other != target:
            _remove(other)


def _move(source: Path, target: Path) -> None:
    _folder(target.parent.parent)
    _folder(target.parent)
    source.rename(target)
    sync(target.parent)
    sync(target.parent.parent)


def _remove(folder: Path) -> None:
    """Take a folder out of reach at once, then delete it."""
    doomed = _folder(private() / "arriving") / f"removed-{os.urandom(16).hex()}"
    with suppress(FileNotFoundError):
        folder.rename(doomed)
        sync(folder.parent)
        shutil.rmtree(doomed, ignore_errors=True)


def discard(token: str) -> None:
    """Delete every file of this token, in quarantine too; nothing happens where there is none."""
    _remove(renditions(token))
    original(token).unlink(missing_ok=True)
    quarantined(token).unlink(missing_ok=True)


def quarantine(token: str) -> None:
    """Delete the renditions and move the original away; may be called again."""
    _remove(renditions(token))
    with suppress(FileNotFoundError):
        _move(original(token), quarantined(token))
        sync(private() / "originals")


def is_within_reach(token: str) -> bool:
    """Whether an original or a rendition of this token lies outside quarantine."""
    return original(token).exists() or renditions(token).exists()


def tokens() -> set[str]:
    """The tokens that have a file outside quarantine."""
    names = {path.stem for path in (private() / "originals").glob("*.jpg")}
    names |= {path.name for path in (Path(settings.VAR_DIR) / "renditions").glob("*")}
    return {name for name in names if TOKEN.fullmatch(name)}


def sweep(orphans: Iterable[str], now: datetime) -> int:
    """Delete the files of `orphans` and abandoned arrivals, all older than an hour; returns how many went."""
    before = (now - STILL_ARRIVING).timestamp()
    gone = 0
    for token in orphans:
        if all(_age(path) < before for path in (original(token), renditions(token))):
            discard(token)
            gone += 1
    for folder in (private() / "arriving").glob("*"):
        if _age(folder) < before:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _age(path: Path) -> float:
    """When the file was last changed, in seconds since 1970; 0 where there is none."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0
