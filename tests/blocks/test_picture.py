"""The site's own drawings."""

import pytest
from django.test import Client

from content.models import Picture
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import PictureFactory
from tests.rendering import shown, text_of

pytestmark = pytest.mark.django_db


def test_picture_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(PictureFactory(), drawing="hips", alt="Hips.", caption="")


def test_picture_says_that_it_is_an_illustration_and_what_it_shows() -> None:
    block = shown(PictureFactory())
    image = next(block.iter("img"))
    assert text_of(next(block.iter("figcaption"))) == "The same marks on each. Illustration."
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Six skin tones side by side.", "760", "570")


def test_picture_refuses_to_go_without_words(staff: Client) -> None:
    values = {"drawing": "tones", "alt": "", "caption": "A caption is not enough"}
    assert refused(staff, Picture, values) == ["This field is required."]
