"""What is found follows what is public, in the same moment; every hidden record stands beside one that may be shown."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from django.db import transaction
from django.test import Client

from content.gallery.approval import end_approval
from content.gallery.withdrawal import delete_case, withdraw
from content.models import (
    Case,
    Clinic,
    Clinician,
    Consent,
    IndexStamp,
    Passage,
    Photo,
    PracticePage,
    Schedule,
    Term,
    Treatment,
)
from content.publishing import offline, schedule
from content.search import index
from content.search.extraction import SearchText
from tests.factories import DAY, LANGUAGE, NOON, CaseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.publishing.pages import live, next_draft, renamed
from tests.rendering import publish
from tests.search.hits import addresses, found, is_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.database]
WORD = "quokka"


def saying(words: str, **texts: Any) -> PageContent:
    """The draft of a page with a block that says this."""
    draft = page_of_kind("clinic", **texts)
    add_plugin(slot_of(draft, "clinic_body"), "ProsePlugin", LANGUAGE, heading="Animals", body=f"<p>{words}</p>")
    return draft


@pytest.fixture
def twin() -> str:
    """A page that says the word and is always found."""
    publish(saying(f"Always a {WORD}.", title="The twin"))
    return "/the-twin/#animals"


def test_page_is_found_from_when_it_is_live_until_it_is_not(twin: str) -> None:
    draft = saying(f"A {WORD}.", title="Zoo")
    assert addresses(WORD) == [twin]
    publish(draft)
    assert set(addresses(WORD)) == {twin, "/zoo/#animals"}
    draft.versions.get().unpublish(author())
    assert addresses(WORD) == [twin]


def test_page_taken_offline_is_found_again_when_it_is_put_back(twin: str) -> None:
    first = saying(f"A {WORD}.", title="Zoo")
    publish(first)
    offline.take_offline(first, user=author(), now=NOON)
    assert addresses(WORD) == [twin]
    back = offline.restore_as_draft(first, user=author(), now=NOON)
    assert addresses(WORD) == [twin]
    publish(back)
    assert set(addresses(WORD)) == {twin, "/zoo/#animals"}


def test_edit_of_a_draft_is_not_found_before_it_is_live(twin: str) -> None:
    first = live(title="Zoo", meta_description="Nothing here.")
    draft = next_draft(first, meta_description=f"One {WORD} here.")
    assert addresses(WORD) == [twin]
    draft.versions.get().publish(author())
    assert set(addresses(WORD)) == {twin, "/zoo/"}


def test_old_words_are_not_found_any_more(twin: str) -> None:
    first = live(title="Zoo", meta_description=f"One {WORD} here.")
    assert set(addresses(WORD)) == {twin, "/zoo/"}
    renamed(first, meta_description="Nothing here.")
    assert addresses(WORD) == [twin]


@pytest.mark.usefixtures("incomplete_pages")
def test_page_with_a_set_time_is_found_from_then_on(twin: str) -> None:
    draft = page_of_kind("topic", title="Zoo", meta_description=f"A {WORD}.")
    signed(draft)
    at = NOON + timedelta(hours=1)
    schedule.schedule_publication(draft, user=doctor(), goes_live_at=at, now=NOON)
    schedule.publish_due(now=at - timedelta(minutes=1))
    assert addresses(WORD) == [twin]
    schedule.publish_due(now=at)
    assert not Schedule.objects.exists()
    assert set(addresses(WORD)) == {twin, "/zoo/"}


def test_page_that_moves_is_found_where_it_is_now(twin: str) -> None:
    first = live(title="Zoo", meta_description=f"One {WORD} here.")
    first.page.update_urls(LANGUAGE, slug="animals", path="animals")
    assert set(addresses(WORD)) == {twin, "/animals/"}


def test_deleted_page_is_not_found(twin: str) -> None:
    draft = saying(f"A {WORD}.", title="Zoo")
    publish(draft)
    assert len(addresses(WORD)) == 2
    draft.page.delete()
    assert addresses(WORD) == [twin]


def test_page_that_only_sends_on_is_not_found(twin: str) -> None:
    first = live(title="Zoo", meta_description=f"One {WORD} here.")
    assert len(addresses(WORD)) == 2
    renamed(first, redirect="/contact/")
    assert addresses(WORD) == [twin]


def test_practice_page_is_never_found(twin: str) -> None:
    draft = saying(f"A {WORD}.", title="Zoo")
    PracticePage.objects.create(page=draft.page, made_by=author(), made_at=NOON)
    index.index_page(draft.page_id)
    index.rebuild()
    assert addresses(WORD) == [twin]


def test_what_lies_below_a_page_is_found_just_as_long_as_it_can_be_read(twin: str) -> None:
    above = live(title="Above")
    publish(saying(f"A {WORD}.", title="Below", parent=above.page))
    assert len(addresses(WORD)) == 2
    above.versions.get().unpublish(author())
    is_readable = Client().get("/above/below/").status_code == 200
    assert (len(addresses(WORD)) == 2) is is_readable


def test_changed_fact_is_found_by_its_new_words_at_once() -> None:
    treatment = Treatment.objects.get()
    asked = "weeks between sessions"
    assert not any("9 to 11 weeks" in one.text for one in found(asked))
    treatment.weeks_between_min, treatment.weeks_between_max = 9, 11
    treatment.save()
    assert any("9 to 11 weeks" in one.text for one in found(asked))
    assert not any("4 to 6 weeks" in one.text for one in found(asked))


def test_the_clinics_new_hours_are_found_at_once() -> None:
    clinic = Clinic.objects.get()
    clinic.hours = f"Tuesdays, for every {WORD}"
    clinic.save()
    assert any("Tuesdays" in one.text for one in found(WORD))


def test_a_clinicians_new_name_is_found_at_once() -> None:
    clinician = Clinician.objects.filter(user=None).first() or Clinician.objects.first()
    assert clinician
    clinician.shown_name = f"Dr {WORD}"
    clinician.save()
    assert any(f"Dr {WORD}" in one.text for one in found(WORD))


def test_what_the_database_takes_back_was_never_found(twin: str) -> None:
    draft = saying(f"A {WORD}.", title="Zoo")
    with transaction.atomic():
        publish(draft)
        assert len(addresses(WORD)) == 2
        transaction.set_rollback(True)
    assert addresses(WORD) == [twin]


def update(case: Case, **values: Any) -> None:
    """Behind the index's back."""
    Case.objects.filter(pk=case.pk).update(**values)


