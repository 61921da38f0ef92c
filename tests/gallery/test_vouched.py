"""A sample person vouches for samples alone: not for a real case, in the rule, the forms or the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from lxml import html

from content.gallery import standing
from content.gallery.approval import NotReadyError, approve
from content.gallery.guard import CASES, CLINICIANS, VOUCHED, VOUCHERS
from content.ledger import guard
from content.models import Case, Clinician, Entry, EverPublic
from tests.factories import DAY, NOON, CaseFactory, voucher
from tests.rendering import complaints
from tests.staff.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var")]
REFUSED = "A sample person can’t vouch for a real case"


def sample() -> Clinician:
    return voucher(is_sample=True)


def without(*guards: guard.Guard) -> None:
    """The database as an older release has left it: without these triggers, until the next migrate."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which alters no table while keys are still to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for one in guards:
            for name in one.sqlite if connection.vendor == "sqlite" else one.postgresql:
                cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {one.table}"))


def mixed(*, is_demo: bool = False) -> Case:
    """What an older release has approved: a real case in a sample person's name, or the other way round."""
    case = CaseFactory(is_demo=is_demo)
    without(VOUCHED)
    Case.objects.filter(pk=case.pk).update(attested_by=voucher(is_sample=not is_demo))
    guard.install()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("is_demo", [False, True])
def test_what_an_older_release_has_mixed_is_hidden_beside_its_showable_twin(*, is_demo: bool, client: Client) -> None:
    twin, hidden = CaseFactory(is_demo=is_demo), mixed(is_demo=is_demo)
    assert list(Case.objects.showable(DAY)) == [twin]
    assert not hidden.is_showable(DAY)
    assert client.get(f"/before-and-after/{twin.code}/").status_code == 200
    assert client.get(f"/before-and-after/{hidden.code}/").status_code == 410
    said = standing.why_not(hidden, DAY, is_showable=False)
    assert said.startswith("No: a sample person vouches for")
    assert standing.why_not(twin, DAY, is_showable=True).startswith("Yes")


@pytest.mark.parametrize("is_demo", [False, True])
def test_approval_refuses_the_other_kind_of_person_and_takes_the_own(*, is_demo: bool) -> None:
    case = CaseFactory(is_demo=is_demo, approved_at=None)
    case.attested_by = voucher(is_sample=not is_demo)
    with pytest.raises(NotReadyError, match=REFUSED):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert not EverPublic.objects.exists()
    case.attested_by = voucher(is_sample=is_demo)
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert case.is_showable(DAY)


def test_the_form_offers_real_people_only_and_refuses_a_sample_by_post() -> None:
    case, real = CaseFactory(approved_at=None), voucher()
    doctor, address = member("Doctor"), f"/admin/content/case/{case.pk}/approve/"
    tree = html.fromstring(doctor.get(address).content.decode())
    offered = tree.xpath("//select[@name='attested_by']/option[@value!='']/@value")
    assert str(real.pk) in offered
    assert not set(offered) & {str(one.pk) for one in Clinician.objects.filter(is_sample=True)}
    data = {
        "seen": tree.xpath("//input[@name='seen']/@value")[0],
        "outcome": "SMALL",
        **dict.fromkeys(["is_own_patient", "is_this_treatment_only", "is_unretouched"], "on"),
    }
    said = complaints(doctor.post(address, {**data, "attested_by": sample().pk}))
    assert any(REFUSED in sentence for sentence in said)
    assert Case.objects.get().approved_at is None
    assert doctor.post(address, {**data, "attested_by": real.pk}).status_code == 302
    assert Case.objects.get().is_showable(DAY)


def _insert() -> None:
    CaseFactory(attested_by=sample())


def _approve() -> None:
    case = CaseFactory(approved_at=None, attested_by=sample())
    Case.objects.filter(pk=case.pk).update(approved_at=NOON)


def _vouch() -> None:
    Case.objects.filter(pk=CaseFactory().pk).update(attested_by=sample())


def _call_a_sample_real() -> None:
    Case.objects.filter(pk=CaseFactory(is_demo=True).pk).update(is_demo=False)


def _make_the_person_a_sample() -> None:
    Clinician.objects.filter(pk=CaseFactory().attested_by.pk).update(is_sample=True)


@pytest.mark.parametrize("write", [_insert, _approve, _vouch, _call_a_sample_real, _make_the_person_a_sample])
def test_the_database_refuses_to_mix_them(write: Callable[[], None]) -> None:
    refused: AbstractContextManager[object] = pytest.raises(IntegrityError, match="A sample person vouches for samples")
    with refused, transaction.atomic():
        write()


def test_a_row_that_is_mixed_already_can_be_written_taken_down_and_approved_anew() -> None:
    case = mixed()
    case.refresh_from_db()
    case.save()
    guard.install()
    assert guard.is_installed()
    Case.objects.filter(pk=case.pk).update(approved_at=None)
    case.attested_by = voucher()
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert case.is_showable(DAY)


def test_triggers_that_are_missing_are_told() -> None:
    assert guard.is_installed()
    for one in (VOUCHED, VOUCHERS):
        without(one)
        assert not guard.is_installed()
        guard.install()
    assert {VOUCHED.table, VOUCHERS.table} == {CASES, CLINICIANS}


def test_taking_the_samples_away_takes_down_what_only_they_vouched_for(client: Client) -> None:
    own, case = CaseFactory(), mixed()
    call_command("remove_samples")
    case.refresh_from_db()
    assert (case.approved_at, case.attested_by, case.is_unretouched) == (None, None, False)
    assert not Clinician.objects.filter(is_sample=True).exists()
    assert list(Case.objects.showable(DAY)) == [own]
    assert client.get(f"/before-and-after/{case.code}/").status_code == 410
    assert Entry.objects.get(subject=case.code).detail == {"because": "a sample person vouched for it"}
