"""What all blocks share: slots, the net under a failing block, queries, headings."""

import logging
from typing import Any

import pytest
from cms.models import CMSPlugin
from cms.plugin_pool import plugin_pool
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from content.blocks.base import Block
from content.blocks.callout import CalloutPlugin
from content.blocks.prose import ProsePlugin
from content.models import BodyAreas, Callout, DoAndDont, Prose, TopicLink, Treatment
from content.topics import SLOT_NAMES
from tests import factories
from tests.factories import FACTORIES, LANGUAGE, CalloutFactory, ProseFactory, page_of_kind, slot_of
from tests.rendering import add_form, address, filled_in, main_of, publish, seen, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
PLAIN_KINDS = [model for model in FACTORIES if model is not TopicLink]


@pytest.mark.parametrize("model", PLAIN_KINDS, ids=lambda model: model.__name__)
def test_a_block_is_refused_in_every_slot_that_is_not_its_own(staff: Client, model: type[Block]) -> None:
    allowed = set(plugin_pool.get_plugin(f"{model.__name__}Plugin").allowed_slots)
    for kind in ("home", "treatment", "topic", "clinic"):
        draft = page_of_kind(kind)
        for slot in SLOT_NAMES:
            if slot.startswith(kind) and slot not in allowed:
                response = add_form(staff, slot_of(draft, slot), model, {})
                assert response.status_code == 400, slot
        assert not CMSPlugin.objects.filter(placeholder__in=draft.placeholders.all()).exists()


def test_a_block_cannot_be_moved_into_a_slot_that_is_not_its_own(staff: Client) -> None:
    draft = page_of_kind("topic")
    block = CalloutFactory(placeholder=slot_of(draft, "topic_body"))
    target = slot_of(draft, "topic_sources")
    data = {"plugin_id": block.pk, "placeholder_id": target.pk, "target_language": LANGUAGE, "target_position": 1}
    response = staff.post(reverse("admin:cms_placeholder_move_plugin") + "?cms_path=/", data)
    assert response.status_code == 400
    block.refresh_from_db()
    assert block.placeholder == slot_of(draft, "topic_body")


def test_the_form_says_what_patients_want_and_lists_the_facts(staff: Client) -> None:
    draft = page_of_kind("topic")
    query = {
        "cms_path": "/",
        "placeholder_id": slot_of(draft, "topic_body").pk,
        "plugin_type": "DoAndDontPlugin",
        "plugin_language": LANGUAGE,
        "plugin_position": 1,
    }
    text = staff.get(reverse("admin:cms_placeholder_add_plugin", query=query)).content.decode()
    assert "Patients want to be told plainly, with a time for each." in text
    assert "<code>[[weeks-between-sessions]]</code> = 4 to 6 weeks" in text
    assert "css/staff.css" in text


@pytest.fixture
def five_blocks() -> Any:
    """A draft of five blocks, the second of which can be made to fail."""
    draft = page_of_kind("topic", title="Five blocks")
    body = slot_of(draft, "topic_body")
    for name in ("one", "two", "three"):
        ProseFactory(placeholder=body, heading=f"Heading {name}", body=f"<p>Words {name}</p>")
    CalloutFactory(placeholder=body, heading="", title="Title four", text="Words four")
    ProseFactory(placeholder=body, heading="Heading five", body="<p>Words five</p>")
    publish(draft)
    return draft


def fails_on(words: str, statement: str = "") -> Any:
    """A method that fails for the block with these words: with an error of its own, or one of the database."""

    def details(self: Any, request: Any, instance: Prose, block: Any) -> dict[str, Any]:
        if words in instance.heading:
            if statement:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
            raise RuntimeError("broken on purpose")
        return {}

    return details


@pytest.mark.parametrize("statement", ["", "SELECT * FROM no_such_table"], ids=["error", "sql-error"])
def test_a_failing_block_hides_only_itself_and_is_never_kept(
    five_blocks: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, statement: str
) -> None:
    monkeypatch.setattr(ProsePlugin, "extra_context", fails_on("two", statement))
    with caplog.at_level(logging.ERROR):
        response = Client().get(address(five_blocks))
    text = response.content.decode()
    assert response.status_code == 200
    for name in ("one", "three", "four", "five"):
        assert f"Words {name}" in text
    assert "two" not in text
    assert "could not be shown" not in text
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("ETag")
    broken = Prose.objects.get(heading="Heading two", placeholder__object_id=five_blocks.pk)
    assert f"Block failed: ProsePlugin {broken.pk} on page {five_blocks.page.pk}" in caplog.text


