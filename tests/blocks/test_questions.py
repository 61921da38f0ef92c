"""Questions and answers."""

import pytest
from django.test import Client

from content.models import Questions
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import QuestionsFactory
from tests.rendering import shown, text_of

pytestmark = pytest.mark.django_db


def test_questions_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(QuestionsFactory(), questions=[{"question": "When?", "answer": "Soon."}])


def test_questions_open_one_by_one_and_keep_their_paragraphs() -> None:
    block = shown(QuestionsFactory())
    assert [text_of(item) for item in block.iter("summary")] == ["Does it hurt?", "How many?"]
    assert [text_of(item) for item in block.iter("p")] == [
        "It is often uncomfortable.",
        "Numbing cream helps.",
        "Usually 3 to 6 sessions.",
    ]


def test_questions_refuse_a_question_without_an_answer(staff: Client) -> None:
    rows = [{"question": "Will they disappear?", "answer": ""}]
    assert refused(staff, Questions, {"questions": rows}) == ["Row 1: “Answer” is missing."]
