"""The page cache's store: which cache of finished responses `wsgi_app.py` and nginx serve instead of Django.

Layout of `VAR_DIR/published`:

    at/<word>     the generation: another word after every change of public content
    open          a link to the active cache; missing from before a change commits until a new cache is activated
    last          a link to the newest complete cache, the last known state for a database outage
    trees/<name>/ one cache (see `entries.py`)

Invalidating is one rename and one unlink before the commit, so that a process killed at any instant leaves no active
cache, and Django answers. Activating compares, under a lock, the generation with the one that the cache was begun in.
"""

import ctypes
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from clinic_site.atomic_file import sync
from clinic_site.page_cache.entries import PageCache, create_cache, open_cache

CACHEABLE_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9][a-z0-9-]*\.(?!html$)[a-z]{2,12})?")
MAX_PATH_LENGTH = 255
MAX_LINK_LENGTH = 64  # bytes; a link's target is trees/ and 16 digits
#: Python's own `os.readlink` lets other threads go on meanwhile. The call takes a microsecond, but getting the
#: interpreter back costs each request of a busy worker a tenth of a millisecond.
LIBC = ctypes.PyDLL(None)


def root() -> Path:
    """Return the folder of the page cache."""
    return Path(settings.VAR_DIR) / "published"


def is_cacheable(path: str) -> bool:
    """Return whether `path` can be a file's: lower-case words between slashes, or one file with an extension."""
    return len(path) <= MAX_PATH_LENGTH and CACHEABLE_PATH.fullmatch(path) is not None


def active_name() -> str:
    """Return the name of the active cache; "" while there is none."""
    target = ctypes.create_string_buffer(MAX_LINK_LENGTH)
    length = LIBC.readlink(os.fsencode(f"{settings.VAR_DIR}/published/open"), target, MAX_LINK_LENGTH)
    return os.fsdecode(target.raw[:length]) if 0 < length < MAX_LINK_LENGTH else ""


def load(name: str) -> PageCache | None:
    """Return the cache of this name, which `active_name` gives; None where this code can't read one."""
    return open_cache(root() / name)


def last_complete() -> PageCache | None:
    """Return the newest complete cache, whether or not it is still active; None where there is none."""
    try:
        return load(str((root() / "last").readlink()))
    except OSError:
        return None


def invalidate() -> None:
    """Deactivate the cache, to be called in a change's transaction before its commit; survives a power cut.

    Does nothing where no cache was ever created.
    """
    with suppress(FileNotFoundError), _locked():
        for at in (root() / "at").iterdir():
            at.rename(at.with_name(secrets.token_hex(8)))
        (root() / "open").unlink(missing_ok=True)
        sync(root() / "at")
        sync(root())


def invalidate_other_builds(build_id: str) -> None:
    """Deactivate a cache of another build: `PageCacheApplication` would notice, but nginx can't."""
    name = active_name()
    cache = load(name) if name else None
    if name and (cache is None or cache.build_id != build_id):
        invalidate()


def invalidate_damaged() -> list[str]:
    """Deactivate a cache in which a file isn't what was written, as after a power cut; return a line if so.

    `PageCacheApplication` would notice, but nginx can't.
    """
    name = active_name()
    cache = load(name) if name else None
    if not name or (cache is not None and cache.is_intact()):
        return []
    invalidate()
    return ["the pages kept as files were damaged and are made anew"]


def generation() -> str:
    """Return the word of the current generation, creating the folder of the page cache where there is none."""
    (root() / "at").mkdir(parents=True, exist_ok=True)
    (root() / "lock").touch()
    with _locked():
        words = sorted(file.name for file in (root() / "at").iterdir())
        if words:
            return words[0]
        word = secrets.token_hex(8)
        (root() / "at" / word).touch()
        return word


def invalidated_at() -> datetime | None:
    """Return since when no cache is active; None while one is, or if none was ever created."""
    if active_name():
        return None
    with suppress(OSError):
        times = [at.stat().st_ctime for at in (root() / "at").iterdir()]  # invalidating renames the file
        return datetime.fromtimestamp(max(times), tz=UTC) if times else None
    return None


def create(day: date, build_id: str, query_parameters: frozenset[str], outage_data: dict[str, Any]) -> PageCache:
    """Create an empty cache, and delete those that were never finished: on a full disk each try would leave one."""
    _delete_trees_except({"open", "last"})
    folder = root() / "trees" / secrets.token_hex(8)
    return create_cache(folder, day, build_id, query_parameters, outage_data)


def activate(cache: PageCache, begun_in: str) -> bool:
    """Serve readers from this cache, unless anything has changed since the generation `begun_in`; return whether."""
    return _replace_link("open", cache, begun_in)


def finish(cache: PageCache, begun_in: str) -> bool:
    """Mark the cache as complete and delete older ones, unless anything has changed meanwhile; return whether."""
    if not _replace_link("last", cache, begun_in):
        return False
    _delete_trees_except({"last"})
    return True


def _delete_trees_except(links: set[str]) -> None:
    """Delete the folders of all caches to which none of these links leads."""
    named = {(root() / link).resolve() for link in links}
    for folder in (root() / "trees").glob("*"):
        if folder.resolve() not in named:
            shutil.rmtree(folder, ignore_errors=True)


def _replace_link(name: str, cache: PageCache, begun_in: str) -> bool:
    with suppress(FileNotFoundError), _locked():
        if not (root() / "at" / begun_in).exists():
            return False
        link = root() / f"{name}.{secrets.token_hex(8)}"
        link.symlink_to(cache.folder.relative_to(root()))
        link.replace(root() / name)
        return True
    return False


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the lock between processes; raises FileNotFoundError where no cache was ever created."""
    lock = os.open(root() / "lock", os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
