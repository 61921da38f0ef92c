"""A doctor sends a case back; who prepared it reads why, and the doctor isn't asked again before something changes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from content.gallery import approval
from content.gallery.withdrawal import withdraw
from content.ledger.models import Event
from content.ledger.writer import record
from content.models import Case, Outcome
from tests.factories import NOON, CaseFactory
from tests.rendering import unescaped
from tests.staff.dashboard.test_start_page import sections
from tests.staff.members import member
from tests.staff.rights import person, writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "clock")]
WORDS = "The left picture is blurred."


@pytest.fixture
def case() -> Case:
    """A case that a nurse has made ready."""
    writer("Nurse")
    made = CaseFactory(approved_at=None)
    record(Event.CASE_CHANGED, made.code, actor="a-nurse", now=NOON)
    return Case.objects.get(pk=made.pk)


def post(client: Client, case: Case, **changes: str) -> Any:
    data = {"do": "send_back", "comment": WORDS, "seen": approval.fingerprint(Case.objects.get(pk=case.pk)), **changes}
    return client.post(f"/admin/content/case/{case.pk}/approve/", data, follow=True)


def test_the_nurse_reads_the_words_on_the_start_page_and_on_the_case(case: Case) -> None:
    other = CaseFactory(approved_at=None)
    doctor, nurse = writer("Doctor"), writer("Nurse")
    Case.objects.exclude(pk__in=[case.pk, other.pk]).update(approved_at=None)
    before = sections(doctor)["Before and after"]
    post(doctor, case)
    after = sections(doctor)["Before and after"]
    assert "1 more was sent back" in after
    assert before != after
    row = sections(nurse)["Sent back to you"]
    assert f"a-doctor sent it back, 1 March, 12:00. “{WORDS}”" in row
    for url in (f"/admin/content/case/{case.pk}/photographs/", f"/admin/content/case/{case.pk}/change/"):
        assert WORDS in unescaped(nurse.get(url)), url
    assert WORDS not in unescaped(nurse.get(f"/admin/content/case/{other.pk}/photographs/"))
    assert "Sent back by a doctor" in unescaped(nurse.get("/admin/content/case/"))


@pytest.mark.parametrize("role", ["Reception", "Nurse", "Owner", ""])
def test_only_a_doctor_sends_a_case_back(role: str, case: Case) -> None:
    client = writer(role) if role else member("")
    assert post(client, case).status_code == 403
    assert post(Client(), case).redirect_chain[0][0].startswith("/admin/login/")
    assert not Outcome.objects.exists()


def test_it_takes_words_and_what_the_doctor_saw(case: Case) -> None:
    doctor = writer("Doctor")
    assert "Say what has to change" in unescaped(post(doctor, case, comment=" "))
    page = unescaped(post(doctor, case, seen="0" * 64))
    assert "changed while you looked at it" in page
    assert WORDS in page
    assert not Outcome.objects.exists()


def test_asking_again_is_for_who_prepares_cases(case: Case) -> None:
    url = f"/admin/content/case/{case.pk}/ask-again/"
    post(writer("Doctor"), case)
    for client, status in ((writer("Reception"), 403), (writer("Owner"), 403), (Client(), 302)):
        assert client.post(url).status_code == status
    assert writer("Nurse").get(url).status_code == 405
    assert Outcome.objects.exists()
    writer("Nurse").post(url)
    assert not Outcome.objects.exists()


def test_who_shares_the_work_reads_it_once_the_preparer_has_left(case: Case) -> None:
    post(writer("Doctor"), case)
    member("Nurse")
    second = User.objects.create(username="second-nurse", is_staff=True)
    second.groups.set(person("Nurse").groups.all())
    client = Client()
    client.force_login(second)
    assert "Sent back to you" not in sections(client)
    User.objects.filter(username="a-nurse").update(is_active=False)
    assert "Sent back to you" in sections(client)
    assert "Sent back to you" not in sections(writer("Reception"))


def test_words_about_a_case_go_with_the_person_who_withdraws(case: Case) -> None:
    twin = CaseFactory(approved_at=None)
    record(Event.CASE_CHANGED, twin.code, actor="a-nurse", now=NOON)
    doctor, nurse = writer("Doctor"), writer("Nurse")
    post(doctor, case)
    post(doctor, twin, comment="The twin’s words.")
    withdraw(case.consent, actor="a-nurse", now=NOON)
    row = sections(nurse)["Sent back to you"]
    assert WORDS not in row
    assert "The twin’s words." in row
    for name in ("photographs", "change"):
        assert WORDS not in unescaped(nurse.get(f"/admin/content/case/{case.pk}/{name}/"))
    assert WORDS not in unescaped(doctor.get(f"/admin/content/case/{case.pk}/approve/"))
