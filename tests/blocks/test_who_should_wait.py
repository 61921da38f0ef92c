"""Who should wait, and who should speak to the clinic first."""

import pytest
from django.test import Client

from content.models import WhoShouldWait
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import WhoShouldWaitFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_who_should_wait_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(WhoShouldWaitFactory(), speak_first=[{"text": "are breast-feeding"}])


def test_who_should_wait_keeps_the_two_lists_apart() -> None:
    block = shown(WhoShouldWaitFactory())
    lists = {
        text_of(panel.find("h3")): [text_of(row) for row in panel.iter("li")] for panel in block.find_class("panel")
    }
    assert lists == {
        "We do not treat you now if you": ["are pregnant", "are sunburnt"],
        "Speak to us first if you": ["have keloid scars"],
    }


def test_who_should_wait_needs_both_lists(staff: Client) -> None:
    values = {"heading": "Who should wait?", "not_now": [{"text": "are pregnant or may be"}]}
    assert refused(staff, WhoShouldWait, values) == ["Fill in at least 1 row."]
