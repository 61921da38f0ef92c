"""The page cache's store: finished responses as files, which `wsgi_app.py` and nginx serve instead of Django.

Layout of `VAR_DIR/published`:

    at/<word>     the generation: another word after every change of public content
    open          a link to the active cache; missing from before a change commits until a new cache is activated
    last          a link to the newest complete cache, the last known state for a database outage
    trees/<name>/ tree.json · told/<path>.json (headers and metadata of a response) · <day>/<path>{,.gz,.br} (bodies)
                  <day><offset> (links to the day, as in 2026-11-27+00:00, for nginx: in another time zone none matches)

Invalidating is one rename and one unlink before the commit, so that a process killed at any instant leaves no active
cache, and Django answers. Activating compares, under a lock, the generation with the one that the cache was begun in.
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
METADATA_FOLDER = "told"  # its name on the disk


@dataclass(frozen=True)
class CachedResponse:
    """A cached response without its body.

    `sha256` is the digest of the plain body. `photographs` are the tokens of those shown. `show_until` is the last
    local day (ISO) on which they, and the case that the page is about, may be shown, or None where it shows no patient.
    """

    headers: list[tuple[str, str]]
    sha256: str
    encodings: list[str]
    photographs: list[str]
    show_until: str | None


@dataclass(frozen=True)
class PageCache:
    """One build of the page cache in its folder, made on the clinic's local date `day` by the code `build_id`."""

    folder: Path
    day: str
    build_id: str
    query_parameters: frozenset[str]
    outage_data: dict[str, Any]

    @cached_property
    def day_bounds(self) -> tuple[datetime, datetime]:
        """Return the instants in UTC at which its day begins at the clinic and the next one does."""
        day = date.fromisoformat(self.day)
        midnights = (datetime.combine(date_, time.min) for date_ in (day, day + timedelta(days=1)))
        begin, end = (timezone.make_aware(midnight).astimezone(UTC) for midnight in midnights)
        return begin, end

    def is_current(self, now: datetime) -> bool:
        """Return whether `now` is in its day; computing the local date would double the cost of a cached response."""
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
        """Return the body in that encoding; raises OSError if its file is missing."""
        return (self.folder / self.day / (_file_name(path) + SUFFIXES[encoding])).read_bytes()

    def paths(self) -> list[str]:
        """Return every cached path."""
        folder = self.folder / METADATA_FOLDER
        names = (str(file.relative_to(folder)).removesuffix(".json") for file in folder.rglob("*.json"))
        return sorted("/" + name.removesuffix("index.html") for name in names)

    def write(self, path: str, bodies: dict[str, bytes], response: CachedResponse) -> None:
        """Store one response, each file whole or not at all; raises OSError."""
        for encoding, body in bodies.items():
            _put(self.folder / self.day / (_file_name(path) + SUFFIXES[encoding]), body, at=_mtime_for(body))
        self._write_metadata(path, response)

    def reuse(self, path: str, other: "PageCache", response: CachedResponse) -> None:
        """Store a response whose body the `other` cache has too, by hard links; raises OSError if they are gone."""
        for encoding in response.encodings:
            name = _file_name(path) + SUFFIXES[encoding]
            target = self.folder / self.day / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(other.folder / other.day / name, target)
        self._write_metadata(path, response)

    def _write_metadata(self, path: str, response: CachedResponse) -> None:
        file = self.folder / METADATA_FOLDER / f"{_file_name(path)}.json"
        _put(file, json.dumps(asdict(response)).encode())


def root() -> Path:
    """Return the folder of the page cache."""
    return Path(settings.VAR_DIR) / "published"


def is_cacheable(path: str) -> bool:
    """Return whether `path` can be a file's: lower-case words between slashes, or one file with an extension."""
    return len(path) <= MAX_PATH_LENGTH and CACHEABLE_PATH.fullmatch(path) is not None


def active_name() -> str:
    """Return the name of the active cache; "" while there is none."""
    try:
        return os.readlink(f"{settings.VAR_DIR}/published/open")  # noqa: PTH115  a third of pathlib's cost, on every request
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
    """Create an empty cache."""
    folder = root() / "trees" / secrets.token_hex(8)
    cache = PageCache(folder, day.isoformat(), build_id, query_parameters, outage_data)
    metadata = {"day": cache.day, "release": build_id, "asks": sorted(query_parameters), "more": outage_data}
    _put(folder / "tree.json", json.dumps(metadata).encode())
    for offset in _utc_offsets(day):
        (folder / f"{cache.day}{offset}").symlink_to(cache.day)
    return cache


def activate(cache: PageCache, begun_in: str) -> bool:
    """Serve readers from this cache, unless anything has changed since the generation `begun_in`; return whether."""
    return _replace_link("open", cache, begun_in)


def finish(cache: PageCache, begun_in: str) -> bool:
    """Mark the cache as complete and delete older ones, unless anything has changed meanwhile; return whether."""
    if not _replace_link("last", cache, begun_in):
        return False
    for folder in (root() / "trees").iterdir():
        if folder != cache.folder:
            shutil.rmtree(folder, ignore_errors=True)
    return True


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
    """Return the modification time for a body's file, a digest of its bytes: nginx makes its ETag of time and length.

    31 bits are what every file system stores: of bodies of one length, one pair in two thousand million collides.
    """
    return int.from_bytes(hashlib.sha256(body).digest()[:4], "big") >> 1


def _utc_offsets(day: date) -> set[str]:
    """Return the clinic's UTC offsets on this local day: two where the clocks change."""
    hours = (timezone.make_aware(datetime.combine(day, time(hour))) for hour in range(24))
    return {hour.isoformat()[-6:] for hour in hours}


def _put(file: Path, data: bytes, *, at: int | None = None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, is_durable=False) as out:
        out.write(data)
        out.flush()
        if at is not None:
            os.utime(out.fileno(), (at, at))
