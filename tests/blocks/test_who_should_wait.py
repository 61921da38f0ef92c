"""Who should wait, and who should speak to the clinic first."""

import pytest
from django.test import Client

from content.models import WhoShouldWait
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import WhoShouldWaitFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages", "unlisted_questions")]


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


def test_who_should_wait_does_not_show_the_questions_that_are_asked_elsewhere() -> None:
    rows = [{"text": "are pregnant", "question": "Are you pregnant?", "reason": "We wait until after the birth."}]
    text = text_of(shown(WhoShouldWaitFactory(not_now=rows)))
    assert "are pregnant" in text
    assert "Are you pregnant?" not in text
    assert "birth" not in text


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"question": "Are you shy?", "reason": ""}, "Say what we tell a reader who says yes to this question."),
        ({"question": "", "reason": "Talk to us."}, "Write the question too, or leave out what we tell a reader"),
        ({"text": "Are pregnant."}, "This stands in the lists already."),
    ],
)
def test_who_should_wait_refuses_half_a_question_and_a_row_that_stands_twice(
    staff: Client, row: dict[str, str], sentence: str
) -> None:
    first = {"text": "are pregnant", "question": "", "reason": ""}
    values = {"heading": "Who should wait?", "not_now": [first], "speak_first": [{**first, "text": "are shy", **row}]}
    [said] = refused(staff, WhoShouldWait, values)
    assert said.startswith(f"Row 1: {sentence}")


def test_rows_from_before_they_had_questions_are_still_rows() -> None:
    WhoShouldWaitFactory().full_clean()
