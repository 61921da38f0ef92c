"""Room is set aside on the disk, and given up only where there is none."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clinic_site import disk_room

pytestmark = pytest.mark.django_db
RESERVE, WORK = 4096 * 4, 4096 * 16


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_room, "RESERVE_BYTES", RESERVE)
    monkeypatch.setattr(disk_room, "WORK_BYTES", WORK)


@pytest.fixture
def reserve(tmp_path: Path) -> Path:
    return tmp_path / "private" / "reserve"


def set_free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=count))


def test_reserve_is_real_room_and_nobody_else_s(reserve: Path) -> None:
    disk_room.keep_reserve()
    assert reserve.stat().st_size == RESERVE
    assert reserve.stat().st_blocks * 512 >= RESERVE  # no hole
    assert reserve.parent.stat().st_mode & 0o077 == 0


def test_reserve_stays_while_there_is_room(reserve: Path) -> None:
    disk_room.keep_reserve()
    disk_room.use_reserve()
    assert reserve.exists()


def test_reserve_is_used_on_a_full_disk_and_put_back_later(monkeypatch: pytest.MonkeyPatch, reserve: Path) -> None:
    disk_room.keep_reserve()
    set_free(monkeypatch, 0)
    disk_room.use_reserve()
    assert not reserve.exists()
    for free, is_back in ((RESERVE, False), (RESERVE + WORK - 1, False), (RESERVE + WORK, True)):
        set_free(monkeypatch, free)
        disk_room.keep_reserve()
        assert reserve.exists() == is_back, free


def test_room_of_a_reserve_in_use_is_no_room_to_work(monkeypatch: pytest.MonkeyPatch) -> None:
    disk_room.keep_reserve()
    set_free(monkeypatch, WORK)
    assert disk_room.has_room()
    set_free(monkeypatch, WORK - 1)
    disk_room.use_reserve()
    set_free(monkeypatch, WORK - 1 + RESERVE)
    assert not disk_room.has_room()


def test_quota_that_is_used_up_is_no_room(monkeypatch: pytest.MonkeyPatch, reserve: Path) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    assert not disk_room.has_room()
    disk_room.keep_reserve()
    assert not reserve.exists()


def test_error_of_a_full_disk_is_known_through_what_it_caused() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    outer = RuntimeError("could not save")
    outer.__cause__ = full
    assert disk_room.is_disk_full(full)
    assert disk_room.is_disk_full(outer)
    assert not disk_room.is_disk_full(OSError(errno.EACCES, "no"))
    assert not disk_room.is_disk_full(None)
