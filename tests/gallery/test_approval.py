"""A doctor's approval: of a whole case alone, noted for good, and ended by any change."""

from datetime import timedelta

import pytest

from content.gallery.approval import NotReadyError, approve, end_approval
from content.ledger.models import Entry, Event
from content.models import Case, EverPublic
from tests.factories import DAY, NOON, CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_approving_makes_it_public_and_tells_the_ledger() -> None:
    case = CaseFactory(approved_at=None)
    assert not EverPublic.objects.exists()
    approve(case, actor="doctor", now=NOON, on=DAY)
    pair = case.pairs.get()
    names = {case.code, pair.before.token, pair.after.token}
    assert case.is_showable(DAY)
    assert set(EverPublic.objects.values_list("name", flat=True)) == names
    entry = Entry.objects.get()
    assert (entry.event, entry.subject, entry.actor) == (Event.CASE_APPROVED, case.code, "doctor")
    assert entry.detail["reference"] == case.consent.reference
    assert set(entry.detail["photographs"]) == names - {case.code}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": ""}, "Say how much has changed."),
        ({"attested_by": None}, "Choose the clinician who vouches for it."),
        ({"is_own_patient": False}, "All three statements"),
        ({"is_this_treatment_only": False}, "All three statements"),
        ({"is_unretouched": False}, "All three statements"),
        ({"consent": None}, "Record the person’s consent"),
        ({"consent__withdrawn_at": NOON}, "withdrawn"),
        ({"consent__expires_on": DAY - timedelta(days=1)}, "has ended"),
        ({"pairs": 0}, "at least one pair"),
    ],
)
def test_what_is_not_whole_is_not_approved_and_nothing_changes(values: dict[str, object], sentence: str) -> None:
    case = CaseFactory(approved_at=None, **values)
    with pytest.raises(NotReadyError, match=sentence):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert Case.objects.get().approved_at is None
    assert not EverPublic.objects.exists()
    assert not Entry.objects.exists()


def test_approving_twice_is_approving_once() -> None:
    case = CaseFactory(approved_at=None)
    for _ in range(2):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert EverPublic.objects.count() == 3


def test_a_case_for_leaflets_alone_was_never_public() -> None:
    case = CaseFactory(approved_at=None, consent__for_website=False, consent__for_search=False)
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert not case.is_showable(DAY)
    assert not EverPublic.objects.exists()


def test_an_ended_approval_takes_the_attestation_with_it() -> None:
    case, twin = CaseFactory(), CaseFactory()
    assert end_approval(case, actor="nurse", now=NOON, because="the case was changed")
    case.refresh_from_db()
    assert (case.approved_at, case.is_own_patient, case.is_this_treatment_only, case.is_unretouched) == (
        None,
        *[False] * 3,
    )
    assert list(Case.objects.showable(DAY)) == [twin]
    assert Entry.objects.get().detail == {"because": "the case was changed"}
    assert not end_approval(case, actor="nurse", now=NOON, because="again")
    assert Entry.objects.count() == 1
