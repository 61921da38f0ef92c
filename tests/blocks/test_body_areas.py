"""Where stretch marks appear, and why."""

import pytest
from django.test import Client

from content.models import BodyAreas
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import BodyAreasFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_body_areas_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(
        BodyAreasFactory(), reasons=[], areas=[{"drawing": "thighs", "title": "Thighs", "text": "Inside"}]
    )


def test_body_areas_say_that_pictures_are_illustrations() -> None:
    assert "Pictures are illustrations, not photographs of patients." in text_of(shown(BodyAreasFactory()))


def test_body_areas_show_reasons_under_their_heading() -> None:
    block = shown(BodyAreasFactory())
    assert [text_of(reason) for reason in block.iter("dt")] == ["Growth", "Pregnancy"]
    assert [text_of(title) for title in block.iter("h3")] == ["Hips", "Why"]


def test_body_areas_need_an_area(staff: Client) -> None:
    values = {"heading": "Where they are", "reasons": [{"title": "A reason for it", "text": "What happens then"}]}
    assert refused(staff, BodyAreas, values) == ["Fill in at least 1 row."]
