"""Questions to ask at a consultation."""

import pytest
from django.test import Client

from content.models import QuestionsToAsk
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import QuestionsToAskFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_questions_to_ask_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(QuestionsToAskFactory(), questions=[{"question": "What does it cost?"}])


def test_questions_to_ask_are_numbered_and_quote_facts() -> None:
    block = shown(QuestionsToAskFactory())
    assert [text_of(row) for row in block.find(".//ol").iter("li")] == [
        "Who will treat me?",
        "Will it take 15 to 60 minutes?",
    ]


def test_questions_to_ask_refuse_an_empty_list(staff: Client) -> None:
    assert refused(staff, QuestionsToAsk, {"intro": "Take these with you.", "questions": []}) == [
        "Fill in at least 1 row."
    ]
