"""A sentence or two, set apart."""

import pytest
from django.test import Client

from content.models import Callout
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import CalloutFactory
from tests.rendering import shown, text_of

pytestmark = pytest.mark.django_db


def test_callout_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(CalloutFactory(), title="Else", text="Other words.")


def test_callout_shows_title_and_text() -> None:
    assert text_of(shown(CalloutFactory(heading=""))) == "What to expect Some people see little change."


def test_callout_refuses_to_stay_empty(staff: Client) -> None:
    assert refused(staff, Callout, {"heading": "Only a heading", "title": "", "text": ""}) == [
        "This field is required.",
        "This field is required.",
    ]
