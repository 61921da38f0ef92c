"""Yes-or-no questions: as readers meet them, as staff write them, and as a doctor reads what was changed."""

import pytest
from django.test import Client
from lxml import html

from content.models import RightForMe, Treatment, WhoShouldWait
from content.reviews import diff, signed_document
from tests.blocks.scenarios import fields_of, refused, survives_versions
from tests.factories import RightForMeFactory, author
from tests.rendering import publish, shown, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_list(db: None) -> None:
    """A site without a list of who should wait, whose questions are the block's own."""
    WhoShouldWait.objects.all().delete()


ROW = {"question": "Are you pregnant?", "yes_means": "NOT_NOW", "reason": "Please wait."}


@pytest.mark.usefixtures("no_list")
def test_right_for_me_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(RightForMeFactory(), questions=[ROW], book_text="Call us.")


@pytest.mark.usefixtures("no_list")
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


@pytest.mark.usefixtures("no_list")
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


@pytest.mark.usefixtures("no_list")
def test_a_doctor_reads_that_a_yes_means_something_else_now() -> None:
    block = RightForMeFactory()
    draft = block.placeholder.source
    publish(draft)
    before = signed_document.build(draft)
    edited = draft.versions.get().copy(author()).content
    changed = RightForMe.objects.get(placeholder__in=edited.get_placeholders())
    changed.questions[1]["yes_means"] = "SPEAK_FIRST"
    changed.save()
    lines = [
        line
        for part in diff.changed_blocks(before, signed_document.build(edited))
        for line in part.lines
        if line.is_changed
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


def live_list() -> WhoShouldWait:
    found = WhoShouldWait.objects.get()
    assert found.placeholder.source.template == "pages/treatment.html"
    return found


def test_it_asks_every_row_of_the_live_list_in_its_order_and_means_the_same() -> None:
    listed = live_list()
    meant = [(row["question"], "NOT_NOW") for row in listed.not_now]
    meant += [(row["question"], "SPEAK_FIRST") for row in listed.speak_first]
    assert len(meant) == len(listed.not_now) + len(listed.speak_first) == 13
    live = RightForMe.objects.get()
    treatment = Treatment.objects.get()
    assert [(row["question"], row["yes_means"]) for row in live.display_fields(treatment).questions] == meant


def test_a_row_without_a_question_is_asked_by_nobody_and_questions_of_its_own_come_after_the_list() -> None:
    listed = live_list()
    listed.not_now = [{"text": "are sunburnt"}]  # as it was stored before rows had questions
    listed.speak_first = [{"text": "are shy", "question": "Are  you pregnant", "reason": "Talk."}]
    listed.save()
    block = RightForMeFactory(questions=[ROW, {**ROW, "question": "Do you sing?"}])
    treatment = Treatment.objects.get()
    said = [(row["question"], row["yes_means"]) for row in block.display_fields(treatment).questions]
    assert said == [("Are  you pregnant", "SPEAK_FIRST"), ("Do you sing?", "NOT_NOW")]


def test_a_draft_of_the_list_asks_nobody_until_it_is_live() -> None:
    listed = live_list()
    draft = listed.placeholder.source.versions.get().copy(author()).content
    changed = WhoShouldWait.objects.get(placeholder__in=draft.get_placeholders())
    changed.speak_first[0]["question"] = "Are you a beginner?"
    changed.save()
    live = RightForMe.objects.get()

    def is_asked() -> bool:
        return "Are you a beginner?" in [
            row["question"] for row in live.display_fields(Treatment.objects.get()).questions
        ]

    assert not is_asked()
    publish(draft)
    assert is_asked()


def test_a_list_that_stands_where_its_page_does_not_show_it_asks_nobody() -> None:
    listed = live_list()
    slot = listed.placeholder
    slot.slot = "topic_body"
    slot.save()
    assert RightForMe.objects.get().display_fields(Treatment.objects.get()).questions == []


def test_what_is_signed_is_what_is_asked_and_a_site_without_such_rows_signs_as_before() -> None:
    page = RightForMe.objects.get().placeholder.source
    listed = live_list()
    before = signed_document.fingerprint(signed_document.build(page))
    assert "Are you 18 to 21 years old?" in str(signed_document.build(page))
    listed.speak_first[0]["reason"] = "Ask us."
    listed.save()
    assert signed_document.fingerprint(signed_document.build(page)) != before
    for name in ("not_now", "speak_first"):
        setattr(listed, name, [{"text": row["text"]} for row in getattr(listed, name)])
    listed.save()
    old = RightForMeFactory()
    [block] = [
        one for one in signed_document.build(old.placeholder.source)["blocks"] if one["kind"] == "RightForMePlugin"
    ]
    assert block["fields"]["questions"] == old.questions