def test_staff_are_told_which_block_failed(five_blocks: Any, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProsePlugin, "extra_context", fails_on("two"))
    text = staff.get(address(five_blocks)).content.decode()
    broken = Prose.objects.get(heading="Heading two", placeholder__object_id=five_blocks.pk)
    assert f"This block could not be shown: Text, number {broken.pk}." in text


def test_a_signed_in_person_who_is_not_staff_is_told_nothing(five_blocks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CalloutPlugin, "extra_context", lambda *args: 1 / 0)
    client = Client()
    client.force_login(User.objects.create_user("someone"))
    assert "could not be shown" not in client.get(address(five_blocks)).content.decode()


def queries_of(url: str) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("unlisted_questions")
@pytest.mark.parametrize("model", PLAIN_KINDS, ids=lambda model: model.__name__)
def test_thirty_blocks_of_a_kind_cost_no_more_queries_than_three(model: type[Block]) -> None:
    counts = []
    for number in (3, 30):
        slot = plugin_pool.get_plugin(f"{model.__name__}Plugin").allowed_slots[-1]
        draft = page_of_kind(slot.split("_")[0], title=f"{model.__name__} {number}")
        for _ in range(number):
            block = FACTORIES[model](placeholder=slot_of(draft, slot))
            if model.__name__ == "TopicLinks":
                factories.TopicLinkFactory(target=block)
                factories.TopicLinkFactory(target=block)
        publish(draft)
        counts.append(queries_of(address(draft)))
    assert counts[0] == counts[1]


def test_the_treatment_page_takes_at_most_28_queries() -> None:
    assert queries_of("/microneedling-for-stretch-marks/") <= 28


def test_headings_that_say_the_same_get_anchors_of_their_own() -> None:
    draft = page_of_kind("topic")
    for _ in range(2):
        block = ProseFactory(placeholder=slot_of(draft, "topic_body"), heading="Main")
    tree = seen(block)
    links = [link.get("href") for link in tree.get_element_by_id("on-this-page").getparent().iter("a")]
    assert links == ["#main-2", "#main-3"]
    assert all(tree.get_element_by_id(link[1:]) is not None for link in links)


def test_items_are_headings_one_level_below_what_stands_above_them() -> None:
    draft = page_of_kind("topic")
    body = slot_of(draft, "topic_body")
    factories.SessionStepsFactory(placeholder=body, heading="")
    tree = seen(factories.DoAndDontFactory(placeholder=body, heading="Care"))
    found = [(element.tag, text_of(element)) for element in main_of(tree).iter("h1", "h2", "h3")]
    assert found == [
        ("h1", "A topic page"),
        ("h2", "Cream"),
        ("h2", "Device"),
        ("h2", "Care"),
        ("h3", "Do"),
        ("h3", "Do not"),
        ("h2", "Who has reviewed this page"),
        ("h2", "Was this page clear?"),
    ]


def test_a_page_with_one_block_has_no_list_of_headings() -> None:
    tree = seen(ProseFactory(placeholder=slot_of(page_of_kind("clinic"), "clinic_body")))
    assert tree.find_class("toc") == []


def test_an_empty_slot_tells_editors_and_nobody_else(staff: Client) -> None:
    draft = page_of_kind("topic", title="Empty")
    from tests.clinic_site.http.test_headers import content_type

    edit = staff.get(f"/admin/cms/placeholder/object/{content_type()}/edit/{draft.pk}/").content.decode()
    assert "When to get help:</strong> nothing here yet" in edit
    publish(draft)
    assert "nothing here yet" not in Client().get(address(draft)).content.decode()


