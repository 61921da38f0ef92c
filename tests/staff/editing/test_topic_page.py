"""A new topic page: whole, or not at all; and nothing goes live while it still asks for words."""

from typing import Any

import pytest
from cms.models import CMSPlugin, Page, PageContent
from cms.utils.placeholder import get_placeholders
from django.test import Client
from lxml import html

from content.models import Callout
from content.reviews import go_live, signing
from content.reviews.prompts import unanswered_prompts
from content.reviews.signed_document import shown_blocks
from content.staff.editing import topic_page
from content.staff.editing.topic_prompts import TopicKind
from content.topics import PROMPT, is_prompt
from tests.factories import DAY, LANGUAGE, NOON, doctor, page_of_kind, slot_of
from tests.staff.page_content import main_in, main_of, of_class, words
from tests.staff.rights import person, writer

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/new-topic/"


def form_data(**values: Any) -> dict[str, Any]:
    return {
        "title": "Your first visit",
        "description": "What happens when you come to see us for the first time.",
        "treatment": Page.objects.get(reverse_id="treatment").pk,
        "kind": "EXPLAIN",
        "slug": "",
        "menu_title": "",
        **values,
    }


def topic_contents() -> list[PageContent]:
    return list(PageContent.admin_manager.filter(title="Your first visit"))


@pytest.mark.parametrize("kind", TopicKind.values)
def test_one_form_makes_the_whole_page_as_a_draft_held_by_its_maker(kind: str) -> None:
    nurse = writer("Nurse")
    reply = nurse.post(ADDRESS, form_data(kind=kind, menu_title="First visit"))
    draft = topic_contents()[0]
    assert f"/edit/{draft.pk}/" in reply["Location"]
    version = draft.versions.get()
    assert (version.state, version.locked_by, version.created_by) == ("draft", person("Nurse"), person("Nurse"))
    assert (draft.slug, draft.menu_title, draft.template) == ("your-first-visit", "First visit", "pages/topic.html")
    assert draft.page.parent == Page.objects.get(reverse_id="treatment")
    filled = [shown.slot for shown in shown_blocks(draft)]
    assert set(filled) == {slot.slot for slot in get_placeholders("pages/topic.html")}
    assert "CareCardPlugin" in [shown.kind for shown in shown_blocks(draft)]
    assert nurse.get(reply["Location"]).status_code == 200
    assert Client().get("/microneedling-for-stretch-marks/your-first-visit/").status_code == 404


def test_every_block_of_a_new_page_can_be_opened_and_saved_by_staff() -> None:
    for kind in TopicKind.values:
        nurse = writer("Nurse")
        nurse.post(ADDRESS, form_data(kind=kind, title=f"Of kind {kind}"))
        draft = PageContent.admin_manager.get(title=f"Of kind {kind}")
        for shown in shown_blocks(draft):
            shown.block.full_clean()
            assert shown.slot in shown.block.get_plugin_class().allowed_slots


@pytest.mark.parametrize("role", ["Reception", "Owner"])
def test_who_may_not_add_pages_makes_none(role: str) -> None:
    browser = writer(role)
    assert browser.get(ADDRESS).status_code == 403
    assert browser.post(ADDRESS, form_data()).status_code == 403
    assert topic_contents() == []


@pytest.mark.parametrize("role", ["Nurse", "Doctor"])
def test_who_may_add_pages_makes_one(role: str) -> None:
    assert writer(role).post(ADDRESS, form_data()).status_code == 302
    assert len(topic_contents()) == 1


def test_pressing_twice_makes_one_page() -> None:
    nurse = writer("Nurse")
    assert nurse.post(ADDRESS, form_data()).status_code == 302
    again = nurse.post(ADDRESS, form_data())
    assert "The page “Your first visit” has the address “your-first-visit” already." in again.content.decode()
    assert len(topic_contents()) == 1


def test_an_address_that_a_live_page_has_is_taken() -> None:
    reply = writer("Nurse").post(ADDRESS, form_data(slug="aftercare"))
    assert "The page “Looking after your skin” has the address “aftercare” already." in reply.content.decode()
    assert topic_contents() == []


