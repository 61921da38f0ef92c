"""Whoever asks for a draft learns what became of it, whoever did it and however."""

from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User

from content.comments.returned_pages import send_back
from content.ledger.models import Entry, Event
from content.models import Hold, Outcome, Request, Schedule
from content.outcomes import pages as outcomes
from content.reviews import draft_locks, go_live, signing
from content.reviews.states import State, state_of
from content.staff.help import practice
from tests.factories import NOON, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database]


@pytest.fixture
def draft() -> PageContent:
    """A medical draft for which reception and then a nurse have asked."""
    made = page_of_kind("topic", title="Aftercare")
    ProseFactory(placeholder=slot_of(made, "topic_body"))
    for name in ("reception", "nurse"):
        signing.request_review(made, actor=name, note="The last row", now=NOON)
    return made


def told(draft: PageContent) -> dict[str, tuple[str, str]]:
    return {one.asked_by: (one.became, one.by) for one in Outcome.objects.filter(content_id=draft.pk)}


def test_everybody_who_asked_is_told_that_it_is_signed_and_then_live(draft: PageContent) -> None:
    assert told(draft) == {"reception": ("WAITING", ""), "nurse": ("WAITING", "")}
    signed(draft)
    assert told(draft) == {"reception": ("SIGNED", "dr-test"), "nurse": ("SIGNED", "dr-test")}
    go_live.publish(draft, user=doctor(), now=NOON)
    assert told(draft) == {"reception": ("LIVE", "dr-test"), "nurse": ("LIVE", "dr-test")}


def test_a_page_that_goes_live_by_the_cms_alone_is_told_too(draft: PageContent) -> None:
    publish(draft)
    assert told(draft)["nurse"] == ("LIVE", author().username)


def test_what_is_sent_back_is_a_free_draft_again_with_the_words(draft: PageContent) -> None:
    draft_locks.release(draft, now=NOON)
    draft_locks.acquire_if_free(draft, user=doctor(), now=NOON)
    send_back(draft, "The days are from 2019.", user=doctor(), now=NOON)
    assert state_of(draft) == State.WRITING
    assert not Request.objects.exists()
    assert draft.versions.get().locked_by is None
    assert told(draft) == {"reception": ("SENT_BACK", "dr-test"), "nurse": ("SENT_BACK", "dr-test")}
    assert {one.comment for one in Outcome.objects.all()} == {"The days are from 2019."}
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor, entry.detail["asked_by"]) == (Event.PAGE_SENT_BACK, "dr-test", "nurse")
    assert "2019" not in str(entry.detail)


def test_a_third_person_who_is_changing_it_goes_on_changing_it(draft: PageContent) -> None:
    other = User.objects.create(username="other", is_staff=True)
    draft_locks.release(draft, now=NOON)
    draft_locks.acquire_if_free(draft, user=other, now=NOON)
    send_back(draft, "Not yet.", user=doctor(), now=NOON)
    assert draft.versions.get().locked_by == other
    assert Hold.objects.get(version=draft.versions.get()).holder == other


def test_sending_back_takes_its_set_time_away() -> None:
    page = page_of_kind("clinic")
    signing.request_review(page, actor="reception", note="", now=NOON)
    Schedule.objects.create(content=page, goes_live_at=NOON, set_by="nurse", set_at=NOON)
    send_back(page, "Not yet.", user=author(), now=NOON)
    assert not Schedule.objects.exists()


def test_who_may_not_sign_it_sends_nothing_back(draft: PageContent) -> None:
    nurse = User.objects.create(username="somebody", is_staff=True)
    with pytest.raises(signing.RefusedError, match="You can’t make this page live"):
        send_back(draft, "No.", user=nurse, now=NOON)
    assert Request.objects.exists()


def test_asking_again_begins_anew_and_the_old_words_are_over(draft: PageContent) -> None:
    send_back(draft, "The days.", user=doctor(), now=NOON)
    assert outcomes.last_return(draft.pk).comment == "The days."
    signing.request_review(draft, actor="reception", note="", now=NOON)
    assert outcomes.last_return(draft.pk) is None
    assert told(draft) == {"reception": ("WAITING", ""), "nurse": ("SENT_BACK", "dr-test")}


