"""Whoever prepared a case learns what the doctor says; words about a person's photographs go with the person."""

from datetime import timedelta
from typing import Any

import pytest

from content.comments import returned_cases
from content.gallery import approval
from content.gallery.withdrawal import withdraw
from content.ledger.models import Entry, Event
from content.ledger.writer import record
from content.models import Case, Outcome
from content.outcomes import cases as outcomes
from content.reviews.signing import RefusedError
from tests.factories import DAY, NOON, CaseFactory, doctor

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("var")]
WORDS = "The left picture is blurred."


@pytest.fixture
def case() -> Case:
    """A case that is ready, its details by reception, its photographs by a nurse."""
    made = CaseFactory(approved_at=None)
    record(Event.CASE_CHANGED, made.code, actor="reception", now=NOON)
    record(Event.PHOTO_ADDED, "a" * 32, actor="nurse", now=NOON, detail={"case": made.code})
    record(Event.PHOTO_ADDED, "b" * 32, actor="stranger", now=NOON, detail={"case": "another"})
    return Case.objects.get(pk=made.pk)


def send_back(case: Case, **values: Any) -> None:
    given = {"user": doctor(), "now": NOON, "seen": approval.fingerprint(case), **values}
    returned_cases.send_back(case, WORDS, **given)


def approve(case: Case, **values: Any) -> None:
    given = {"user": doctor(), "now": NOON, "on": DAY, "seen": approval.fingerprint(case), "returned": None, **values}
    returned_cases.approve(case, **given)


def test_a_case_goes_back_to_who_last_worked_on_it_and_its_words_are_not_recorded(case: Case) -> None:
    send_back(case)
    [told] = Outcome.objects.all()
    assert (told.asked_by, told.became, told.by, told.comment) == ("nurse", "SENT_BACK", "dr-test", WORDS)
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.subject, entry.actor) == (Event.CASE_SENT_BACK, case.code, "dr-test")
    assert "blurred" not in str(list(Entry.objects.values()))


def test_it_is_sent_back_until_something_of_it_changes(case: Case) -> None:
    send_back(case)
    assert outcomes.returned_cases([case]) == {case.pk}
    photo = case.pairs.get().before
    photo.alt = "Abdomen, front view, sharp."
    photo.save()
    changed = Case.objects.get(pk=case.pk)
    assert outcomes.current_return(changed) is None
    assert outcomes.returned_cases([changed]) == set()


def test_asked_again_it_waits_though_nothing_has_changed(case: Case) -> None:
    assert not returned_cases.ask_again(case, user=doctor(), now=NOON)
    send_back(case)
    assert returned_cases.ask_again(case, user=doctor(), now=NOON)
    assert outcomes.current_return(case) is None
    assert Entry.objects.latest("pk").event == Event.CASE_ASKED_AGAIN


def test_who_prepared_it_learns_that_it_is_approved_and_whoever_did_it_all_alone_is_told_nothing(case: Case) -> None:
    approve(case)
    assert [(one.asked_by, one.became) for one in Outcome.objects.all()] == [("nurse", "APPROVED")]
    alone = CaseFactory(approved_at=None)
    record(Event.CASE_CHANGED, alone.code, actor="dr-test", now=NOON)
    approve(alone)
    assert not Outcome.objects.filter(case=alone).exists()


def test_one_sends_it_back_while_another_approves_and_the_second_gets_a_sentence(case: Case) -> None:
    send_back(case)
    with pytest.raises(approval.NotReadyError, match=f"dr-test sent it back while you looked: “{WORDS}”"):
        approve(case, user=doctor("dr-other"))
    approve(case, user=doctor("dr-other"), returned=Outcome.objects.get().pk)  # who has read that goes on
    with pytest.raises(RefusedError, match="approved meanwhile"):
        send_back(case)
    assert case.is_showable(DAY)


def test_what_changed_while_the_doctor_looked_is_not_sent_back(case: Case) -> None:
    with pytest.raises(RefusedError, match="changed while you looked"):
        send_back(case, seen="0" * 64)
    assert not Outcome.objects.exists()


def test_a_withdrawal_deletes_the_words_and_no_others(case: Case) -> None:
    twin = CaseFactory(approved_at=None)
    for one in (case, twin):
        send_back(one)
    withdraw(case.consent, actor="reception", now=NOON)
    assert [one.case for one in Outcome.objects.all()] == [twin]
    with pytest.raises(RefusedError, match="withdrawn"):
        send_back(Case.objects.get(pk=case.pk))
    twin.pairs.all().delete()
    twin.case_photos.all().delete()
    twin.delete()
    assert not Outcome.objects.exists()


def test_a_consent_that_has_merely_ended_keeps_them(case: Case) -> None:
    send_back(case)
    case.consent.expires_on = DAY - timedelta(days=1)
    case.consent.save()
    assert Outcome.objects.exists()
