"""Who may do what: exact sets, and that a missing right changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from content.ledger.models import Entry
from content.models import Case, Clinician, Consent
from content.reviews.rules import may_sign
from content.staff.accounts import roles
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, CaseFactory
from tests.staff.members import member
from tests.staff.sign_in import type_password

pytestmark = pytest.mark.django_db
BLOCKS = {
    "areaadvice", "bodyareas", "callout", "carecard", "casegallery", "contact", "doanddont", "keyfacts", "mechanism", "optionstable",
    "picture", "prose", "questions", "questionstoask", "recoverytimeline", "rightforme", "sessionspacing", "sessionsteps",
    "sources", "topiclink", "topiclinks", "whoshouldwait",
}  # fmt: skip
RECEPTION = {
    "cms.change_page", "cms.use_structure", "content.change_clinic", "content.view_answer", "content.view_case", "content.view_casephoto",
    "content.view_clinic", "content.view_clinician", "content.view_consent", "content.view_pair", "content.view_photo",
    "content.add_librarypicture", "content.change_librarypicture", "content.delete_librarypicture",
    "content.take_down_librarypicture", "content.view_librarypicture",
    "content.withdraw_consent", "djangocms_text.view_text", "djangocms_versioning.change_pagecontentversion",
    *(f"content.{verb}_{kind}" for kind in BLOCKS for verb in ("add", "change", "delete")),
}  # fmt: skip
NURSE = RECEPTION | {
    "cms.add_page", "cms.publish_page", "content.add_case", "content.add_consent", "content.change_case",
    "content.change_consent", "content.delete_case", "content.delete_words", "content.view_snapshot",
}  # fmt: skip
EXACTLY = {
    "Reception": RECEPTION,
    "Nurse": NURSE,
    "Doctor": NURSE
    | {
        "content.approve_case", "content.change_treatment", "content.export_consent", "content.sign_page",
        "content.view_entry", "content.view_signoff", "djangocms_versioning.delete_versionlock",
    },
    "Owner": RECEPTION
    | {
        "cms.publish_page", "content.add_clinician", "content.change_clinician", "content.delete_clinician", "content.delete_words",
        "content.export_consent", "content.manage_people", "content.view_entry", "content.view_signoff",
        "content.view_snapshot",
    },
}  # fmt: skip


def group_permissions(name: str) -> set[str]:
    """Every permission of this group, as `app.codename`."""
    permissions = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in permissions}


def test_each_role_has_exactly_its_permissions(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    Group.objects.exclude(name="Nurse").delete()
    Group.objects.get(name="Nurse").permissions.set([])
    call_command("setup_roles")
    assert {group.name: group_permissions(group.name) for group in Group.objects.all()} == EXACTLY


def test_no_role_manages_accounts_deletes_pages_or_gives_itself_more() -> None:
    roles.set_up_groups()
    for name in ROLES:
        assert not {
            one for one in group_permissions(name) if one.startswith(("auth.", "admin.", "axes.", "otp_", "sites."))
        }
        assert not group_permissions(name) & {
            "cms.delete_page",
            "cms.add_globalpagepermission",
            "cms.change_pagepermission",
        }
    assert [name for name in ROLES if "content.sign_page" in group_permissions(name)] == ["Doctor"]
    assert [name for name in ROLES if "content.manage_people" in group_permissions(name)] == ["Owner"]


def test_a_person_with_two_roles_may_do_what_either_may_and_no_more() -> None:
    member("Reception")
    user = User.objects.get(username="a-reception")
    user.groups.set(Group.objects.filter(name__in=["Nurse", "Owner"]))
    assert User.objects.get(pk=user.pk).get_all_permissions() == EXACTLY["Nurse"] | EXACTLY["Owner"]


def test_a_right_that_someone_added_by_hand_is_taken_away_again(tmp_path: Path, settings: Any) -> None:
    from django.contrib.auth.models import Permission

    settings.VAR_DIR = tmp_path
    call_command("setup_roles")
    Group.objects.get(name="Nurse").permissions.add(Permission.objects.get(codename="approve_case"))
    call_command("setup_roles")
    assert group_permissions("Nurse") == EXACTLY["Nurse"]


def test_sample_sign_ins_work_and_their_passwords_lie_where_only_the_owner_reads(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    call_command("setup_roles")
    file = tmp_path / "sample-sign-ins.txt"
    assert file.stat().st_mode & 0o077 == 0
    passwords = dict(line.split(": ") for line in file.read_text().splitlines())
    assert len(set(passwords.values())) == len(ROLES) == 4
    for name, password in passwords.items():
        assert len(password) >= 20
        assert type_password(Client(), name, password).status_code == 302
        user = User.objects.get(username=name)
        assert not user.is_superuser
        assert [group.name.lower() for group in user.groups.all()] == [name.removeprefix("sample-")]
    call_command("setup_roles")
    assert file.read_text() == "".join(f"{name}: {password}\n" for name, password in passwords.items())


def test_the_sample_doctor_signs_as_the_sample_clinician_and_as_no_real_one(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    real = Clinician.objects.create(shown_name="Dr A. Example", title="Somebody real")
    call_command("setup_roles")
    linked = Clinician.objects.exclude(user=None)
    assert [(one.shown_name, one.is_sample, one.user.username) for one in linked] == [
        ("Dr A. Example", True, "sample-doctor")
    ]
    assert may_sign(User.objects.get(username="sample-doctor"))
    assert not may_sign(User.objects.get(username="sample-nurse"))
    other = User.objects.create(username="someone", is_staff=True)
    Clinician.objects.filter(is_sample=True, user__isnull=False).update(user=other)
    call_command("setup_roles")
    assert Clinician.objects.get(user=other).is_sample  # what somebody has decided stays
    real.refresh_from_db()
    assert real.user is None


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
        ("/admin/content/clinician/add/", {"shown_name": "Dr Me"}),
    ],
    "Doctor": [
        ("/admin/content/consent/{consent}/delete/", {"post": "yes"}),
        ("/admin/content/clinician/add/", {"shown_name": "Dr Me"}),
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
