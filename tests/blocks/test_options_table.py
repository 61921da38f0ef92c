"""The options, doing nothing included."""

import pytest
from django.test import Client

from content.models import OptionsTable
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import OptionsTableFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_options_table_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(
        OptionsTableFactory(),
        options=[
            {"option": "Laser", "can_do": "As much", "downsides": "Heat"},
            {"option": "No treatment", "can_do": "They fade", "downsides": "Slowly"},
        ],
    )


def test_options_table_shows_each_option_with_what_it_can_do_and_its_limits() -> None:
    rows = [[text_of(cell) for cell in row] for row in next(shown(OptionsTableFactory()).iter("tbody"))]
    assert rows == [
        ["Microneedling", "Less noticeable", "Several sessions"],
        ["Leaving them be", "They often fade", "It takes time"],
    ]


def test_options_table_always_offers_doing_nothing(staff: Client) -> None:
    options = [
        {"option": "Microneedling", "can_do": "Less noticeable marks", "downsides": "Several sessions"},
        {"option": "Laser treatment", "can_do": "Less noticeable marks", "downsides": "Heat on the skin"},
    ]
    assert refused(staff, OptionsTable, {"options": options}) == [
        "Patients may always choose no treatment: add a row such as “Leaving them be”."
    ]
