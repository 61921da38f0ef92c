"""Several drafts are asked for, and several reopened pages opened to be signed, with one press on the start page."""

from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from lxml import html

from content.comments import writing
from content.models import Request, SignOff
from content.reviews import draft_locks
from tests.factories import NOON, author, page_of_kind
from tests.rendering import unescaped
from tests.reviews.test_rereview import change, quoting
from tests.staff.members import member
from tests.staff.rights import person, writer
from tests.staff.signoff.test_batch_sign_views import PASSWORD, browser, form_data

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database_full]


def draft_held_by(role: str, title: str, kind: str = "topic") -> PageContent:
    draft = page_of_kind(kind, title=title, slug=title.lower())
    draft_locks.release(draft, now=NOON)
    draft_locks.acquire_if_free(draft, user=person(role), now=NOON)
    return draft


def form_on(client: Client, key: str) -> Any:
    page = html.fromstring(client.get("/staff/").content.decode())
    found = page.xpath(f".//form[@id='together-{key}']")
    boxes = page.xpath(f".//input[@type='checkbox'][@form='together-{key}']/@value")
    return (found[0] if found else None), boxes


def test_ticked_drafts_are_asked_for_with_one_press() -> None:
    reception = writer("Reception")
    one, two, three = (draft_held_by("Reception", title) for title in ("One", "Two", "Three"))
    form, boxes = form_on(reception, "drafts")
    assert boxes == [str(draft.pk) for draft in (one, two, three)]
    reply = reception.post(form.get("action"), {"page": [one.pk, two.pk]}, follow=True)
    assert "Asked for “One”, “Two”." in unescaped(reply)
    assert {request.content.pk: request.asked_by for request in Request.objects.all()} == {
        one.pk: "a-reception",
        two.pk: "a-reception",
    }
    assert one.versions.get().locked_by is None
    assert three.versions.get().locked_by == person("Reception")


def test_each_that_cannot_be_asked_for_says_why_and_the_others_are() -> None:
    reception, nurse = writer("Reception"), writer("Nurse")
    assert nurse
    mine, theirs, waiting = (
        draft_held_by("Reception", "Mine"),
        draft_held_by("Nurse", "Theirs"),
        page_of_kind("topic", title="Waiting"),
    )
    Request.objects.create(content=waiting, asked_by="a-nurse", asked_at=NOON)
    gone = page_of_kind("topic", title="Gone")
    key = gone.pk
    gone.versions.get().delete()
    reply = unescaped(
        reception.post("/staff/ask-together/", {"page": [mine.pk, theirs.pk, waiting.pk, key, "x"]}, follow=True)
    )
    for sentence in (
        "Asked for “Mine”.",
        "“Theirs” was not asked for: a-nurse is changing",
        "“Waiting” was not asked for: it waits already.",
        "no longer there",
    ):
        assert sentence in reply
    assert {one.content.title: one.asked_by for one in Request.objects.all()} == {
        "Mine": "a-reception",
        "Waiting": "a-nurse",
    }
    assert "Tick the pages" in unescaped(reception.post("/staff/ask-together/", follow=True))


def test_nobody_but_writers_asks_and_only_by_a_press() -> None:
    writer("Reception")
    draft = draft_held_by("Reception", "Mine")
    assert member("").post("/staff/ask-together/", {"page": draft.pk}).status_code == 403
    assert Client().post("/staff/ask-together/", {"page": draft.pk}).status_code == 302
    assert writer("Reception").get("/staff/ask-together/").status_code == 405
    assert not Request.objects.exists()


def test_one_draft_alone_and_drafts_that_one_publishes_oneself_have_no_box() -> None:
    nurse = writer("Nurse")
    draft_held_by("Nurse", "Medical")
    draft_held_by("Nurse", "Hours", "clinic")
    assert form_on(nurse, "drafts") == (None, [])
    draft_held_by("Nurse", "Medical too")
    assert len(form_on(nurse, "drafts")[1]) == 2


def test_reopened_pages_ticked_on_the_start_page_are_ticked_where_they_are_signed(browser: Client) -> None:
    one, two = quoting("The first"), quoting("The second")
    change(weeks_between_max=8)
    form, boxes = form_on(browser, "reopened")
    assert set(boxes) == {str(one.pk), str(two.pk)}
    page = html.fromstring(browser.get(form.get("action"), {"page": one.pk}).content.decode())
    assert page.xpath(".//input[@type='checkbox'][@checked]/@value") == [str(one.pk)]
    assert SignOff.objects.count() == 2


def test_a_page_with_an_open_comment_is_not_signed_with_others(browser: Client) -> None:
    one, two = quoting("The first"), quoting("The second")
    change(weeks_between_max=8)
    form = form_data(browser, "The first", "The second")
    comment = writing.leave(one, 0, "Is that so?", user=author(), now=NOON)
    assert form_data(browser, "The first", "The second")["page"] == [str(two.pk)]
    assert "1 comment on it is open" in unescaped(browser.get("/staff/reopened/"))
    assert "The first: a comment is open." in unescaped(browser.post("/staff/reopened/", form))
    assert SignOff.objects.count() == 2
    writing.settle(comment, user=author(), now=NOON)
    browser.post("/staff/reopened/", {**form, "password": PASSWORD})
    assert SignOff.objects.count() == 4
