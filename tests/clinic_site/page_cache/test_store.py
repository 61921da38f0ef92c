"""The page cache's files as nginx reads them: their times, and which cache stays active."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clinic_site.page_cache import store
from clinic_site.page_cache.entries import CachedResponse, DamagedBodyError, PageCache, digest_of
from clinic_site.page_cache.wsgi_app import prepare_response

DAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def new_cache(build: str = "this") -> PageCache:
    return store.create(DAY, build, frozenset(), {})


def response() -> CachedResponse:
    return CachedResponse([], {"": digest_of(b"text")}, [], None)


def times(cache: PageCache) -> list[int]:
    folder = cache.folder / cache.day
    return [int((folder / name).stat().st_mtime) for name in ("a/index.html", "a/index.html.gz", "a/index.html.br")]


def test_bodies_of_one_length_have_different_mtimes() -> None:
    """nginx makes its ETag of a file's time and length."""
    seen: set[int] = set()
    for number in range(100):
        cache = new_cache()
        cache.write("/a/", {"": b"%03d" % number, "gzip": b"g%02d" % number, "br": b"b%02d" % number}, response())
        seen |= set(times(cache))
    assert len(seen) == 300
    assert all(0 <= at < 2**31 for at in seen)


def test_equal_body_has_the_same_mtime_in_every_cache() -> None:
    bodies = {"": b"text", "gzip": b"gz", "br": b"br"}
    first, second, third = new_cache(), new_cache(), new_cache()
    first.write("/a/", bodies, response())
    second.write("/a/", bodies, response())
    digests = {encoding: digest_of(body) for encoding, body in bodies.items()}
    third.reuse("/a/", first, CachedResponse([], digests, [], None))
    assert times(first) == times(second) == times(third)


def test_cache_of_another_build_is_invalidated_at_start() -> None:
    """`PageCacheApplication` compares build ids on every request; nginx can't."""
    begun_in = store.generation()
    assert store.activate(new_cache("before"), begun_in)
    store.invalidate_other_builds("before")
    assert store.active_name()
    store.invalidate_other_builds("this")
    assert not store.active_name()
    assert store.generation() != begun_in  # what an older process is still making never opens


def test_invalidating_without_a_cache_creates_nothing() -> None:
    store.invalidate_other_builds("this")
    assert not store.root().exists()


@pytest.mark.parametrize(
    ("zone", "day", "offsets"),
    [
        ("Europe/London", DAY, ["+00:00"]),
        ("Europe/London", date(2026, 7, 1), ["+01:00"]),
        ("Europe/London", date(2026, 3, 29), ["+00:00", "+01:00"]),
        ("Europe/London", date(2026, 10, 25), ["+00:00", "+01:00"]),
        ("America/St_Johns", DAY, ["-03:30"]),
    ],
)
def test_nginx_finds_the_day_at_the_clinic_s_offsets_alone(
    settings: Any, zone: str, day: date, offsets: list[str]
) -> None:
    settings.TIME_ZONE = zone
    cache = store.create(day, "this", frozenset(), {})
    assert sorted(link.name for link in cache.folder.glob("20*")) == [f"{day}{offset}" for offset in offsets]
    cache.write("/a/", {"": b"text"}, response())
    for offset in offsets:
        assert (cache.folder / f"{day}{offset}" / "a" / "index.html").read_bytes() == b"text"


@pytest.mark.parametrize("zone", ["Europe/London", "America/St_Johns", "Pacific/Apia", "Africa/Cairo"])
@pytest.mark.parametrize("day", [DAY, date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 24)])
def test_cache_is_current_on_the_clinic_s_local_day(settings: Any, zone: str, day: date) -> None:
    """On days when the clocks change as well; in Cairo they do at midnight, which 24 April 2026 doesn't have."""
    settings.TIME_ZONE = zone
    cache = store.create(day, "this", frozenset(), {})
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    instants = [midnight + timedelta(minutes=number) for number in range(-24 * 60, 60 * 60)]
    edges = [at + shift for at in cache.day_bounds for shift in (timedelta(0), -timedelta(microseconds=1))]
    for now in [*instants, *edges]:
        assert cache.is_current(now) == (timezone.localdate(now) == day), now
    assert any(cache.is_current(now) for now in instants)


NOTHING = [b"", b"{", b"\xff", *(json.dumps(one).encode() for one in ({}, [], None, 1, "text", [1], {"day": 1}))]


def changed(file: Path, **values: Any) -> bytes:
    """Return the file's JSON with these values in place of its own, without those that are `...`."""
    content = {**json.loads(file.read_bytes()), **values}
    return json.dumps({name: value for name, value in content.items() if value is not ...}).encode()


@pytest.fixture
def cache() -> PageCache:
    """Return a cache with one readable response."""
    cache = new_cache()
    headers = [("Content-Type", "text/html")]
    cache.write("/a/", {"": b"text"}, CachedResponse(headers, {"": digest_of(b"text")}, [], "2026-11-27"))
    assert store.load(name_of(cache)) == cache
    assert cache.response("/a/") is not None
    return cache


