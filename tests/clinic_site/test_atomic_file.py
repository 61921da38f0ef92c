"""A file is written whole or not at all."""

import stat
from pathlib import Path

import pytest

from clinic_site.atomic_file import replacing


def test_file_has_its_content_and_permissions_once_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with replacing(path, mode=0o600) as file:
        file.write(b"whole")
        assert not path.exists()
        assert [stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()] == [0o600]
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("is_durable", [True, False])
def test_failed_write_leaves_the_old_file_and_nothing_else(*, is_durable: bool, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="disk is full"):
        _write_half(path, is_durable=is_durable)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["page"]


def _write_half(path: Path, *, is_durable: bool) -> None:
    with replacing(path, is_durable=is_durable) as file:
        file.write(b"half")
        raise OSError("disk is full")
