"""The shelf: all of a photograph or nothing of it, whatever happens while it is written; and what is taken off it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from content.images import ingest, specs, storage
from content.images.models import Photo
from tests.images import samples
from tests.images.conftest import NOW, left, take_in
from tests.rendering import body_of
from tests.sizes import tries

pytestmark = pytest.mark.database_full

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100 if os.environ.get("IMAGES_FULL") else tries(2, 6)


def killed(var: Path, seconds: float, *, with_child: bool) -> None:
    """Upload in another process, which is killed after so long."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.images.upload_loop"],
        cwd=ROOT,
        env={"VAR_DIR": str(var), "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        if with_child:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    time.sleep(0.5)  # a child left alone ends by itself


def recorded(var: Path) -> set[str]:
    """The tokens that the killed uploads left a record of; each record is repeated in the database of this test."""
    with sqlite3.connect(var / "site.sqlite3") as database:
        names = [column.attname for column in Photo._meta.concrete_fields]
        rows = [
            dict(zip(names, row, strict=True))
            for row in database.execute(f"SELECT {','.join(names)} FROM content_photo")
        ]
    database.close()
    for row in rows:
        Photo.objects.get_or_create(token=row["token"], defaults=row | {"uploaded_at": NOW})
    return {row["token"] for row in rows}


def check_files(var: Path, known: set[str]) -> None:
    """Every record has all its files, and every file under a final name is a whole picture."""
    made = {folder.name: len(list(folder.glob("*/*"))) for folder in var.glob("renditions/*")}
    assert set(made.values()) <= {len(specs.FORMATS) * len(specs.widths_for(700))}
    assert known <= {path.stem for path in (var / "private/originals").glob("*")}
    assert known <= made.keys()
    for path in [*var.glob("private/originals/*"), *var.glob("renditions/*/*/*")]:
        with Image.open(path) as picture:
            picture.load()


@pytest.mark.slow
def test_an_upload_killed_at_any_moment_leaves_whole_photographs_only(var: Path, staff: Client) -> None:
    chance = random.Random(24)
    for number in range(KILLS):
        killed(var, chance.uniform(0, 0.9), with_child=bool(number % 2))
        known = recorded(var)
        check_files(var, known)
        for token in storage.stored_tokens():
            assert staff.get(f"/photographs/{token}/320.jpg").status_code == 404
            if token not in known:
                assert staff.get(f"/photographs/{token}/original/").status_code == 404
    ingest.delete_orphans(NOW.replace(year=2100))
    assert storage.stored_tokens() == known
    assert not list(var.glob("private/arriving/*"))
    take_in(samples.saved(samples.quarters(), "jpg"))


def test_files_without_a_record_are_out_of_reach_and_swept(var: Path, staff: Client) -> None:
    data = samples.saved(samples.quarters(), "jpg")
    kept, orphan = take_in(data), take_in(data)
    Photo.objects.exclude(pk=kept.pk).delete()  # as if killed between the files and the record
    assert storage.original_path(orphan.token).exists()
    for token, status in ((kept.token, 200), (orphan.token, 404)):
        reply = staff.get(f"/photographs/{token}/original/")
        assert reply.status_code == status
        assert body_of(reply)
    ingest.delete_orphans(NOW.replace(year=2100))
    assert storage.stored_tokens() == {kept.token}


def test_sweeping_takes_old_orphans_and_nothing_else(var: Path) -> None:
    data = samples.saved(samples.quarters(), "jpg")
    kept, orphan, withdrawn = take_in(data), take_in(data), take_in(data)
    storage.quarantine(withdrawn.token)
    Photo.objects.exclude(pk=kept.pk).delete()
    (var / "private/arriving/half").mkdir()
    assert ingest.delete_orphans(NOW - timedelta(days=900)) == 0  # young still, by that clock
    assert storage.original_path(orphan.token).exists()
    assert ingest.delete_orphans(NOW.replace(year=2100)) == 2
    assert storage.stored_tokens() == {kept.token}
    assert storage.rendition_path(kept.token, 320, "jpg").exists()
    assert storage.quarantine_path(withdrawn.token).exists()


def test_quarantine_leaves_nothing_to_serve_and_may_be_repeated(var: Path) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    held = storage.original_path(photo.token).read_bytes()
    for _ in range(2):
        storage.quarantine(photo.token)
        assert left(var) == [f"private/quarantine/{photo.token}.jpg"]
        assert storage.quarantine_path(photo.token).read_bytes() == held
    with pytest.raises(FileNotFoundError):
        ingest.rerender([photo])


def test_private_folders_are_closed_to_other_users_of_the_machine(var: Path) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    for path in (var / "private", var / "private/originals", storage.renditions_folder(photo.token)):
        assert path.stat().st_mode & 0o077 == 0, path


def test_renditions_can_be_made_again_from_the_original(var: Path) -> None:
    photo = take_in(samples.saved(samples.skin((1700, 1300)), "jpg"))
    files = left(var)
    assert len(files) == 1 + len(specs.FORMATS) * len(specs.WIDTHS)
    storage.rendition_path(photo.token, 640, "webp").unlink()
    ingest.rerender([photo])
    assert left(var) == files
    for width in specs.WIDTHS:
        for one in specs.FORMATS:
            with Image.open(storage.rendition_path(photo.token, width, one.suffix)) as made:
                assert made.size == (width, specs.height_at(width, photo.size))
                assert made.format == one.name


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"])
def test_nothing_but_a_token_is_ever_a_path(token: str, var: Path) -> None:
    for place in (storage.original_path, storage.renditions_folder, storage.quarantine_path):
        with pytest.raises(ValueError, match="32 hexadecimal"):
            place(token)
