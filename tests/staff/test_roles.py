"""Who may do what: exact sets, and that a missing right changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from content.ledger.models import Entry
from content.models import Case, Consent
from content.staff.roles import ROLES
from tests.factories import NOON, CaseFactory
from tests.staff.people import member

pytestmark = pytest.mark.django_db
SEE = {"view_case", "view_casephoto", "view_clinician", "view_consent", "view_pair", "view_photo"}
EXACTLY = {
    "Reception": SEE | {"withdraw_consent"},
    "Nurse": SEE | {"withdraw_consent", "add_case", "change_case", "delete_case", "add_consent", "change_consent"},
    "Doctor": SEE
    | {"withdraw_consent", "add_case", "change_case", "delete_case", "add_consent", "change_consent"}
    | {"approve_case", "view_entry", "export_consent"},
    "Owner": SEE | {"withdraw_consent", "view_entry", "export_consent"},
}


def test_each_role_has_exactly_its_permissions(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    Group.objects.create(name="Nurse").permissions.set([])
    call_command("setup_roles")
    found = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert found == EXACTLY


def test_a_right_that_someone_added_by_hand_is_taken_away_again(tmp_path: Path, settings: Any) -> None:
    from django.contrib.auth.models import Permission

    settings.VAR_DIR = tmp_path
    call_command("setup_roles")
    Group.objects.get(name="Nurse").permissions.add(Permission.objects.get(codename="approve_case"))
    call_command("setup_roles")
    assert set(Group.objects.get(name="Nurse").permissions.values_list("codename", flat=True)) == EXACTLY["Nurse"]


def test_sample_sign_ins_work_and_their_passwords_lie_where_only_the_owner_reads(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    call_command("setup_roles")
    file = tmp_path / "sample-sign-ins.txt"
    assert file.stat().st_mode & 0o077 == 0
    kept = dict(line.split(": ") for line in file.read_text().splitlines())
    assert len(set(kept.values())) == len(ROLES) == 4
    for name, password in kept.items():
        assert len(password) >= 20
        assert Client().login(username=name, password=password)
        user = User.objects.get(username=name)
        assert not user.is_superuser
        assert [group.name.lower() for group in user.groups.all()] == [name.removeprefix("sample-")]
    call_command("setup_roles")
    assert file.read_text() == "".join(f"{name}: {password}\n" for name, password in kept.items())


def test_a_real_host_gets_no_sample_sign_in(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.VAR_DIR, settings.IS_LOCAL = tmp_path, False
    call_command("setup_roles")
    assert "No sample sign-ins" in capsys.readouterr().out
    assert not User.objects.filter(username__startswith="sample-").exists()
    assert list(tmp_path.iterdir()) == []


def snapshot() -> tuple[Any, ...]:
    return (
        list(Case.objects.order_by("pk").values()),
        list(Consent.objects.order_by("pk").values()),
        Entry.objects.count(),
    )


#: What each role is refused: address and what is posted there.
REFUSED = {
    "Reception": [
        ("/admin/content/case/{case}/approve/", {"outcome": "LARGE"}),
        ("/admin/content/case/{case}/photographs/", {"do": "apart", "pair": "{pair}"}),
        ("/admin/content/case/{case}/photographs/", {"do": "upload"}),
        ("/admin/content/case/{case}/change/", {"body_area": "HIPS"}),
        ("/admin/content/case/add/", {"body_area": "HIPS"}),
        ("/admin/content/case/{case}/delete/", {"post": "yes"}),
        ("/admin/content/consent/{consent}/change/", {"expires_on": "2030-01-01"}),
        ("/admin/content/consent/add/", {"reference": "AAAA-AAAA"}),
    ],
    "Nurse": [
        ("/admin/content/case/{case}/approve/", {"outcome": "LARGE", "is_own_patient": "on"}),
        ("/admin/content/case/{case}/approve/", {"do": "end"}),
        ("/admin/content/case/{case}/delete/", {"post": "yes"}),
        ("/admin/content/consent/{consent}/delete/", {"post": "yes"}),
        ("/admin/content/treatment/1/change/", {"weeks_between_min": "1"}),
        ("/admin/auth/user/add/", {"username": "x"}),
    ],
    "Doctor": [
        ("/admin/content/consent/{consent}/delete/", {"post": "yes"}),
        ("/admin/auth/user/add/", {"username": "x"}),
    ],
    "Owner": [
        ("/admin/content/case/{case}/approve/", {"outcome": "LARGE"}),
        ("/admin/content/case/{case}/change/", {"body_area": "HIPS"}),
        ("/admin/content/case/{case}/photographs/", {"do": "apart", "pair": "{pair}"}),
        ("/admin/content/consent/add/", {"reference": "AAAA-AAAA"}),
    ],
}


@pytest.mark.parametrize("role", REFUSED)
def test_what_a_role_may_not_do_is_refused_and_changes_nothing(role: str) -> None:
    case = CaseFactory()
    browser = member(role)
    before = snapshot()
    for address, data in REFUSED[role]:
        names = {"case": case.pk, "consent": case.consent.pk, "pair": case.pairs.get().pk}
        reply = browser.post(address.format(**names), {key: value.format(**names) for key, value in data.items()})
        assert reply.status_code == 403, (role, address)
        assert snapshot() == before, (role, address)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_withdraw(role: str, tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    case, twin = CaseFactory(), CaseFactory()
    reply = member(role).post(f"/admin/content/consent/{case.consent.pk}/withdraw/")
    assert reply.status_code == 302
    case.consent.refresh_from_db()
    twin.consent.refresh_from_db()
    assert case.consent.withdrawn_at
    assert twin.consent.withdrawn_at is None


def test_a_member_of_staff_without_a_role_sees_and_withdraws_nothing() -> None:
    case = CaseFactory(consent__withdrawn_at=NOON)
    browser = member("")
    for address in (
        f"/admin/content/case/{case.pk}/photographs/",
        f"/admin/content/case/{case.pk}/approve/",
        "/admin/content/consent/blank-form/",
        "/admin/content/consent/withdraw/",
        f"/admin/content/consent/{case.consent.pk}/withdraw/",
        f"/admin/content/consent/{case.consent.pk}/receipt/",
        f"/admin/content/consent/{case.consent.pk}/signed-form/",
        f"/admin/content/consent/{case.consent.pk}/everything/",
        "/admin/content/case/",
        "/admin/content/consent/",
    ):
        assert browser.get(address).status_code == 403, address
        assert browser.post(address).status_code == 403, address
