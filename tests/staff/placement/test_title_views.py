"""The plain form of a page's title, first sentence, menu word and address."""

from typing import Any

import pytest
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url
from django.test import Client
from lxml import html

from content.ledger.models import Entry, Event
from content.reviews import draft_locks
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, ProseFactory, author, page_of_kind, slot_of
from tests.rendering import complaints, opened, publish, text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db


def place(draft: PageContent) -> str:
    return f"/staff/pages/{draft.pk}/title/"


def live_and_draft(slug: str = "our-team") -> tuple[PageContent, PageContent]:
    """A live page of the clinic's own, and a draft of it that nobody holds."""
    live = page_of_kind("clinic", title="Our team", slug=slug)
    ProseFactory(placeholder=slot_of(live, "clinic_body"), heading="Who we are")
    publish(live)
    draft = live.versions.get().copy(author()).content
    draft_locks.release(draft, now=NOON)
    return live, draft


def save(browser: Client, draft: PageContent, **values: Any) -> Any:
    """Save the form as it is opened now, with these values typed into it."""
    form = html.fromstring(browser.get(place(draft)).content.decode()).xpath("//main//form")[0]
    return browser.post(place(draft), {**dict(form.form_values()), **values})


@pytest.mark.parametrize("role", ROLES)
def test_every_role_changes_title_sentence_menu_and_address_and_the_old_address_leads_to_the_new(role: str) -> None:
    _, draft = live_and_draft()
    reply = save(
        member(role), draft,
        title="Who works here", meta_description="Our people.", menu_title="People", slug="people", in_navigation="on",
    )  # fmt: skip
    assert reply["Location"] == get_object_edit_url(draft)
    draft.refresh_from_db()
    assert (draft.title, draft.meta_description, draft.menu_title, draft.slug, draft.in_navigation) == (
        "Who works here", "Our people.", "People", "people", True
    )  # fmt: skip
    assert Client().get("/our-team/").status_code == 200
    publish(draft)
    assert Client().get("/people/").status_code == 200
    assert Client().get("/our-team/")["Location"] == "/people/"


def test_a_refused_form_locks_nobody_out_and_a_saved_one_does() -> None:
    _, draft = live_and_draft()
    assert save(member("Nurse"), draft, title="").status_code == 200
    assert draft.versions.get().locked_by is None
    save(member("Nurse"), draft, title="Who works here")
    assert draft.versions.get().locked_by.get_username() == "a-nurse"


def test_the_form_says_what_becomes_of_the_old_address_and_the_home_page_has_none() -> None:
    _, draft = live_and_draft()
    text = text_of(html.fromstring(member("Nurse").get(place(draft)).content.decode()))
    assert "/our-team/ goes on working: it leads readers to the new address." in text
    new = page_of_kind("clinic", slug="new-one")
    draft_locks.release(new, now=NOON)
    assert "goes on working" not in member("Nurse").get(place(new)).content.decode()
    home = PageContent.objects.get(page__is_home=True).versions.get().copy(author()).content
    draft_locks.release(home, now=NOON)
    assert 'name="slug"' not in member("Nurse").get(place(home)).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "Write the title."),
        ({"slug": ""}, "Write the address, such as your-session."),
        ({"slug": "about"}, "has this address already"),
        ({"slug": "Our Team!"}, "small letters, digits and hyphens"),
        ({"slug": "a/b"}, "one part of the address only"),
        ({"slug": "staff"}, "is used by the site itself"),
        ({"title": "Wait [[weeks]]"}, "The facts are"),
        ({"redirect": "https://elsewhere.example/"}, "Write an address of this site"),
    ],
)
def test_bad_input_gets_one_sentence_and_nothing_typed_is_lost(values: dict[str, str], said: str) -> None:
    _, draft = live_and_draft()
    reply = save(member("Nurse"), draft, **{"meta_description": "Typed words", **values})
    assert any(said in sentence for sentence in complaints(reply)), complaints(reply)
    assert "Typed words" in reply.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.slug) == ("Our team", "our-team")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten() -> None:
    _, draft = live_and_draft()
    nurse = member("Nurse")
    seen = opened(nurse, place(draft))
    save(nurse, draft, title="First")
    reply = nurse.post(place(draft), {"title": "Second", "slug": "our-team", "meta_description": "x", **seen})
    assert "Not saved yet" in reply.content.decode()
    draft.refresh_from_db()
    assert draft.title == "First"


def test_a_colleagues_draft_a_live_page_strangers_and_clerks_change_nothing() -> None:
    live, draft = live_and_draft()
    held = page_of_kind("clinic", title="Held", slug="held")
    draft_locks.acquire_if_free(held, user=author(), now=NOON)
    data = {"title": "Changed", "slug": "changed", "meta_description": "x"}
    nurse = member("Nurse")
    reply = nurse.post(place(held), data)
    assert reply.status_code == 409
    assert "is changing this page since" in reply.content.decode()
    assert nurse.post(place(live), data).status_code == 409
    assert member("").post(place(draft), data).status_code == 403
    assert Client().post(place(draft), data).status_code == 302
    for content in (live, draft, held):
        before = content.title
        content.refresh_from_db()
        assert content.title == before


def test_a_new_address_and_menu_word_are_named_in_what_changed_and_in_the_ledger() -> None:
    _, draft = live_and_draft()
    nurse = member("Nurse")
    save(nurse, draft, slug="people", menu_title="People", in_navigation="on")
    page = text_of(html.fromstring(nurse.get(f"/staff/pages/{draft.pk}/changes/").content.decode()))
    assert "Where the page is found" in page
    assert "taken out: our-team new: people" in page
    assert "In the menu taken out: no new: yes" in page
    [entry] = Entry.objects.filter(event=Event.PAGE_PLACEMENT_CHANGED)
    assert entry.actor == "a-nurse"
    assert entry.detail == {
        "Address": "our-team → people",
        "In the menu": "no → yes",
        "Word in the menu": "Our team → People",
    }
    save(nurse, draft, meta_description="Only the sentence.")
    assert Entry.objects.filter(event=Event.PAGE_PLACEMENT_CHANGED).count() == 1


def test_a_page_whose_place_is_unchanged_has_no_such_section() -> None:
    _, draft = live_and_draft()
    assert "Where the page is found" not in member("Nurse").get(f"/staff/pages/{draft.pk}/changes/").content.decode()
