"""A session, step by step."""

import pytest
from django.test import Client

from content.models import SessionSteps
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import SessionStepsFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_session_steps_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(
        SessionStepsFactory(), steps=[{"drawing": "warm-skin", "title": "Warm", "text": "It feels warm."}]
    )


def test_session_steps_are_an_ordered_list_and_quote_facts() -> None:
    block = shown(SessionStepsFactory())
    assert [text_of(step) for step in block.find_class("steps")[0].iter("li")] == [
        "Cream It stays on for 30 to 60 minutes.",
        "Device It glides over.",
    ]


def test_session_steps_refuse_a_step_without_words(staff: Client) -> None:
    rows = [{"drawing": "device", "title": "A title stands alone", "text": ""}]
    assert refused(staff, SessionSteps, {"heading": "", "intro": "", "steps": rows}) == [
        "Row 1: “What happens, and how it feels” is missing."
    ]
