"""The demo cases' drawings: all there, light enough to serve, saying nothing of where they come from, and labelled."""

import tomllib
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

CASES = Path(__file__).resolve().parents[2] / "content/seed/cases"
OUTCOMES = {
    entry["picture"]: entry["values"]["outcome"]
    for entry in tomllib.loads((CASES.parent / "cases.toml").read_text())["case"]
}
CHANGED = [picture for picture, outcome in OUTCOMES.items() if outcome != "NONE"]
UNCHANGED = [picture for picture, outcome in OUTCOMES.items() if outcome == "NONE"]
NAMES = [f"{case}-{moment}.webp" for case, moment in product(CHANGED + UNCHANGED, ("before", "after"))]
LABEL = (908, 800, 1172, 872)


def opened(name: str) -> Image.Image:
    return Image.open(CASES / name).convert("RGB")


def test_folder_holds_the_pairs_and_nothing_else() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_picture_is_a_plain_webp_of_the_agreed_size(name: str) -> None:
    data = (CASES / name).read_bytes()
    assert len(data) <= 100_000
    assert data[:4] + data[8:16] == b"RIFFWEBPVP8 "  # the simple layout, which has no room for Exif, XMP or ICC
    with Image.open(CASES / name) as picture:
        assert picture.size == (1200, 900)
        assert not {"exif", "xmp", "icc_profile"} & set(picture.info)


@pytest.mark.parametrize("name", NAMES)
def test_picture_bears_its_label_in_white_on_dark(name: str) -> None:
    label = opened(name).crop(LABEL)
    assert all(level < 75 for level in ImageStat.Stat(label).median)
    bright = sum(label.convert("L").histogram()[200:]) / (label.width * label.height)
    assert 0.05 < bright < 0.35


@pytest.mark.parametrize("case", CHANGED)
def test_after_differs_from_before_in_the_marks_alone(case: str) -> None:
    difference = ImageChops.difference(opened(f"{case}-before.webp"), opened(f"{case}-after.webp")).convert("L")
    changed = sum(difference.histogram()[6:]) / (difference.width * difference.height)
    assert 0.005 < changed < 0.10


@pytest.mark.parametrize("case", UNCHANGED)
def test_case_without_visible_change_has_the_same_marks(case: str) -> None:
    assert opened(f"{case}-before.webp").tobytes() == opened(f"{case}-after.webp").tobytes()