def test_an_error_in_the_middle_leaves_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = (Page.objects.count(), PageContent.admin_manager.count(), CMSPlugin.objects.count())
    good = topic_page.initial_blocks("EXPLAIN")
    broken = [*good[:3], topic_page.NewBlock("topic_body", "CareCardPlugin", {"heading": "No ending"})]
    monkeypatch.setattr(topic_page, "initial_blocks", lambda kind: broken)
    browser = writer("Nurse")
    browser.raise_request_exception = False
    assert browser.post(ADDRESS, form_data()).status_code == 500
    assert (Page.objects.count(), PageContent.admin_manager.count(), CMSPlugin.objects.count()) == before
    monkeypatch.setattr(topic_page, "initial_blocks", lambda kind: good)
    assert browser.post(ADDRESS, form_data()).status_code == 302


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"title": ""}, "title", "Write the title."),
        ({"description": ""}, "description", "Write the first sentence. Patients read it under the title."),
        (
            {"slug": "Not Good"},
            "slug",
            "Write the address with small letters, digits and hyphens, such as your-session.",
        ),
        ({"slug": "a/b"}, "slug", "Write one part of the address only, without a slash, such as your-session."),
        ({"title": "???"}, "slug", "No address can be made from this title. Write one, such as your-session."),
        ({"kind": "POEM"}, "kind", "Choose one of the two."),
        ({"treatment": "999999"}, "treatment", "Choose one of the treatments."),
        ({"treatment": "x'--"}, "treatment", "Choose one of the treatments."),
        ({"title": "[[nonsense]]"}, "title", ""),
        ({"title": "x" * 121}, "title", ""),
    ],
)
def test_bad_input_gets_one_sentence_beside_the_field_and_the_rest_stays(
    values: dict[str, str], field: str, sentence: str
) -> None:
    reply = writer("Nurse").post(ADDRESS, form_data(menu_title="Kept as typed", **values))
    page = main_in(reply.content.decode())
    boxes = [one for one in of_class(page, "staff-field") if of_class(one, "errorlist")]
    assert len(boxes) == 1
    assert boxes[0].xpath(f".//*[@name='{field}']")
    errors = [words(one) for one in of_class(boxes[0], "errorlist")[0]]
    assert len(errors) == 1
    assert sentence in errors[0]
    assert page.xpath(".//*[@name='menu_title']/@value") == ["Kept as typed"]
    assert topic_contents() == []


def test_the_form_says_where_the_page_will_stand() -> None:
    text = writer("Nurse").get(ADDRESS).content.decode()
    assert "the address begins with /microneedling-for-stretch-marks/" in text


@pytest.mark.parametrize("kind", TopicKind.values)
def test_a_page_that_still_asks_for_words_is_neither_signed_nor_published(kind: str) -> None:
    writer("Nurse").post(ADDRESS, form_data(kind=kind))
    draft = topic_contents()[0]
    assert len(unanswered_prompts(draft)) >= 6
    with pytest.raises(signing.RefusedError, match="still begin with “Write here:”"):
        signing.sign(draft, user=doctor(), due_on=DAY.replace(year=2027), now=NOON, on=DAY)
    with pytest.raises(go_live.RefusedError, match="still begin with “Write here:”"):
        go_live.publish(draft, user=doctor(), now=NOON)
    assert draft.versions.get().state == "draft"


def test_the_line_of_checks_never_says_that_nothing_stops_a_page_that_asks_for_words() -> None:
    nurse = writer("Nurse")
    editor = nurse.post(ADDRESS, form_data())["Location"]
    shown = html.fromstring(nurse.get(editor).content.decode())
    assert "still begin with “Write here:”" in words(of_class(shown, "staff-notes")[0])
    assert words(of_class(shown, "checks-panel")[0]).endswith("stops this page")
    page = words(main_of(nurse, f"/staff/pages/{topic_contents()[0].pk}/checks/"))
    assert "still begin with “Write here:”" in page
    assert "Nothing. The checks find nothing" not in page


def test_a_page_whose_prompts_are_all_replaced_is_signed_and_published() -> None:
    writer("Nurse").post(ADDRESS, form_data(kind="CARE"))
    draft = topic_contents()[0]
    for shown in shown_blocks(draft):
        _write(shown.block)
    assert unanswered_prompts(draft) == []
    signing.sign(draft, user=doctor(), due_on=DAY.replace(year=2027), now=NOON, on=DAY)
    go_live.publish(draft, user=doctor(), now=NOON)
    assert Client().get("/microneedling-for-stretch-marks/your-first-visit/").status_code == 200


def _write(block: Any) -> None:
    """Put words in place of every prompt, as staff would."""
    for field in block.text_fields():
        setattr(block, field.name, getattr(block, field.name).replace(PROMPT, "Wear cotton:"))
    for rows in block.rows_fields():
        written = [
            {key: text.replace(PROMPT, "Wear cotton:") for key, text in row.items()}
            for row in getattr(block, rows.name)
        ]
        setattr(block, rows.name, written)
    block.save()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Write here: the day", True),
        ("write  here: the day", True),
        ("Before. Write\u00a0here: x", True),
        ("Write here what you ate", False),
        ("", False),
    ],
)
def test_a_prompt_is_known_by_one_rule(text: str, *, is_one: bool) -> None:
    assert is_prompt(text) is is_one


def test_a_prompt_is_found_in_the_title_and_in_text_that_was_made_bold() -> None:
    draft = page_of_kind("topic", title="Write here: a title")
    from tests.factories import CalloutFactory, ProseFactory

    CalloutFactory(placeholder=slot_of(draft, "topic_body"), text="Write here: more")
    ProseFactory(placeholder=slot_of(draft, "topic_body"), body="<p>Write <strong>here:</strong> more</p>")
    ProseFactory(placeholder=slot_of(draft, "topic_body"), body="<p>Whole words.</p>")
    assert [sentence.split("”")[0] for sentence in unanswered_prompts(draft)] == [
        "“Title and first sentence",
        "“This topic",
        "“This topic",
    ]
    assert Callout.objects.filter(text="Write here: more").exists()
    assert draft.language == LANGUAGE
