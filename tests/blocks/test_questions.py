"""Questions and answers."""

import pytest
from django.test import Client

from content.models import Questions
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import QuestionsFactory
from tests.rendering import seen, shown, text_of

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


def test_each_answer_has_an_anchor_of_its_own_inside_what_folds_out() -> None:
    block = QuestionsFactory(heading="Answer 1 text")
    QuestionsFactory(placeholder=block.placeholder)
    tree = seen(block)
    anchors = [one.find("div").get("id") for one in tree.find_class("qa")]
    assert anchors == [f"answer-{number}-text" for number in (1, 2, 3, 4)]
    assert tree.find_class("questions")[0].get("id") == "answer-1-text-2"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_questions_refuse_a_question_without_an_answer(staff: Client) -> None:
    rows = [{"question": "Will they disappear?", "answer": ""}]
    assert refused(staff, Questions, {"questions": rows}) == ["Row 1: “Answer” is missing."]
