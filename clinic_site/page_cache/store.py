"""The published tree: finished replies as files, which `wsgi.py` and nginx hand to visitors instead of asking Django.

What lies under `VAR_DIR/published`:

    at/<word>     the generation: another word after every change of what the public may see
    open          a link to the one tree that is true now; gone from before a change commits until a fresh tree is made
    last          a link to the newest whole tree: the last known state, for when the database is away
    trees/<name>/ tree.json · told/<path>.json (what a reply says beside its body) · <day>/<path>{,.gz,.br} (the bodies)
                  <day><offset> (links to the day, as in 2026-11-27+00:00, for nginx: one in another zone finds none)

Closing is one rename and one unlink before the commit, so a process that is killed at any instant leaves a tree that is
closed, and readers with Django. Opening compares the generation with the one that the tree was begun in, under a lock.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from clinic_site.atomic_file import replacing, sync

CACHEABLE_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9][a-z0-9-]*\.(?!html$)[a-z]{2,12})?")
MAX_PATH_LENGTH = 255
SUFFIXES = {"": "", "gzip": ".gz", "br": ".br"}


@dataclass(frozen=True)
class CachedResponse:
    """What a kept reply says beside its body.

    `sha256` is of the plain body. `photographs` are the tokens of those shown, `until` the last local day on which each
    of them, and the case that the page is about, may be (ISO; None where it shows nothing of a patient).
    """

    headers: list[tuple[str, str]]
    sha256: str
    encodings: list[str]
    photographs: list[str]
    show_until: str | None


@dataclass(frozen=True)
class PageCache:
    """One tree in its folder; `day` is the local day that its replies are of, `release` the code that made them."""

    folder: Path
    day: str
    build_id: str
    query_parameters: frozenset[str]
    outage_data: dict[str, Any]

    @cached_property
    def day_bounds(self) -> tuple[datetime, datetime]:
        """When its day begins at the clinic, and when the next one does: two instants in UTC."""
        day = date.fromisoformat(self.day)
        begins = (datetime.combine(one, time.min) for one in (day, day + timedelta(days=1)))
        first, next_one = (timezone.make_aware(one).astimezone(UTC) for one in begins)
        return first, next_one

    def is_current(self, now: datetime) -> bool:
        """Whether this instant is in its day: the local date itself would double the cost of a reply from the tree."""
        begin, end = self.day_bounds
        return begin <= now < end

    def response(self, path: str) -> CachedResponse | None:
        """What is kept of the reply at this address; None where nothing is, or nothing that this code would write."""
        match _read_json(self.folder / "told" / f"{_file_name(path)}.json"):
            case {
                "headers": list(headers),
                "sha256": str(sha256),
                "encodings": list(encodings),
                "photographs": list(photographs),
                "show_until": str() | None as show_until,
                **others,
            } if (
                not others
                and all(map(_is_header, headers))
                and _are_strings([*encodings, *photographs])
                and SUFFIXES.keys() >= set(encodings)
            ):
                return CachedResponse(
                    [(name, value) for name, value in headers], sha256, encodings, photographs, show_until
                )
        return None

    def body(self, path: str, encoding: str = "") -> bytes:
        """The body; raises OSError where it isn't there any more."""
        return (self.folder / self.day / (_file_name(path) + SUFFIXES[encoding])).read_bytes()

    def paths(self) -> list[str]:
        """Every address that is kept."""
        told = self.folder / "told"
        names = (str(file.relative_to(told)).removesuffix(".json") for file in told.rglob("*.json"))
        return sorted("/" + name.removesuffix("index.html") for name in names)

    def write(self, path: str, bodies: dict[str, bytes], response: CachedResponse) -> None:
        """Keep one reply, whole or not at all; raises OSError and leaves nothing under a final name cut short."""
        for encoding, body in bodies.items():
            _put(self.folder / self.day / (_file_name(path) + SUFFIXES[encoding]), body, at=_mtime_for(body))
        _put(self.folder / "told" / f"{_file_name(path)}.json", json.dumps(asdict(response)).encode())

    def reuse(self, path: str, other: "PageCache", response: CachedResponse) -> None:
        """Keep the bodies of an `other` tree's equal reply, as the same files; raises OSError where they are gone."""
        for encoding in response.encodings:
            name = _file_name(path) + SUFFIXES[encoding]
            target = self.folder / self.day / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(other.folder / other.day / name, target)
        _put(self.folder / "told" / f"{_file_name(path)}.json", json.dumps(asdict(response)).encode())


def root() -> Path:
    """Where it all lies."""
    return Path(settings.VAR_DIR) / "published"


def is_cacheable(path: str) -> bool:
    """Whether a reply at this address could be a file: plain words between slashes, or one file with an ending."""
    return len(path) <= MAX_PATH_LENGTH and CACHEABLE_PATH.fullmatch(path) is not None


