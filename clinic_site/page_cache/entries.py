"""One page cache in its folder: writes its responses as files and reads them back.

tree.json               the clinic's local date, the build, query parameters and data for a database outage
told/<path>.json        headers and metadata of a response
<day>/<path>{,.gz,.br}  bodies, which nginx serves too
<day><offset>           links to the day, as in 2026-11-27+00:00, for nginx: in another time zone none matches
"""

import errno
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from clinic_site.atomic_file import replacing

SUFFIXES = {"": "", "gzip": ".gz", "br": ".br"}
METADATA_FOLDER = "told"


class DamagedBodyError(OSError):
    """A body's file isn't what was written, as after a power cut or on a failing disk."""


@dataclass(frozen=True)
class CachedResponse:
    """A cached response without its body.

    `digests` has the SHA-256 of the body in each encoding, "" being the plain one. `photographs` are the tokens of
    those shown. `show_until` is the last local day (ISO) on which they, and the case that the page is about, may be
    shown, or None where it shows no patient.
    """

    headers: list[tuple[str, str]]
    digests: dict[str, str]
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
        """Return the cached response for this path; None without one, or if this code would not write it so."""
        match _read_json(self.folder / METADATA_FOLDER / f"{_file_name(path)}.json"):
            case {
                "headers": list(headers),
                "digests": {"": str(), **encoded} as digests,
                "photographs": list(photographs),
                "show_until": str() | None as show_until,
                **others,
            } if (
                not others
                and all(map(_is_header, headers))
                and _are_strings([*encoded.values(), *photographs])
                and SUFFIXES.keys() >= encoded.keys()
            ):
                return CachedResponse([(name, value) for name, value in headers], digests, photographs, show_until)
        return None

    def body(self, path: str, response: CachedResponse, encoding: str = "") -> bytes:
        """Return the body in that encoding; raises OSError if its file is missing or isn't what was written."""
        file = self.folder / self.day / (_file_name(path) + SUFFIXES[encoding])
        body = file.read_bytes()
        if digest_of(body) != response.digests[encoding]:
            raise DamagedBodyError(errno.EIO, "The file isn't what was written", str(file))
        return body

    def is_intact(self) -> bool:
        """Return whether every body is what was written and belongs to a response, and no response can't be read.

        nginx serves whatever lies in the folder of the day.
        """
        bodies = set()
        for path in self.paths():
            response = self.response(path)
            if response is None:
                return False
            for encoding in response.digests:
                try:
                    self.body(path, response, encoding)
                except OSError:
                    return False
                bodies.add(_file_name(path) + SUFFIXES[encoding])
        folder = self.folder / self.day
        files = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
        return {str(file.relative_to(folder)) for file in files} <= bodies

    def paths(self) -> list[str]:
        """Return every cached path."""
        folder = self.folder / METADATA_FOLDER
        names = (str(file.relative_to(folder)).removesuffix(".json") for file in folder.rglob("*.json"))
        return sorted("/" + name.removesuffix("index.html") for name in names)

    def write(self, path: str, bodies: dict[str, bytes], response: CachedResponse) -> None:
        """Store one response, each file whole and on the disk, or not at all; raises OSError."""
        for encoding, body in bodies.items():
            _put(self.folder / self.day / (_file_name(path) + SUFFIXES[encoding]), body, at=_mtime_for(body))
        self._write_metadata(path, response)

    def reuse(self, path: str, other: "PageCache", response: CachedResponse) -> None:
        """Store a response whose body the `other` cache has too, by hard links.

        Raises OSError if a body there is missing or isn't what was written; then nothing is stored.
        """
        for encoding in response.digests:
            other.body(path, response, encoding)
        for encoding in response.digests:
            name = _file_name(path) + SUFFIXES[encoding]
            target = self.folder / self.day / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(other.folder / other.day / name, target)
        self._write_metadata(path, response)

    def _write_metadata(self, path: str, response: CachedResponse) -> None:
        file = self.folder / METADATA_FOLDER / f"{_file_name(path)}.json"
        _put(file, json.dumps(asdict(response)).encode())


def open_cache(folder: Path) -> PageCache | None:
    """Return the cache in this folder; None without one, or if this code would not write it so."""
    match _read_json(folder / "tree.json"):
        case {"day": str(day), "release": str(release), "asks": list(asks), "more": dict(more), **others} if (
            not others and _is_day(day) and _are_strings(asks)
        ):
            return PageCache(folder, day, release, frozenset(asks), more)
    return None


def create_cache(
    folder: Path, day: date, build_id: str, query_parameters: frozenset[str], outage_data: dict[str, Any]
) -> PageCache:
    """Create an empty cache in this folder."""
    cache = PageCache(folder, day.isoformat(), build_id, query_parameters, outage_data)
    metadata = {"day": cache.day, "release": build_id, "asks": sorted(query_parameters), "more": outage_data}
    _put(folder / "tree.json", json.dumps(metadata).encode())
    for offset in _utc_offsets(day):
        (folder / f"{cache.day}{offset}").symlink_to(cache.day)
    return cache


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of a body, 64 hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def _read_json(file: Path) -> Any:
    """Return the content of a JSON file, or None if it can't be read."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _is_header(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and _are_strings(value)


def _are_strings(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


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
    with replacing(file, is_durable=False) as out:  # a name that a power cut takes back is a missing page, no more
        out.write(data)
        out.flush()
        if at is not None:
            os.utime(out.fileno(), (at, at))