def name_of(cache: PageCache) -> str:
    return str(cache.folder.relative_to(store.root()))


@pytest.mark.parametrize("data", NOTHING)
def test_broken_file_is_not_read(cache: PageCache, data: bytes) -> None:
    (cache.folder / "told" / "a" / "index.html.json").write_bytes(data)
    assert cache.response("/a/") is None
    (cache.folder / "tree.json").write_bytes(data)
    assert store.load(name_of(cache)) is None


@pytest.mark.parametrize(
    "values",
    [
        *({name: ...} for name in ("day", "release", "asks", "more")),
        *({name: 1} for name in ("day", "release", "asks", "more")),
        *({"day": day} for day in ("", "today", "2026-13-01", "20261127", "../x")),
        {"asks": [1]},
        {"asks": [[]]},
        {"more": []},
        {"of_another_release": 1},
    ],
)
def test_cache_of_another_shape_is_not_loaded_and_is_invalidated(cache: PageCache, values: dict[str, Any]) -> None:
    file = cache.folder / "tree.json"
    file.write_bytes(changed(file, **values))
    assert store.load(name_of(cache)) is None
    assert store.activate(cache, store.generation())
    assert store.finish(cache, store.generation())
    assert store.last_complete() is None
    store.invalidate_other_builds("this")
    assert not store.active_name()


@pytest.mark.parametrize(
    "values",
    [
        *({name: ...} for name in ("headers", "digests", "show_until")),
        *({name: 1} for name in ("headers", "digests", "show_until")),
        {"headers": ["text"]},
        {"headers": [["name"]]},
        {"headers": [["name", 1]]},
        {"headers": {"name": "value"}},
        {"digests": {}},
        {"digests": {"": 1}},
        {"digests": {"": "0f", "br": 1}},
        {"digests": {"": "0f", "zstd": "0f"}},
        {"digests": {"gzip": "0f"}},
        {"of_another_release": 1},
    ],
)
def test_response_of_another_shape_is_not_read(cache: PageCache, values: dict[str, Any]) -> None:
    file = cache.folder / "told" / "a" / "index.html.json"
    file.write_bytes(changed(file, **values))
    assert cache.response("/a/") is None


BODIES = {"": b"text", "gzip": b"gz", "br": b"br"}


@pytest.fixture
def active(var: None) -> PageCache:
    """Return the active cache, which has one response in every encoding."""
    cache, begun_in = new_cache(), store.generation()
    digests = {encoding: digest_of(body) for encoding, body in BODIES.items()}
    cache.write("/a/", BODIES, CachedResponse([], digests, [], None))
    assert store.activate(cache, begun_in)
    return cache


def body_file(cache: PageCache, suffix: str) -> Path:
    return cache.folder / cache.day / "a" / f"index.html{suffix}"


def test_every_file_is_on_the_disk_before_it_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: dict[int, int] = {}
    fsync, rename = os.fsync, Path.replace

    def settle(handle: int) -> None:
        fsync(handle)
        sizes[os.fstat(handle).st_ino] = os.fstat(handle).st_size

    def name(source: Path, target: Path) -> Path:
        assert sizes.get(source.stat().st_ino) == source.stat().st_size, target
        return rename(source, target)

    monkeypatch.setattr(os, "fsync", settle)
    monkeypatch.setattr(Path, "replace", name)
    cache = new_cache()
    cache.write("/a/", BODIES, response())
    assert len([file for file in cache.folder.rglob("*") if file.is_file()]) == len(sizes) == 5


def test_what_was_written_is_intact(active: PageCache) -> None:
    assert store.invalidate_damaged() == []
    assert store.active_name()


@pytest.mark.parametrize("suffix", ["", ".gz", ".br"])
@pytest.mark.parametrize("data", [b"", b"t", b"Text", b"text and more", None])
def test_damaged_body_is_neither_served_nor_reused_and_ends_the_cache(
    active: PageCache, suffix: str, data: bytes | None
) -> None:
    file = body_file(active, suffix)
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    encoding = {"": "", ".gz": "gzip", ".br": "br"}[suffix]
    assert prepare_response(active, "/a/", (encoding,)) is None
    cached, later = active.response("/a/"), new_cache()
    assert cached
    with pytest.raises((DamagedBodyError, FileNotFoundError)):
        later.reuse("/a/", active, cached)
    assert later.paths() == []
    assert not (later.folder / later.day).exists()
    assert len(store.invalidate_damaged()) == 1
    assert not store.active_name()


def test_body_that_belongs_to_no_response_ends_the_cache(active: PageCache) -> None:
    """nginx would serve it."""
    (active.folder / active.day / "b.txt").write_bytes(b"")
    assert store.invalidate_damaged()
    assert not store.active_name()


def test_response_that_cannot_be_read_ends_the_cache(active: PageCache) -> None:
    (active.folder / "told" / "a" / "index.html.json").write_bytes(b"")
    assert store.invalidate_damaged()
    assert not store.active_name()


def test_checking_without_a_cache_creates_nothing() -> None:
    assert store.invalidate_damaged() == []
    assert not store.root().exists()
