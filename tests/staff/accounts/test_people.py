"""The owner looks after people: gives, changes and shuts accounts, and can't go beyond that, nor raise themselves."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from lxml import html

from content.ledger.models import Entry, Event
from content.models import Clinician, SignInLink
from content.staff.accounts.roles import ROLES
from tests.rendering import complaints, text_of
from tests.staff.members import member
from tests.staff.sign_in import person, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]
PEOPLE = "/staff/people/"


def ids(*names: str) -> list[int]:
    """What the boxes of these roles send."""
    return [Group.objects.get(name=name).pk for name in names]


def form_data(*names: str, **values: Any) -> dict[str, Any]:
    return {"name": "Nina N.", "roles": ids(*names), "clinician": "", **values}


def ledger_entries() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("pk").values_list("event", "subject", "actor"))


def roles_of(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def doctor_record(**values: Any) -> Clinician:
    return Clinician.objects.create(shown_name="Dr B. Real", title="Dermatologist", **values)


def test_the_list_answers_who_may_what_and_when_they_were_last_here() -> None:
    owner = member("Owner")
    person("nina", "Nurse", has_telephone=True)
    person("otto", "Doctor", is_active=False)
    person("root", "", is_superuser=True)
    page = html.fromstring(owner.get(PEOPLE).content.decode())
    rows = [text_of(one) for one in page.xpath("//ul[@class='people']/li")]
    assert [text.split(" ")[0] for text in rows] == ["a-owner", "Nina", "Root", "Otto"]
    assert "Roles Nurse Last sign-in never Telephone set up Account open" in rows[1]
    assert "looks after the whole website" in rows[2]
    assert "Telephone not set up yet Account shut" in rows[3]


def test_the_list_costs_the_same_with_one_person_and_with_three(django_assert_num_queries: Any) -> None:
    owner = member("Owner")
    owner.get(PEOPLE)
    for number in range(2):
        with django_assert_num_queries(8):
            owner.get(PEOPLE)
        for name in ("nina", "otto"):
            person(f"{name}{number}")


def test_a_new_person_gets_an_account_and_a_link_and_signs_in_with_it() -> None:
    owner = member("Owner")
    reply = owner.post(f"{PEOPLE}add/", form_data("Nurse", "Reception", username="nina.n"))
    user = User.objects.get(username="nina.n")
    assert reply["Location"] == f"{PEOPLE}{user.pk}/"
    assert (user.first_name, user.is_staff, user.is_superuser, roles_of(user)) == (
        "Nina N.",
        True,
        False,
        ["Nurse", "Reception"],
    )
    assert not user.has_usable_password()
    link = owner.post(f"{PEOPLE}{user.pk}/link/", {"has_lost_telephone": "on"})
    text = text_of(html.fromstring(link.content.decode()))
    code = re.search(r"Code ([0-9A-Z-]{23})", text)
    assert code is not None
    assert "nina.n" in text
    new = "a sentence of her own"
    Client().post("/staff/link/", {"code": code[1], "password1": new, "password2": new})
    assert with_password("nina.n", new)[0].get("/staff/").status_code == 200
    assert ledger_entries()[:2] == [(Event.PERSON_ADDED, "nina.n", "a-owner"), (Event.LINK_MADE, "nina.n", "a-owner")]
    assert Entry.objects.first().detail == {"name": "Nina N.", "roles": ["Nurse", "Reception"], "signs_as": ""}


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("A-OWNER", "Use 2 to 30 small letters"),
        ("Nina", "Use 2 to 30 small letters"),
        ("nina smith", "Use 2 to 30 small letters"),
        ("x", "Use 2 to 30 small letters"),
        ("n" * 31, "Use 2 to 30 small letters"),
        ("<b>", "Use 2 to 30 small letters"),
        ("", "This field is required."),
        ("a-owner", "Somebody has this user name already."),
        ("upper", "Somebody has this user name already."),
    ],
)
def test_a_user_name_that_is_none_gets_its_sentence_and_the_rest_stays(username: str, sentence: str) -> None:
    owner = member("Owner")
    person("UPPER")
    before = User.objects.count()
    reply = owner.post(f"{PEOPLE}add/", form_data("Nurse", username=username))
    assert complaints(reply)[0].startswith(sentence)
    tree = html.fromstring(reply.content.decode())
    assert tree.get_element_by_id("id_name").get("value") == "Nina N."
    assert len(tree.xpath("//input[@name='roles'][@checked]")) == 1
    assert User.objects.count() == before


def test_roles_are_given_and_taken_and_the_ledger_says_from_what_to_what() -> None:
    owner, nina = member("Owner"), person("nina", "Nurse")
    assert owner.post(f"{PEOPLE}{nina.pk}/", form_data("Doctor", "Reception")).status_code == 302
    assert roles_of(nina) == ["Doctor", "Reception"]
    assert Entry.objects.get().detail == {"name": ["Nina", "Nina N."], "roles": [["Nurse"], ["Doctor", "Reception"]]}
    assert owner.post(f"{PEOPLE}{nina.pk}/", form_data("Doctor", "Reception")).status_code == 302
    assert Entry.objects.count() == 1  # saved once more, nothing changed


def test_a_taken_role_may_do_nothing_from_the_next_click_on() -> None:
    owner, nina = member("Owner"), person("nina", "Nurse")
    browser, _ = with_password("nina")
    assert browser.get("/admin/content/case/add/").status_code == 200
    owner.post(f"{PEOPLE}{nina.pk}/", form_data("Reception"))
    assert browser.get("/admin/content/case/add/").status_code == 403
    assert browser.get("/admin/content/case/").status_code == 200
    owner.post(f"{PEOPLE}{nina.pk}/", form_data())
    assert browser.get("/admin/content/case/").status_code == 403


def test_a_doctor_signs_under_the_name_of_a_clinician_and_nobody_else_does() -> None:
    owner, nina, record = member("Owner"), person("nina", "Nurse"), doctor_record()
    refused = owner.post(f"{PEOPLE}{nina.pk}/", form_data("Nurse", clinician=record.pk))
    assert complaints(refused) == ["Only a doctor signs. Tick Doctor, or choose “nobody: can’t sign”."]
    assert owner.post(f"{PEOPLE}{nina.pk}/", form_data("Doctor", clinician=record.pk)).status_code == 302
    record.refresh_from_db()
    assert record.user == nina
    assert Entry.objects.last().detail["signs_as"] == ["", "Dr B. Real, Dermatologist"]
    owner.post(f"{PEOPLE}{nina.pk}/", form_data("Nurse"))
    record.refresh_from_db()
    assert record.user is None


def test_a_clinician_who_signs_already_or_is_a_sample_is_not_offered() -> None:
    owner, nina, otto = member("Owner"), person("nina", "Doctor"), person("otto", "Doctor")
    taken = doctor_record(user=otto)
    for one in (taken, Clinician.objects.filter(is_sample=True)[0]):
        assert complaints(owner.post(f"{PEOPLE}{nina.pk}/", form_data("Doctor", clinician=one.pk)))
    assert owner.post(f"{PEOPLE}{otto.pk}/", form_data("Doctor", clinician=taken.pk)).status_code == 302


def test_a_shut_account_lets_nobody_in_and_opens_again_as_it_was() -> None:
    owner, nina = member("Owner"), person("nina")
    browser, _ = with_password("nina")
    owner.post(f"{PEOPLE}{nina.pk}/link/")
    owner.post(f"{PEOPLE}{nina.pk}/active/", {"do": "shut"})
    assert browser.get("/staff/").status_code == 302
    assert with_password("nina")[1].status_code == 200
    assert not SignInLink.objects.exists()
    owner.post(f"{PEOPLE}{nina.pk}/link/")
    assert not SignInLink.objects.exists()
    owner.post(f"{PEOPLE}{nina.pk}/active/", {"do": "open"})
    assert with_password("nina")[1].status_code == 302
    events = [event for event, subject, actor in ledger_entries() if actor == "a-owner"]
    assert events == [Event.LINK_MADE, Event.PERSON_DEACTIVATED, Event.PERSON_REACTIVATED]


# --- what an owner must not ------------------------------------------------------------------------------------------
def accounts() -> list[Any]:
    """Everything about accounts that a form could change."""
    rows = [
        User.objects.values_list("pk", "password", "is_active", "is_staff", "is_superuser", "first_name", "username"),
        User.groups.through.objects.values_list("user_id", "group_id"),
        User.user_permissions.through.objects.values_list("user_id", "permission_id"),
        Group.permissions.through.objects.values_list("group_id", "permission_id"),
        SignInLink.objects.values_list("user_id", "digest"),
    ]
    return [sorted(one) for one in rows]


def test_nobody_raises_or_shuts_themselves() -> None:
    owner = member("Owner")
    own = User.objects.get(username="a-owner")
    before = accounts()
    owner.post(f"{PEOPLE}{own.pk}/", {"name": own.first_name, "roles": ids(*ROLES), "clinician": doctor_record().pk})
    for address in ("active/", "link/"):
        assert owner.post(f"{PEOPLE}{own.pk}/{address}", {"do": "shut"}).status_code == 403
    assert accounts() == before
    assert not Clinician.objects.filter(user=own).exists()
    assert owner.post(f"{PEOPLE}{own.pk}/", {"name": "Olga"}).status_code == 302  # their name they may
    own.refresh_from_db()
    assert (own.first_name, roles_of(own)) == ("Olga", ["Owner"])


@pytest.mark.parametrize("address", ["", "active/", "link/"])
def test_whoever_looks_after_the_whole_website_is_out_of_reach(address: str) -> None:
    owner = member("Owner")
    root, nina = person("root", "", is_superuser=True), person("nina")
    before = accounts()
    assert owner.get(f"{PEOPLE}{root.pk}/{address}").status_code == 404
    assert owner.post(f"{PEOPLE}{root.pk}/{address}", {**form_data("Reception"), "do": "shut"}).status_code == 404
    assert accounts() == before
    assert owner.post(f"{PEOPLE}{nina.pk}/{address}", {**form_data("Reception"), "do": "shut"}).status_code in {
        200,
        302,
    }
    assert accounts() != before


def test_a_crafted_form_gives_nothing_but_the_four_roles() -> None:
    owner, nina = member("Owner"), person("nina")
    other = Group.objects.create(name="Everything")
    other.permissions.set(Permission.objects.all())
    more = {"is_superuser": "on", "is_staff": "", "user_permissions": [1], "groups": [other.pk], "password": "x"}
    owner.post(f"{PEOPLE}{nina.pk}/", {**form_data("Nurse"), **more, "username": "root", "is_active": ""})
    nina.refresh_from_db()
    assert (nina.is_superuser, nina.is_staff, nina.is_active, nina.username) == (False, True, True, "nina")
    assert roles_of(nina) == ["Nurse"]
    assert not nina.user_permissions.exists()
    refused = owner.post(f"{PEOPLE}{nina.pk}/", form_data("Nurse", roles=[other.pk]))
    assert complaints(refused)
    assert owner.post(f"{PEOPLE}add/", {**form_data(), "roles": [other.pk], "username": "otto"}).status_code == 200
    assert roles_of(nina) == ["Nurse"]
    assert not User.objects.filter(username="otto").exists()


@pytest.mark.parametrize("address", ["", "add/", "{pk}/", "{pk}/active/", "{pk}/link/"])
@pytest.mark.parametrize("role", ["Reception", "Nurse", "Doctor"])
def test_people_are_the_owners_alone(role: str, address: str) -> None:
    browser, nina = member(role), person("nina")
    before = accounts()
    url = PEOPLE + address.format(pk=nina.pk)
    assert browser.get(url).status_code == 403
    assert browser.post(url, {**form_data("Reception"), "do": "shut", "username": "otto"}).status_code == 403
    assert accounts() == before
    owner = member("Owner")
    assert owner.post(url, {**form_data("Reception"), "do": "shut", "username": "otto"}).status_code in {200, 302}


@pytest.mark.parametrize("address", ["active/", "link/"])
def test_opening_an_address_changes_nobody(address: str) -> None:
    owner, nina = member("Owner"), person("nina")
    before = accounts()
    assert owner.get(f"{PEOPLE}{nina.pk}/{address}", {"do": "shut"}).status_code == 404
    assert accounts() == before


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_the_admins_own_pages_for_accounts_are_gone(role: str, staff: Client) -> None:
    browser, nina = staff if role == "superuser" else member(role), person("nina", has_telephone=True)
    before = accounts()
    for address in (
        "auth/user/",
        "auth/user/add/",
        f"auth/user/{nina.pk}/change/",
        f"auth/user/{nina.pk}/password/",
        f"auth/user/{nina.pk}/delete/",
        "auth/group/",
        "auth/group/1/change/",
        "otp_totp/totpdevice/",
        f"otp_totp/totpdevice/{nina.totpdevice_set.get().pk}/qrcode/",
        "otp_static/staticdevice/",
        "axes/accessattempt/",
    ):
        assert browser.get(f"/admin/{address}").status_code == 404, address
        assert browser.post(f"/admin/{address}", {"username": "otto"}).status_code == 404, address
    assert accounts() == before