def update_consent(case: Case, **values: Any) -> None:
    """Behind the index's back."""
    Consent.objects.filter(pk=case.consent_id).update(**values)


HIDING: dict[str, Callable[[Case], object]] = {
    "withdrawn": lambda case: withdraw(case.consent, actor="x", now=NOON),
    "withdrawn behind the index's back": lambda case: update_consent(case, withdrawn_at=NOON),
    "expired": lambda case: update_consent(case, expires_on=DAY - timedelta(days=1)),
    "not for the website": lambda case: update_consent(case, for_website=False, for_search=False),
    "approval ended": lambda case: end_approval(case, actor="x", now=NOON, because="x"),
    "approval gone behind the index's back": lambda case: update(case, approved_at=None),
    "deleted": lambda case: delete_case(case, actor="x", now=NOON),
}


@pytest.mark.parametrize("name", HIDING)
def test_case_is_found_only_while_it_may_be_shown(name: str) -> None:
    shown, hidden = CaseFactory(), CaseFactory()
    index.index_cases([shown.code, hidden.code])
    assert is_found(shown)
    assert is_found(hidden)
    HIDING[name](hidden)
    assert is_found(shown)
    assert not is_found(hidden)
    assert not is_found(hidden, "picture")


def test_case_that_waits_for_the_doctor_is_found_once_it_is_approved() -> None:
    shown, waiting = CaseFactory(), CaseFactory(approved_at=None)
    index.index_cases([shown.code, waiting.code])
    assert is_found(shown)
    assert not is_found(waiting)
    assert not Passage.objects.filter(case_code=waiting.code).exists()
    waiting.approved_at = NOON
    waiting.save()
    assert is_found(waiting)


def test_covered_case_is_found_like_another() -> None:
    covered = CaseFactory(is_covered=True)
    index.index_cases([covered.code])
    assert is_found(covered)


def test_consent_ends_at_midnight_of_the_clinic_without_anything_being_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ends, goes_on = CaseFactory(consent__expires_on=DAY), CaseFactory()
    index.index_cases([ends.code, goes_on.code])
    assert is_found(ends)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DAY + timedelta(days=1))
    assert not is_found(ends)
    assert is_found(goes_on)


def test_the_words_of_a_withdrawn_case_leave_the_index() -> None:
    case = CaseFactory()
    index.index_cases([case.code])
    assert Term.objects.filter(passage__case_code=case.code).exists()
    withdraw(case.consent, actor="x", now=NOON)
    assert not Passage.objects.filter(case_code=case.code).exists()
    assert not Term.objects.filter(passage__case_code=case.code).exists()


def test_new_words_of_a_picture_are_found_at_once() -> None:
    case = CaseFactory()
    photo = Photo.objects.get(pk=case.pairs.get().before_id)
    photo.alt = f"A {WORD}."
    photo.save()
    Case.objects.filter(pk=case.pk).update(approved_at=NOON)
    index.index_cases([case.code])
    assert is_found(case, WORD)


