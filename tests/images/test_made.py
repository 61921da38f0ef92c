"""Uploads made by the hundred, or by the thousand: each refused with a known reason or taken in whole, and nothing ever left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from content.images import storage
from content.images.ingest import UploadRefusedError
from content.images.models import Photo
from tests.images.assertions import ITS_OWN_FAULT, check_day, check_pictures
from tests.images.strategies import uploads
from tests.sizes import tries

from .conftest import left, take_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
IS_FULL = bool(os.environ.get("IMAGES_FULL"))
SHARDS = 6  # so that two processes share the work
EACH = 50 if IS_FULL else tries(5, 20)
MANY = 100_000 if IS_FULL else 500


def check_upload(data: bytes, var: Path) -> None:
    """Upload it; then there is a whole photograph or nothing, and the shelf is emptied again."""
    reason = ""
    try:
        photo = take_in(data)
    except UploadRefusedError as refused:
        reason = refused.reason
    if reason:
        assert reason in ITS_OWN_FAULT
        assert Photo.objects.count() == 0
    else:
        assert Photo.objects.get() == photo
        renditions = storage.rendition_path(photo.token, 320, "jpg").parent
        check_pictures(storage.original_path(photo.token), renditions, photo.size)
        check_day(photo.captured_on and photo.captured_on.isoformat())
        assert len(left(var)) == 1 + len(list(renditions.iterdir()))
        storage.delete(photo.token)
        photo.delete()
    assert left(var) == []
    assert list((var / "private").glob("arriving/*")) == []


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_made_upload_is_taken_in_whole_or_leaves_nothing(shard: int, var: Path) -> None:
    @seed(shard)
    @settings(
        max_examples=EACH, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),  # each starts a child, which is slow by nature
    )  # fmt: skip
    @given(uploads)
    def run(data: bytes) -> None:
        check_upload(data, var)

    run()


@pytest.mark.full
def test_one_limited_child_survives_many_made_uploads(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.images.fuzz", str(MANY), "8", tmp_path],
        cwd=ROOT, env={"MALLOC_ARENA_MAX": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.returncode} at {tmp_path / 'upload'}: {done.stderr[-3000:]}"
    counts = json.loads(done.stdout)
    assert sum(counts.values()) >= MANY
    for outcome in ("taken", "unknown", "damaged", "small", "strip", "many_pixels"):
        assert counts.get(outcome, 0) >= max(1, MANY / 1000), counts  # or the uploads are too much alike
