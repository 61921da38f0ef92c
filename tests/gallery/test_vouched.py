"""Sample clinicians vouch for sample cases only: the rule, the approval, its form and the database refuse others."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from lxml import html

from content.gallery import readiness
from content.gallery.approval import NotReadyError, approve
from content.gallery.triggers import ATTESTATION_TRIGGERS, CASE_TABLE, CLINICIAN_SAMPLE_TRIGGERS, CLINICIAN_TABLE
from content.ledger import triggers
from content.models import Case, Clinician, Entry, EverPublic
from tests.factories import DAY, NOON, CaseFactory, attesting_clinician
from tests.rendering import complaints
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var")]
REFUSED = "A sample person can’t vouch for a real case"


def sample_clinician() -> Clinician:
    return attesting_clinician(is_sample=True)


def drop(*registered: triggers.TableTriggers) -> None:
    """Drop these triggers, so that the database is as an older release left it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it alters no table while foreign keys are still to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table_triggers in registered:
            is_sqlite = connection.vendor == "sqlite"
            for name in table_triggers.sqlite if is_sqlite else table_triggers.postgresql:
                cursor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table_triggers.table}"))


def mixed_case(*, is_demo: bool = False) -> Case:
    """Return a real case approved in a sample person's name, or the other way round, as older releases allowed."""
    case = CaseFactory(is_demo=is_demo)
    drop(ATTESTATION_TRIGGERS)
    Case.objects.filter(pk=case.pk).update(attested_by=attesting_clinician(is_sample=not is_demo))
    triggers.install()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("is_demo", [False, True])
def test_mixed_case_of_an_older_release_is_hidden_beside_its_showable_twin(*, is_demo: bool, client: Client) -> None:
    twin, hidden = CaseFactory(is_demo=is_demo), mixed_case(is_demo=is_demo)
    assert list(Case.objects.showable(DAY)) == [twin]
    assert not hidden.is_showable(DAY)
    assert client.get(f"/before-and-after/{twin.code}/").status_code == 200
    assert client.get(f"/before-and-after/{hidden.code}/").status_code == 410
    sentence = readiness.showable_sentence(hidden, DAY, is_showable=False)
    assert sentence.startswith("No: a sample person vouches for")
    assert readiness.showable_sentence(twin, DAY, is_showable=True).startswith("Yes")


@pytest.mark.parametrize("is_demo", [False, True])
def test_approval_refuses_the_other_kind_of_clinician(*, is_demo: bool) -> None:
    case = CaseFactory(is_demo=is_demo, approved_at=None)
    case.attested_by = attesting_clinician(is_sample=not is_demo)
    with pytest.raises(NotReadyError, match=REFUSED):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert not EverPublic.objects.exists()
    case.attested_by = attesting_clinician(is_sample=is_demo)
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert case.is_showable(DAY)


def test_approval_form_offers_and_accepts_real_clinicians_only() -> None:
    case, real = CaseFactory(approved_at=None), attesting_clinician()
    doctor, address = member("Doctor"), f"/admin/content/case/{case.pk}/approve/"
    tree = html.fromstring(doctor.get(address).content.decode())
    offered = tree.xpath("//select[@name='attested_by']/option[@value!='']/@value")
    assert str(real.pk) in offered
    assert not set(offered) & {str(person.pk) for person in Clinician.objects.filter(is_sample=True)}
    data = {
        "seen": tree.xpath("//input[@name='seen']/@value")[0],
        "outcome": "SMALL",
        **dict.fromkeys(["is_own_patient", "is_this_treatment_only", "is_unretouched"], "on"),
    }
    said = complaints(doctor.post(address, {**data, "attested_by": sample_clinician().pk}))
    assert any(REFUSED in sentence for sentence in said)
    assert Case.objects.get().approved_at is None
    assert doctor.post(address, {**data, "attested_by": real.pk}).status_code == 302
    assert Case.objects.get().is_showable(DAY)


def _insert() -> None:
    CaseFactory(attested_by=sample_clinician())


def _approve() -> None:
    case = CaseFactory(approved_at=None, attested_by=sample_clinician())
    Case.objects.filter(pk=case.pk).update(approved_at=NOON)


def _vouch() -> None:
    Case.objects.filter(pk=CaseFactory().pk).update(attested_by=sample_clinician())


def _call_a_sample_real() -> None:
    Case.objects.filter(pk=CaseFactory(is_demo=True).pk).update(is_demo=False)


def _make_the_person_a_sample() -> None:
    Clinician.objects.filter(pk=CaseFactory().attested_by.pk).update(is_sample=True)


@pytest.mark.parametrize("write", [_insert, _approve, _vouch, _call_a_sample_real, _make_the_person_a_sample])
def test_the_database_refuses_to_mix_them(write: Callable[[], None]) -> None:
    refused: AbstractContextManager[object] = pytest.raises(IntegrityError, match="A sample person vouches for samples")
    with refused, transaction.atomic():
        write()


def test_mixed_row_can_be_saved_taken_down_and_approved_again() -> None:
    case = mixed_case()
    case.refresh_from_db()
    case.save()
    triggers.install()
    assert triggers.are_installed()
    Case.objects.filter(pk=case.pk).update(approved_at=None)
    case.attested_by = attesting_clinician()
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert case.is_showable(DAY)


def test_missing_triggers_are_reported_as_not_installed() -> None:
    assert triggers.are_installed()
    for table_triggers in (ATTESTATION_TRIGGERS, CLINICIAN_SAMPLE_TRIGGERS):
        drop(table_triggers)
        assert not triggers.are_installed()
        triggers.install()
    assert {ATTESTATION_TRIGGERS.table, CLINICIAN_SAMPLE_TRIGGERS.table} == {CASE_TABLE, CLINICIAN_TABLE}


def test_remove_samples_takes_down_cases_that_samples_vouched_for(client: Client) -> None:
    own, case = CaseFactory(), mixed_case()
    call_command("remove_samples")
    case.refresh_from_db()
    assert (case.approved_at, case.attested_by, case.is_unretouched) == (None, None, False)
    assert not Clinician.objects.filter(is_sample=True).exists()
    assert list(Case.objects.showable(DAY)) == [own]
    assert client.get(f"/before-and-after/{case.code}/").status_code == 410
    assert Entry.objects.get(subject=case.code).detail == {"because": "a sample person vouched for it"}