def test_index_of_another_day_shows_nothing_that_is_not_live(twin: str) -> None:
    """Rows of a version that is no longer live, of a page that is offline, and of a case that is withdrawn."""
    first, gone = live(title="Zoo", meta_description=f"One {WORD} here."), live(title="Gone", meta_description=WORD)
    case = CaseFactory()
    Photo.objects.filter(pk=case.pairs.get().before_id).update(alt=WORD)
    index.index_cases([case.code])
    assert len(addresses(WORD)) == 4
    old = list(Passage.objects.exclude(text="", heading="").prefetch_related("terms"))
    renamed(first, meta_description="Nothing here.")
    gone.versions.get().unpublish(author())
    withdraw(case.consent, actor="x", now=NOON)
    terms = [term for passage in old for term in passage.terms.all()]
    Passage.objects.all().delete()
    Passage.objects.bulk_create(old)
    Term.objects.bulk_create(terms)
    IndexStamp.objects.update(word="restored")
    assert addresses(WORD) == [twin]


def test_index_that_is_missing_or_of_another_release_is_made_anew(twin: str) -> None:
    index.rebuild_if_outdated()
    for spoil in (
        lambda: IndexStamp.objects.all().delete(),
        lambda: IndexStamp.objects.update(shape=index.FORMAT_VERSION + 1),
    ):
        Passage.objects.all().delete()
        spoil()
        assert addresses(WORD) == []
        assert index.rebuild_if_outdated() != []
        assert addresses(WORD) == [twin]
    assert index.rebuild_if_outdated() == []


def test_reading_everything_again_leaves_one_passage_of_each(twin: str) -> None:
    index.rebuild()
    before = Passage.objects.count(), Term.objects.count()
    index.rebuild()
    index.index_all_pages()
    assert (Passage.objects.count(), Term.objects.count()) == before


def test_unchanged_page_gets_no_new_snapshot(twin: str) -> None:
    index.rebuild_if_outdated()
    draft = saying("We see you for [[usual-sessions]].", title="Zoo")
    publish(draft)
    case = CaseFactory()
    index.index_all_pages()  # the case brought the clinician who vouches for it
    index.index_cases([case.code])
    before = set(Passage.objects.values_list("pk", flat=True))
    word = index.current_stamp()
    index.index_all_pages()
    index.index_cases([case.code])
    assert (set(Passage.objects.values_list("pk", flat=True)), index.current_stamp()) == (before, word)
    facts = Treatment.objects.get()
    facts.usual_sessions_max += 1
    facts.save()
    fresh = Passage.objects.exclude(pk__in=before)
    assert draft.page_id in fresh.values_list("page_id", flat=True)
    assert Passage.objects.filter(pk__in=before, case_code=case.code).exists()
    assert index.current_stamp() != word


@pytest.mark.parametrize("part", [field.name for field in fields(SearchText)])
def test_whatever_weighs_is_in_the_digest(part: str) -> None:
    read = SearchText("Heading", "Text", "anchor", "Title", "Page")
    row, same, other = (index._passage(one, page_id=1)[0] for one in (read, read, replace(read, **{part: "Other"})))
    assert row.digest == same.digest != other.digest


def test_spelling_correction_never_suggests_a_word_of_a_case(twin: str) -> None:
    hidden = CaseFactory(consent__expires_on=DAY - timedelta(days=1), consent__given_on=DAY - timedelta(days=400))
    Photo.objects.filter(pk__in=[photo.pk for pair in hidden.pairs.all() for photo in pair.photos]).update(
        alt="Abdomen with a wombatink tattoo."
    )
    index.index_cases([hidden.code])
    assert Term.objects.filter(spelled="wombatink").exists()
    reply = Client().get("/search/", {"q": "wombatinc"})
    assert "wombatink" not in reply.content.decode()
    assert "quokka" in Client().get("/search/", {"q": "quokkka"}).content.decode()


def test_covered_pictures_are_not_indexed(twin: str) -> None:
    for is_covered in (True, False):
        case = CaseFactory(is_covered=is_covered)
        Photo.objects.filter(pk__in=[photo.pk for pair in case.pairs.all() for photo in pair.photos]).update(
            alt="Lines beside the quagga."
        )
        index.index_cases([case.code])
        assert is_found(case, "quagga") is not is_covered
        assert is_found(case)


def test_outcomes_of_the_checker_are_not_indexed() -> None:
    assert not [one for one in found("book a consultation") if "Book" in one.text and "is-it-right" in one.url]


def test_a_page_below_one_that_is_offline_leaves_no_word_behind(twin: str) -> None:
    above = saying("Above.", title="Above")
    publish(above)
    below = page_of_kind("clinic", title="Below", parent=above.page)
    add_plugin(slot_of(below, "clinic_body"), "ProsePlugin", LANGUAGE, heading="X", body="<p>The numbat.</p>")
    publish(below)
    assert addresses("numbat")
    above.versions.get().unpublish(author())
    assert not Term.objects.filter(spelled="numbat").exists()
    assert "numbat" not in Client().get("/search/", {"q": "numbaat"}).content.decode()