@pytest.mark.parametrize(
    ("places", "result"),
    [
        ({}, "abcde"),
        ({3: "2"}, "adbce"),
        ({0: "3"}, "bcade"),
        ({4: "1"}, "eabcd"),
        ({0: "5"}, "bcdea"),
        ({0: "5", 4: "1"}, "ebcda"),
        ({1: "99"}, "acdeb"),
        ({2: "0"}, "cabde"),
    ],
)
def test_a_row_goes_to_just_the_place_that_was_typed(staff: Client, places: dict[int, str], result: str) -> None:
    placeholder = slot_of(page_of_kind("topic"), "topic_body")
    data = filled_in({"do_rows": [{"text": letter} for letter in "abcde"], "dont_rows": [{"text": "pick it"}]})
    data |= {f"do_rows-{number}-order": place for number, place in places.items()} | {"do_rows-7-text": " "}
    assert add_form(staff, placeholder, DoAndDont, data).status_code == 200
    assert "".join(row["text"] for row in DoAndDont.objects.get(placeholder=placeholder).do_rows) == result


@pytest.mark.parametrize("order", ["", "last", "NaN", "9" * 400, "-1", "1.5", "²"])
def test_a_place_that_is_no_number_loses_nothing(staff: Client, order: str) -> None:
    placeholder = slot_of(page_of_kind("topic"), "topic_body")
    data = filled_in({"do_rows": [{"text": "one"}, {"text": "two"}], "dont_rows": [{"text": "pick it"}]})
    data["do_rows-0-order"] = order
    assert add_form(staff, placeholder, DoAndDont, data).status_code == 200
    rows = DoAndDont.objects.get(placeholder=placeholder).do_rows
    assert sorted(row["text"] for row in rows) == ["one", "two"]


def test_text_with_a_character_that_cannot_be_stored_gets_a_sentence(staff: Client) -> None:
    placeholder = slot_of(page_of_kind("topic"), "topic_body")
    values = {"heading": "A\x00b", "title": "T", "text": "\x00"}
    response = add_form(staff, placeholder, Callout, values)
    assert b"Null characters are not allowed." in response.content
    rows = filled_in({"do_rows": [{"text": "a\x00b"}], "dont_rows": [{"text": "pick it"}]})
    response = add_form(staff, placeholder, DoAndDont, rows)
    assert "“Do” holds a character that can&#x27;t be shown." in response.content.decode()
    assert not CMSPlugin.objects.filter(placeholder=placeholder).exists()


@pytest.mark.parametrize("rows", [0, False, [1], {"a": 1}])
def test_rows_that_are_none_hide_only_their_block_and_its_form_still_opens(staff: Client, rows: Any) -> None:
    draft = page_of_kind("topic", title="Bad rows")
    broken = factories.BodyAreasFactory(placeholder=slot_of(draft, "topic_body"), heading="Broken one")
    CalloutFactory(placeholder=slot_of(draft, "topic_body"), heading="", title="Whole one")
    BodyAreas.objects.filter(pk=broken.pk).update(areas=rows)
    form = staff.get(reverse("admin:cms_placeholder_edit_plugin", args=[broken.pk]) + "?cms_path=/")
    assert form.status_code == 200
    publish(draft)
    text = Client().get(address(draft)).content.decode()
    assert "Whole one" in text
    assert "Broken one" not in text


def test_a_form_shows_the_facts_of_its_own_pages_treatment(staff: Client) -> None:
    draft = page_of_kind("treatment", title="Another")
    first = Treatment.objects.get()
    values = {field.attname: getattr(first, field.attname) for field in Treatment._meta.fields if not field.primary_key}
    changed = {"name": "Another", "page_id": draft.page.pk, "weeks_between_min": 9, "weeks_between_max": 9}
    Treatment.objects.create(**{**values, **changed})
    block = ProseFactory(placeholder=slot_of(draft, "treatment_what"))
    form = staff.get(reverse("admin:cms_placeholder_edit_plugin", args=[block.pk]) + "?cms_path=/").content.decode()
    assert "<code>[[weeks-between-sessions]]</code> = 9 weeks" in form


@pytest.mark.parametrize("heading", ["When to get help", "On this page", "Menu", "Main"])
def test_no_heading_takes_an_id_that_the_page_has(heading: str) -> None:
    draft = page_of_kind("topic")
    for text in (heading, "Spacing", f"{heading} heading", "Spacing heading", heading):
        block = ProseFactory(placeholder=slot_of(draft, "topic_body"), heading=text)
    ids = [element.get("id") for element in seen(block).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