def active_name() -> str:
    """The name of the tree that is true at this moment; "" while none is."""
    try:
        return os.readlink(f"{settings.VAR_DIR}/published/open")  # noqa: PTH115  a third of the cost, at each request
    except OSError:
        return ""


def load(name: str) -> PageCache | None:
    """The tree of this name, as `active_name` gives it; None where there is none, or none that this code would make."""
    folder = root() / name
    match _read_json(folder / "tree.json"):
        case {"day": str(day), "release": str(release), "asks": list(asks), "more": dict(more), **others} if (
            not others and _is_day(day) and _are_strings(asks)
        ):
            return PageCache(folder, day, release, frozenset(asks), more)
    return None


def last_complete() -> PageCache | None:
    """The newest whole tree, whether or not it is still true."""
    try:
        return load(str((root() / "last").readlink()))
    except OSError:
        return None


def invalidate() -> None:
    """From here on no reader gets anything of the tree: to be called in a change's transaction, before its commit.

    It outlives a power cut. Where there is no tree there is nothing to close.
    """
    with suppress(FileNotFoundError), _locked():
        for at in (root() / "at").iterdir():
            at.rename(at.with_name(secrets.token_hex(8)))
        (root() / "open").unlink(missing_ok=True)
        sync(root() / "at")
        sync(root())


def invalidate_other_builds(release: str) -> None:
    """Close a tree that other code has made, or other settings: `Front` would see that, but nginx can't."""
    name = active_name()
    tree = load(name) if name else None
    if name and (tree is None or tree.build_id != release):
        invalidate()


def generation() -> str:
    """The word of this generation; makes the folder of the tree where there is none yet."""
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
    """Since when no reader gets anything of the tree; None where it is open, or none was ever made."""
    if active_name():
        return None
    with suppress(OSError):
        changed = [at.stat().st_ctime for at in (root() / "at").iterdir()]  # closing renames it
        return datetime.fromtimestamp(max(changed), tz=UTC) if changed else None
    return None


def create(day: date, release: str, asks: frozenset[str], more: dict[str, Any]) -> PageCache:
    """An empty tree."""
    folder = root() / "trees" / secrets.token_hex(8)
    made = PageCache(folder, day.isoformat(), release, asks, more)
    told = {"day": made.day, "release": release, "asks": sorted(asks), "more": more}
    _put(folder / "tree.json", json.dumps(told).encode())
    for offset in _utc_offsets(day):
        (folder / f"{made.day}{offset}").symlink_to(made.day)
    return made


def activate(tree: PageCache, generation: str) -> bool:
    """Let readers have this tree, unless anything has changed since the generation it was begun in."""
    return _replace_link("open", tree, generation)


def finish(tree: PageCache, begun_in: str) -> bool:
    """Note that the tree is whole, unless anything has changed meanwhile; older trees are deleted then."""
    if not _replace_link("last", tree, begun_in):
        return False
    for folder in (root() / "trees").iterdir():
        if folder != tree.folder:
            shutil.rmtree(folder, ignore_errors=True)
    return True


def _replace_link(name: str, tree: PageCache, begun_in: str) -> bool:
    with suppress(FileNotFoundError), _locked():
        if not (root() / "at" / begun_in).exists():
            return False
        fresh = root() / f"{name}.{secrets.token_hex(8)}"
        fresh.symlink_to(tree.folder.relative_to(root()))
        fresh.replace(root() / name)
        return True
    return False


@contextmanager
def _locked() -> Iterator[None]:
    """One process at a time; raises FileNotFoundError where there is no tree."""
    lock = os.open(root() / "lock", os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _read_json(file: Path) -> Any:
    """What the file says; None where it can't be read."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _is_header(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and _are_strings(value)


def _are_strings(values: list[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _file_name(path: str) -> str:
    return path[1:] + ("index.html" if path.endswith("/") else "")


def _mtime_for(body: bytes) -> int:
    """The time that a body's file bears: a digest of its bytes, because nginx makes its ETag of time and length.

    31 bits are what every file system keeps. Of two bodies of one length, one pair in two thousand million is alike.
    """
    return int.from_bytes(hashlib.sha256(body).digest()[:4], "big") >> 1


def _utc_offsets(day: date) -> set[str]:
    """The clinic's offsets from UTC on this local day: two of them where the clocks change."""
    hours = (timezone.make_aware(datetime.combine(day, time(hour))) for hour in range(24))
    return {hour.isoformat()[-6:] for hour in hours}


def _put(file: Path, data: bytes, *, at: int | None = None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, is_durable=False) as out:
        out.write(data)
        out.flush()
        if at is not None:
            os.utime(out.fileno(), (at, at))