def test_what_somebody_else_takes_back_is_told_and_ones_own_is_not(draft: PageContent) -> None:
    signing.cancel_request(draft, actor="nurse", now=NOON)
    assert told(draft) == {"reception": ("TAKEN_BACK", "nurse")}


def test_who_changed_it_while_it_waited_is_told_once_and_never_oneself(draft: PageContent) -> None:
    for name in ("dr-test", "dr-test", "nurse"):
        outcomes.note_changes([draft.pk], by=name)
    assert {one.asked_by: one.changed_by for one in Outcome.objects.all()} == {
        "reception": ["dr-test", "nurse"],
        "nurse": ["dr-test"],
    }
    send_back(draft, "Go on.", user=doctor(), now=NOON)
    outcomes.note_changes([draft.pk], by="later")
    assert "later" not in str(list(Outcome.objects.values_list("changed_by")))


def test_a_draft_that_is_gone_was_thrown_away(draft: PageContent) -> None:
    outcomes.close_if_gone(draft.pk, by="dr-test", now=NOON)
    assert told(draft)["nurse"] == ("WAITING", "")
    key = draft.pk
    draft.versions.get().delete()
    outcomes.close_if_gone(key, by="dr-test", now=NOON)
    assert {one.asked_by: one.became for one in Outcome.objects.all()} == dict.fromkeys(
        ("reception", "nurse"), "THROWN_AWAY"
    )
    assert Outcome.objects.first().title == "Aftercare"


def test_a_draft_that_is_put_aside_waits_for_nobody(draft: PageContent) -> None:
    draft.versions.get().archive(author())
    assert not Request.objects.exists()
    assert told(draft)["reception"] == ("PUT_ASIDE", author().username)


def test_a_request_of_an_older_release_is_told_like_any_other() -> None:
    draft = page_of_kind("topic")
    Request.objects.create(content=draft, asked_by="reception", asked_at=NOON)
    send_back(draft, "Not yet.", user=doctor(), now=NOON)
    assert told(draft) == {"reception": ("SENT_BACK", "dr-test")}


def test_practice_leaves_nothing_on_anybodys_start_page() -> None:
    person = User.objects.create(username="new", is_staff=True)
    practice.create_practice_page(person, now=NOON)
    page = practice.practice_version(person)
    assert page is not None
    signing.request_review(page, actor="new", note="", now=NOON)
    signing.cancel_request(page, actor="dr-test", now=NOON)
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (
            lambda draft: send_back(draft, "No.", user=doctor(), now=NOON),
            "dr-test sent it back while you read it: “No.”",
        ),
        (signed, "dr-test signed it while you read it"),
        (lambda draft: signing.cancel_request(draft, actor="nurse", now=NOON), "It was taken back while you read it"),
    ],
)
def test_one_of_two_who_decide_at_once_wins_and_the_other_gets_a_sentence(
    draft: PageContent, happens: Any, sentence: str
) -> None:
    Outcome.objects.filter(asked_by="reception").delete()
    asked = Request.objects.get().pk
    happens(draft)
    signatures = Entry.objects.filter(event=Event.PAGE_SIGNED).count()
    with pytest.raises(signing.RefusedError, match=sentence):
        signed(draft, user=doctor("dr-other"), asked=asked)
    with pytest.raises(signing.RefusedError, match=sentence):
        send_back(draft, "I say no too.", user=doctor("dr-other"), now=NOON, asked=asked)
    assert Entry.objects.filter(event=Event.PAGE_SIGNED).count() == signatures
    assert "I say no too." not in set(Outcome.objects.values_list("comment", flat=True))


def test_what_went_live_while_it_was_read_is_not_sent_back(draft: PageContent) -> None:
    asked = Request.objects.get().pk
    publish(draft)
    with pytest.raises(signing.RefusedError, match="went live meanwhile"):
        send_back(draft, "No.", user=doctor(), now=NOON, asked=asked)


def test_a_page_that_was_sent_back_is_not_published_by_who_still_reads_it() -> None:
    page = page_of_kind("clinic")
    signing.request_review(page, actor="reception", note="", now=NOON)
    asked = Request.objects.get().pk
    send_back(page, "No.", user=author(), now=NOON)
    with pytest.raises(signing.RefusedError, match="sent it back while you read it"):
        go_live.publish(page, user=author(), now=NOON, asked=asked)
    go_live.publish(page, user=author(), now=NOON)
