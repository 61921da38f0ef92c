"""A page duplicated as a draft has its words and blocks, and nothing that was decided about it."""

import pytest
from cms.models import PageContent
from django.test import Client

from content.ledger.models import Entry, Event
from content.models import Address, Callout, CaseGallery, SignOff, TopicLink
from content.reviews import gate, rules, signed_document
from content.staff.editing import duplicate_page
from tests.factories import (
    CalloutFactory,
    CaseGalleryFactory,
    TopicLinkFactory,
    author,
    page_of_kind,
    signed,
    slot_of,
)
from tests.rendering import publish
from tests.staff.rights import writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


@pytest.fixture
def topic() -> PageContent:
    """A live, signed topic page."""
    draft = page_of_kind("topic", title="Aftercare for arms", slug="arms")
    body = slot_of(draft, "topic_body")
    CalloutFactory(placeholder=body, text="Wear wide sleeves.")
    CaseGalleryFactory(placeholder=body)
    TopicLinkFactory(placeholder=body)
    publish(draft)
    return draft


def duplicated(browser: Client, content: PageContent, **values: str) -> PageContent | None:
    """The newest page after the form was sent, None if that is no new one."""
    newest = PageContent.admin_manager.order_by("-pk").first()
    given = {"title": "A copy", "slug": "a-copy"} | values
    browser.post(f"/staff/pages/{content.pk}/duplicate/", given)
    made: PageContent = PageContent.admin_manager.order_by("-pk").first()
    return None if made == newest else made


def test_words_and_blocks_are_the_same_and_it_is_a_draft(topic: PageContent) -> None:
    made = duplicated(writer("Nurse"), topic)
    assert made is not None
    assert (made.versions.get().state, made.title, made.slug) == ("draft", "A copy", "a-copy")
    assert made.page_id != topic.page_id
    documents = [signed_document.build(content)["blocks"] for content in (topic, made)]
    assert documents[0] == documents[1]
    assert len(documents[0]) == 3
    assert Client().get("/a-copy/").status_code == 404


def test_a_change_of_the_copy_leaves_the_original(topic: PageContent) -> None:
    made = duplicated(writer("Nurse"), topic)
    assert made is not None
    Callout.objects.filter(placeholder__in=made.placeholders.all()).update(text="Other words.")
    assert Callout.objects.get(placeholder__in=topic.placeholders.all()).text == "Wear wide sleeves."


def test_cases_and_pages_are_referred_to_and_not_copied(topic: PageContent) -> None:
    made = duplicated(writer("Nurse"), topic)
    assert made is not None
    for model, name in ((CaseGallery, "cases"), (TopicLink, "page_id")):
        first, second = (
            getattr(model.objects.get(placeholder__in=one.placeholders.all()), name) for one in (topic, made)
        )
        assert first == second


def test_no_signature_comes_along_and_the_checks_apply(topic: PageContent) -> None:
    made = duplicated(writer("Nurse"), topic)
    assert made is not None
    assert rules.last_signature(topic) is not None
    assert not SignOff.objects.filter(content_id=made.pk).exists()
    assert gate.problems(made) == [gate.UNSIGNED]
    signed(made)
    made.versions.get().publish(author())


@pytest.mark.parametrize("slug", ["", "two/parts", "Ünfug", "arms"])
def test_an_address_that_will_not_do_is_said_and_makes_nothing(topic: PageContent, slug: str) -> None:
    assert duplicated(writer("Nurse"), topic, slug=slug) is None


def test_an_address_that_a_page_had_is_taken_and_a_free_one_is_offered(topic: PageContent) -> None:
    Address.objects.create(path="once-here", page_id=topic.page_id)
    assert duplicated(writer("Nurse"), topic, slug="once-here") is None
    assert duplicate_page.free_slug(topic) == "arms-copy"
    assert duplicated(writer("Nurse"), topic, slug="arms-copy") is not None
    assert duplicate_page.free_slug(topic) == "arms-copy-2"


def test_who_did_it_is_told(topic: PageContent) -> None:
    made = duplicated(writer("Nurse"), topic)
    assert made is not None
    entry = Entry.objects.get(event=Event.DRAFT_CHANGED)
    assert (entry.actor, entry.subject) == ("a-nurse", f"A copy (page {made.page_id})")
    assert entry.detail["edits"] == [{"did": "copied", "what": "the page “Aftercare for arms”"}]


@pytest.mark.parametrize(("role", "may"), [("Nurse", True), ("Doctor", True), ("Owner", False), ("Reception", False)])
def test_who_may_make_pages_may_duplicate_one(topic: PageContent, role: str, may: bool) -> None:  # noqa: FBT001  a parameter of the table
    assert (writer(role).get(f"/staff/pages/{topic.pk}/duplicate/").status_code == 200) is may
    assert (duplicated(writer(role), topic) is not None) is may


def test_a_stranger_makes_nothing(topic: PageContent) -> None:
    assert duplicated(Client(), topic) is None


@pytest.mark.parametrize("template", ["home", "gallery", "planner", "suitability"])
def test_what_there_is_one_of_is_not_duplicated(template: str) -> None:
    content = PageContent.objects.get(template=f"pages/{template}.html")
    assert duplicated(writer("Doctor"), content) is None
    assert writer("Doctor").get(f"/staff/pages/{content.pk}/duplicate/").status_code == 403


def test_a_treatments_page_is_copied_without_being_named_as_one() -> None:
    content = PageContent.objects.get(template="pages/treatment.html")
    made = duplicated(writer("Doctor"), content)
    assert made is not None
    assert made.template == content.template
    assert not hasattr(made.page, "treatment")
