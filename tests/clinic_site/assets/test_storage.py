"""The folder that everybody can read holds what pages load, and nothing about the machine it was made on."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from clinic_site.assets import storage
from clinic_site.assets.storage import AssetStorage, collect_if_changed


@pytest.fixture
def sources(tmp_path: Path, settings: Any) -> Path:
    """A site with two static files, of which nothing is collected yet."""
    folder = tmp_path / "sources"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "alone.css").write_text("body { color: #222; }")
    (folder / "robots.svg").write_text("<svg/>")
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = (
        [folder],
        ["django.contrib.staticfiles.finders.FileSystemFinder"],
    )
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "clinic_site.assets.storage.AssetStorage"},
    }
    settings.STATIC_ROOT = tmp_path / "static"
    return folder


def test_the_public_folder_holds_nothing_but_static_files_under_both_their_names(sources: Path, tmp_path: Path) -> None:
    public = tmp_path / "static"
    public.mkdir()
    (public / ".collected").write_text(f"{sources} 1"), (public / "staticfiles.json").write_text("{}")
    collect_if_changed()
    names = {path.name.split(".")[0] for path in public.rglob("*") if path.is_file()}
    assert names == {"alone", "robots"}
    for path in public.rglob("*"):
        assert not path.is_file() or str(tmp_path).encode() not in path.read_bytes(), path
    assert AssetStorage().url("css/alone.css").startswith("/static/css/alone.")
    assert len(Path(AssetStorage().url("css/alone.css")).name.split(".")) == 3


def test_files_are_collected_again_only_when_they_have_changed(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected: list[str] = []
    call = storage.call_command
    monkeypatch.setattr(
        storage, "call_command", lambda name, **options: collected.append(name) or call(name, **options)
    )
    collect_if_changed(), collect_if_changed()
    before = AssetStorage().url("robots.svg")
    (sources / "robots.svg").write_text("<svg><g/></svg>")
    collect_if_changed()
    assert collected == ["collectstatic"] * 2
    assert AssetStorage().url("robots.svg") != before
    shutil.rmtree(tmp_path / "static")
    collect_if_changed()
    assert (tmp_path / "static" / "robots.svg").exists()
