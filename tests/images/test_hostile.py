"""Bombs and broken files: refused within two seconds and 768 MB, with a sentence, and nothing of them stays."""

import json
import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from content.images import storage
from content.images.ingest import UploadRefusedError
from content.images.models import Photo
from tests.sizes import tries

from . import samples
from .conftest import left, take_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
IS_FULL = bool(os.environ.get("IMAGES_FULL"))
#: Started small, since a child's peak is counted from its parent's.
LAUNCHER = """
import json, os, sys
out, file, folder = os.pipe(), sys.argv[1], sys.argv[2]
pid = os.posix_spawn(sys.executable, [sys.executable, "-m", "content.images.decode", "all", folder, "[0, 0, 0, 0]"],
    {"MALLOC_ARENA_MAX": "1"}, file_actions=[(os.POSIX_SPAWN_OPEN, 0, file, os.O_RDONLY, 0)])
_, status, used = os.wait4(pid, 0)
print("\\n" + json.dumps([status, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))
"""


def peak(data: bytes, folder: Path) -> tuple[dict[str, object], float]:
    """What the decoding child answers, and its peak memory in MB."""
    (folder / "out").mkdir()
    (folder / "upload").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, folder / "upload", folder / "out"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said, _, used = done.stdout.rpartition("\n[")
    status, megabytes, _ = json.loads("[" + used)
    return (json.loads(said) if status == 0 else {"killed": status}), megabytes


@pytest.mark.parametrize("name", samples.BOMBS)
def test_a_bomb_is_refused_in_two_seconds(name: str, var: Path) -> None:
    bomb = samples.BOMBS[name]()
    assert len(bomb) < 3_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(UploadRefusedError):
        take_in(bomb)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2  # of work, whatever else runs
    assert left(var) == []
    assert Photo.objects.count() == 0


@pytest.mark.full
@pytest.mark.parametrize("name", samples.BOMBS)
def test_a_bomb_takes_no_more_than_768_mb(name: str, tmp_path: Path) -> None:
    answer, megabytes = peak(samples.BOMBS[name](), tmp_path)
    assert "refused" in answer
    assert megabytes <= 768


#: The largest that are still taken in, of each kind that costs memory in its own way.
LARGEST = {
    "png-50": lambda: samples.flat_png(8165, 6123, 8, 6),
    "png-50-deep": lambda: samples.flat_png(8165, 6123, 16, 2),
    "jpeg-64-progressive": lambda: samples.many_scans(8000, 8000, 0),
    "heic-48": lambda: samples.saved(Image.new("RGB", (8064, 6048), "tan"), "heic", quality=1, preset="ultrafast"),
    "webp-50": lambda: samples.saved(Image.new("RGB", (8165, 6123), "tan"), "webp", quality=1, method=0),
}


@pytest.mark.full
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_photographs_are_taken_in_within_768_mb(name: str, tmp_path: Path) -> None:
    answer, megabytes = peak(LARGEST[name](), tmp_path)
    assert "sha256" in answer, answer
    assert megabytes <= 768


def cuts() -> list[tuple[str, int]]:
    """Each file at each hundredth of its length, or a few of them."""
    return [
        (name, at) for name in samples.WHOLE for at in (range(1, 100) if IS_FULL else (1, 30, 70, 97)[: tries(2, 4)])
    ]


@pytest.mark.parametrize(("name", "at"), cuts())
def test_a_cut_file_is_refused_and_leaves_nothing(name: str, at: int, var: Path) -> None:
    data = samples.whole(name)
    with pytest.raises(UploadRefusedError, match=r"“photo\.jpg” is (damaged|not a photograph)"):
        take_in(data[: len(data) * at // 100])
    assert left(var) == []
    assert Photo.objects.count() == 0


@pytest.mark.parametrize("seed", range(200 if IS_FULL else tries(2, 4)))
@pytest.mark.parametrize("name", samples.WHOLE)
def test_flipped_bits_give_a_photograph_or_a_sentence(name: str, seed: int, var: Path) -> None:
    chance = random.Random(seed)
    try:
        photo = take_in(samples.flipped(samples.whole(name), chance, 1 + seed * 5))
    except UploadRefusedError:
        assert left(var) == []
        assert Photo.objects.count() == 0
    else:
        with Image.open(storage.original_path(photo.token)) as kept:
            kept.load()
            assert kept.size == photo.size


def test_a_png_with_a_wrong_checksum_is_refused(var: Path) -> None:
    png = samples.whole("png")
    data = bytearray(png)
    data[data.index(b"IDAT") + 2000] ^= 1
    for broken in (bytes(data), png[:29] + b"\0\0\0\0" + png[33:]):
        with pytest.raises(UploadRefusedError, match="damaged"):
            take_in(broken)
    assert left(var) == []


@pytest.mark.parametrize(
    "rider",
    [b"<html><script>alert(1)</script></html>", b"PK\x03\x04 archive PK\x05\x06" + bytes(18)],
    ids=["html", "zip"],
)
def test_of_a_file_that_is_two_things_only_the_picture_stays(rider: bytes, var: Path) -> None:
    jpeg = samples.whole("jpg")
    for both in (jpeg + rider, jpeg[:2] + samples.segment(0xFE, rider) + jpeg[2:]):
        take_in(both)
    for path in (path for path in var.rglob("*") if path.is_file()):
        assert rider[:10] not in path.read_bytes()
    with pytest.raises(UploadRefusedError, match="not a photograph"):
        take_in(rider + jpeg)
