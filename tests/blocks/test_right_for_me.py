"""Yes-or-no questions: as readers meet them, as staff write them, and as a doctor reads what was changed."""

import pytest
from django.test import Client
from lxml import html

from content.models import RightForMe
from content.reviews import diff, document
from tests.blocks.scenarios import fields_of, refused, survives_versions
from tests.factories import RightForMeFactory, author
from tests.rendering import publish, shown, text_of

pytestmark = pytest.mark.django_db
ROW = {"question": "Are you pregnant?", "yes_means": "NOT_NOW", "reason": "Please wait."}


def test_right_for_me_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(RightForMeFactory(), questions=[ROW], book_text="Call us.")


def test_each_question_is_a_group_of_its_own_with_yes_and_no_and_none_is_chosen() -> None:
    block = shown(RightForMeFactory())
    groups = list(block.iter("fieldset"))
    assert [text_of(group.find("legend")) for group in groups] == [
        "1. Do you take blood thinners?",
        "2. Are you pregnant?",
        "3. Are you breast-feeding?",
    ]
    boxes = [list(group.iter("input")) for group in groups]
    assert [[box.get("value") for box in each] for each in boxes] == [["yes", "no"]] * 3
    assert len({box.get("name") for each in boxes for box in each}) == 3
    assert not [box for each in boxes for box in each if box.get("checked") is not None]
    form = next(block.iter("form"))
    assert (form.get("method"), form.get("action")) == ("post", "/is-it-right/answer/")


def test_what_a_yes_means_is_not_on_the_page_before_it_is_answered() -> None:
    text = text_of(shown(RightForMeFactory()))
    assert "bruise" not in text
    assert "Please wait for now" not in text


def test_right_for_me_refuses_a_question_that_is_asked_twice(staff: Client) -> None:
    values = fields_of(RightForMeFactory()) | {"questions": [ROW, {**ROW, "yes_means": "SPEAK_FIRST"}]}
    assert refused(staff, RightForMe, values) == ["The same question stands here twice. Take one of them out."]


def test_right_for_me_refuses_a_yes_that_means_nothing_or_has_no_reason(staff: Client) -> None:
    values = fields_of(RightForMeFactory())
    assert refused(staff, RightForMe, values | {"questions": [{**ROW, "yes_means": "FINE"}]}) == [
        "Row 1: “A yes means” must be one of those offered."
    ]
    assert refused(staff, RightForMe, values | {"questions": [{**ROW, "reason": ""}]}) == [
        "Row 1: “What we tell a reader who says yes: why, and what to do” is missing."
    ]


@pytest.mark.parametrize("outcome", ["not_now", "speak_first", "book"])
def test_each_outcome_has_words(staff: Client, outcome: str) -> None:
    values = fields_of(RightForMeFactory()) | {f"{outcome}_heading": "", f"{outcome}_text": ""}
    assert refused(staff, RightForMe, values) == ["This field is required."] * 2


def test_a_doctor_reads_that_a_yes_means_something_else_now() -> None:
    block = RightForMeFactory()
    draft = block.placeholder.source
    publish(draft)
    before = document.build(draft)
    edited = draft.versions.get().copy(author()).content
    changed = RightForMe.objects.get(placeholder__in=edited.get_placeholders())
    changed.questions[1]["yes_means"] = "SPEAK_FIRST"
    changed.save()
    lines = [
        line for part in diff.changed_blocks(before, document.build(edited)) for line in part.lines if line.is_changed
    ]
    assert len(lines) == 1
    was = "".join(text for mark, text in lines[0].words if mark != "new")
    reads = "".join(text for mark, text in lines[0].words if mark != "gone")
    assert ("Not now" in was, "Not now" in reads) == (True, False)
    assert ("Speak to us first" in was, "Speak to us first" in reads) == (False, True)


def test_the_form_offers_what_a_yes_may_mean_in_words(staff: Client) -> None:
    block = RightForMeFactory()
    page = html.fromstring(staff.get(f"/admin/cms/placeholder/edit-plugin/{block.pk}/?cms_path=/").content.decode())
    menu = page.xpath("//select[@name='questions-1-yes_means']/option")
    assert [(text_of(one), one.get("selected") is not None) for one in menu] == [
        ("Not now", True),
        ("Speak to us first", False),
    ]
