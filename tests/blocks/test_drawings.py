"""The drawings: what they show is no more than what the words beside them say."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from content.blocks.drawings import DRAWINGS
from content.gallery.choices import SkinTone

STATIC = Path(__file__).resolve().parents[2] / "static"
SURFACE = re.compile(r'<path d="M0 92l([^"]*)" fill="none" stroke="#8a5236"')
FIBRE = re.compile(r'<path d="M([^"]*)" fill="none" stroke="#(?:0b5558|b8664a)"')
NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")


def drawn(name: str) -> str:
    return (STATIC / DRAWINGS[name].path).read_text()


def dent(name: str) -> float:
    """How far the surface of the skin lies below a straight line between the two sides of the mark."""
    (steps,) = SURFACE.findall(drawn(name))
    numbers = [float(number) for number in NUMBER.findall(steps)]
    places = [(0.0, 92.0)]
    for right, down in zip(numbers[::2], numbers[1::2], strict=True):
        places.append((places[-1][0] + right, places[-1][1] + down))
    left, middle, right = (_height(places, at) for at in (120, 200, 280))
    return middle - (left + right) / 2


def _height(places: list[tuple[float, float]], at: float) -> float:
    (height,) = [
        y + (other_y - y) * (at - x) / (other_x - x)
        for (x, y), (other_x, other_y) in pairwise(places)
        if x <= at < other_x
    ]
    return height


def test_a_mark_with_new_fibres_is_less_deep_and_still_there() -> None:
    """Beside it stands that no treatment removes marks."""
    assert min(dent("fibres-apart"), dent("needles")) > 20
    assert 0.35 < dent("new-fibres") / dent("fibres-apart") < 0.75


def test_new_fibres_leave_some_gaps() -> None:
    before, after = (len(FIBRE.findall(drawn(name))) for name in ("fibres-apart", "new-fibres"))
    gaps = set(FIBRE.findall(drawn("fibres-apart"))) & set(FIBRE.findall(drawn("new-fibres")))
    assert gaps
    assert after > before


def test_warm_medium_brown_skin_glows_red_brown_and_not_crimson() -> None:
    """Beside it stands “red-brown”: more red than green, and more green than blue."""
    colours = re.findall(r'stop-color="#(\w\w)(\w\w)(\w\w)"', drawn("warm-skin"))
    assert colours
    for red, green, blue in colours:
        assert int(red, 16) > int(green, 16) > int(blue, 16)


def test_the_tones_of_the_home_page_are_those_of_the_gallery() -> None:
    assert DRAWINGS["tones"].label.startswith("Six")
    assert len(SkinTone) == 6


@pytest.mark.parametrize("name", ["abdomen", "breasts", "hips", "thighs"])
def test_a_drawn_area_says_its_skin_in_the_words_of_the_gallery(name: str) -> None:
    skins = [label.lower() for label in SkinTone.labels]
    assert any(f" {skin} skin" in DRAWINGS[name].alt for skin in skins), DRAWINGS[name].alt
