"""Static files are collected once, and anew after a run that was cut short."""

import os
from pathlib import Path
from typing import Any

import pytest

from clinic_site.assets import storage


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[bool]:
    """Return, for each run of collectstatic, whether it began with an empty folder."""
    settings.STATIC_ROOT = tmp_path / "static"
    runs: list[bool] = []

    def collect(*_: Any, clear: bool, **__: Any) -> None:
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        runs.append(clear)

    monkeypatch.setattr(storage, "call_command", collect)
    return runs


def test_files_are_collected_once(collected: list[bool]) -> None:
    storage.collect_if_changed()
    storage.collect_if_changed()
    assert collected == [False]


def test_run_that_was_cut_short_is_made_anew_from_nothing(
    collected: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """collectstatic keeps a file that looks new, so also one that a power cut has emptied."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "sync", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            storage.collect_if_changed()
    storage.collect_if_changed()
    storage.collect_if_changed()
    assert collected == [False, True]


def test_files_are_on_the_disk_before_they_count_as_collected(
    collected: list[bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamps: list[bool] = []
    monkeypatch.setattr(os, "sync", lambda: stamps.append((tmp_path / "static-files.stamp").exists()))
    storage.collect_if_changed()
    assert stamps == [False]
    assert (tmp_path / "static-files.stamp").exists()
