"""`{% picture %}`: what a browser and a reader who can't see it need."""

from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from lxml import html

from . import samples
from .conftest import take_in

pytestmark = pytest.mark.database_full


def rendered(tag: str, **context: Any) -> html.HtmlElement:
    """The element that the tag makes."""
    return html.fromstring(Template("{% load photographs %}" + tag).render(Context(context)))


def test_a_picture_offers_every_format_and_width_and_reserves_its_room(var: Path) -> None:
    photo = take_in(samples.saved(samples.skin((1400, 1050)), "jpg"))
    found = rendered('{% picture photo "(min-width: 60em) 50vw, 92vw" "Abdomen, <front> view" %}', photo=photo)
    assert found.tag == "picture"
    assert [source.get("type") for source in found.iter("source")] == ["image/avif", "image/webp"]
    image = found.find(".//img")
    for one in (*found.iter("source"), image):
        assert [each.split()[1] for each in one.get("srcset").split(",")] == ["320w", "640w", "960w", "1280w"]
        assert one.get("sizes") == "(min-width: 60em) 50vw, 92vw"
    assert (image.get("width"), image.get("height")) == ("1280", "960")
    assert image.get("src") == f"/photographs/{photo.token}/960.jpg"
    assert image.get("alt") == "Abdomen, <front> view"
    assert image.get("loading") == "lazy"


def test_the_first_picture_of_a_page_is_not_put_off(var: Path) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    photo.alt = "Abdomen"
    image = rendered('{% picture photo "92vw" is_first=True %}', photo=photo).find(".//img")
    assert image.get("loading") is None
    assert image.get("fetchpriority") == "high"
    assert image.get("alt") == "Abdomen"


def test_a_picture_without_words_is_a_mistake(var: Path) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    with pytest.raises(ValueError, match="no words"):
        rendered('{% picture photo "92vw" %}', photo=photo)
