"""What somebody typed and did not save comes back to them alone, and to nobody once it was saved."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from cms.api import add_plugin
from cms.models import CMSPlugin, PageContent
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from lxml import html

from content.models import Autosave, Clinic, Clinician, Prose, Treatment
from content.staff.autosave import store
from tests.factories import NOON
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var")]

CLINIC = "/admin/content/clinic/1/change/"
TYPED = [["address", "A street that took a while to write"]]


def data_of(reply: Any) -> dict[str, Any]:
    """What the page's script is given."""
    found = html.fromstring(reply.content.decode()).xpath("//script[@id='unsaved-text']")
    return dict(json.loads(found[0].text))


def page(browser: Client, address: str) -> dict[str, Any]:
    reply = browser.get(address)
    assert reply.status_code == 200, address
    return data_of(reply)


def send(browser: Client, data: dict[str, Any], fields: Any = TYPED, form: str = "clinic_form", **more: Any) -> int:
    """Send what was typed as the page's script does; the status of the answer."""
    message = {"ticket": data["ticket"], "form": form, "fields": fields, **more}
    return browser.post(data["address"], json.dumps(message), content_type="application/json").status_code


def offers(browser: Client, address: str = CLINIC) -> list[Any]:
    return [offer["fields"] for offer in page(browser, address)["offers"]]


def opened_as(browser: Client, address: str = CLINIC) -> str:
    """The hidden field that says how the form was opened."""
    return str(html.fromstring(browser.get(address).content).xpath("//input[@name='opened_as']/@value")[0])


def clinic_fields(browser: Client) -> dict[str, Any]:
    """The form as it is sent when nothing was changed in it."""
    clinic = Clinic.objects.get()
    names = ("name", "strapline", "address", "telephone", "hours", "out_of_hours_line", "emergency_line")
    ticked = {"has_sample_content": "on"} if clinic.has_sample_content else {}
    return {name: getattr(clinic, name) for name in names} | ticked | {"opened_as": opened_as(browser)}


# --- who sees it -----------------------------------------------------------------------------------------------------
def test_typed_text_is_offered_to_its_writer_with_its_time_and_to_no_colleague() -> None:
    nurse, owner = member("Nurse"), member("Owner")
    assert send(nurse, page(nurse, CLINIC)) == 204
    offer = page(nurse, CLINIC)["offers"][0]
    assert offer["fields"] == TYPED
    assert re.fullmatch(r"\d{1,2} \w+ at \d\d:\d\d", offer["when"])
    assert offers(owner) == []
    assert offers(nurse) == [TYPED]


def test_a_colleague_can_neither_keep_nor_delete_with_somebody_elses_ticket() -> None:
    nurse, owner = member("Nurse"), member("Owner")
    data = page(nurse, CLINIC)
    assert send(nurse, data) == 204
    assert send(owner, data, [["address", "Another’s"]]) == 403
    assert send(owner, data, None) == 403
    own = page(owner, CLINIC)
    assert send(owner, own, None, edition=data["edition"]) == 204
    assert offers(nurse) == [TYPED]


def test_who_may_no_longer_open_the_form_is_not_shown_what_they_typed_in_it() -> None:
    nurse = member("Nurse")
    assert send(nurse, page(nurse, CLINIC)) == 204
    user = User.objects.get(username="a-nurse")
    user.groups.set(Group.objects.filter(name="Receptionist"))
    reply = nurse.get(CLINIC)
    assert TYPED[0][1] not in reply.content.decode()
    user.groups.set(Group.objects.filter(name="Nurse"))
    assert offers(nurse) == [TYPED]


@pytest.mark.parametrize("who", ["stranger", "no role"])
def test_strangers_and_people_without_a_role_keep_nothing(who: str) -> None:
    data = page(member("Nurse"), CLINIC)
    browser = Client() if who == "stranger" else member("")
    assert send(browser, data) in {302, 403}
    assert not Autosave.objects.exists()


def test_a_ticket_that_was_changed_is_refused() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    assert send(nurse, data | {"ticket": data["ticket"][:-1] + "!"}) == 403
    assert send(nurse, data | {"ticket": None}) == 403


def test_keeping_takes_a_token_and_a_post() -> None:
    nurse = member("Nurse")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="a-nurse"))
    assert send(strict, page(nurse, CLINIC)) == 403
    assert nurse.get("/staff/autosave/").status_code == 405


# --- what is kept ----------------------------------------------------------------------------------------------------
def test_only_fields_of_the_form_are_kept_whatever_is_sent() -> None:
    nurse = member("Nurse")
    sent = [
        *TYPED,
        ["password", "secret"],
        ["csrfmiddlewaretoken", "secret"],
        ["rows-0-text", "secret"],
        ["_save", "1"],
    ]
    assert send(nurse, page(nurse, CLINIC), sent) == 204
    assert Autosave.objects.get().fields == TYPED


@pytest.mark.parametrize(
    ("role", "address", "kept", "left_out"),
    [
        ("Nurse", CLINIC, {"address", "hours", "opened_as"}, {"csrfmiddlewaretoken"}),
        ("Nurse", "/admin/content/consent/add/", {"given_on", "how_given"}, {"reference", "signed_form"}),
        ("Doctor", "/admin/content/treatment/1/change/", {"weeks_between_min", "opened_as"}, {"confirmed"}),
        ("Owner", "/staff/people/add/", {"name", "roles"}, {"password"}),
        ("Nurse", "/staff/new-topic/", {"title", "description"}, set()),
        ("Nurse", "/admin/password_change/", set(), {"old_password", "new_password1", "new_password2"}),
    ],
)
def test_passwords_codes_and_files_are_not_among_the_kept_fields(
    role: str, address: str, kept: set[str], left_out: set[str]
) -> None:
    names = set(page(member(role), address)["names"])
    assert kept <= names
    assert not left_out & names


def test_a_page_of_passwords_alone_has_no_ticket() -> None:
    assert page(member("Nurse"), "/admin/password_change/")["ticket"] == ""


@pytest.mark.database
def test_what_is_too_long_or_no_message_is_refused_and_what_no_database_stores_is_taken_out() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    assert send(nurse, data, [["address", "x" * 210_000]]) == 413
    for body in ("[]", "{", '{"ticket": 7}', '"text"'):
        assert nurse.post(data["address"], body, content_type="application/json").status_code == 403
    assert send(nurse, data, ["odd", ["address"], ["address", "a\0b\ud800c"], ["hours", 7]]) == 204
    assert Autosave.objects.get().fields == [["address", "ab?c"], ["hours", "7"]]


def test_one_form_keeps_one_text_and_two_tabs_keep_two() -> None:
    nurse = member("Nurse")
    first, second = page(nurse, CLINIC), page(nurse, CLINIC)
    for words in ("one", "two"):
        assert send(nurse, first, [["address", words]]) == 204
    assert send(nurse, second, [["address", "three"]]) == 204
    assert offers(nurse) == [[["address", "three"]], [["address", "two"]]]


def test_a_person_leaves_at_most_sixty_forms_and_then_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_PER_PERSON", 2)
    nurse = member("Nurse")
    for words in ("one", "two", "three"):
        assert send(nurse, page(nurse, CLINIC), [["address", words]]) == 204
    assert [kept.fields[0][1] for kept in Autosave.objects.order_by("pk")] == ["two", "three"]


# --- when it goes ----------------------------------------------------------------------------------------------------
@pytest.mark.database
def test_it_is_gone_once_saved_and_what_arrives_after_the_save_is_not_kept() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    assert send(nurse, data) == 204
    sent = f"{data['edition']} clinic_form"
    refused = nurse.post(CLINIC, clinic_fields(nurse) | {"name": "", data["sentField"]: sent})
    assert refused.status_code == 200
    assert data_of(refused)["edition"] == data["edition"]
    assert data_of(refused)["sentBack"] == "clinic_form"
    assert data_of(refused)["offers"] == []
    assert offers(nurse) == [TYPED]
    assert nurse.post(CLINIC, clinic_fields(nurse) | {data["sentField"]: sent}).status_code == 302
    assert offers(nurse) == []
    assert send(nurse, data) == 409
    assert Autosave.objects.get().fields == []


def test_saving_one_form_of_a_page_leaves_what_was_typed_in_another() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    for form in ("clinic_form", "another"):
        assert send(nurse, data, form=form) == 204
    nurse.post(CLINIC, clinic_fields(nurse) | {data["sentField"]: f"{data['edition']} clinic_form"})
    assert [offer["form"] for offer in page(nurse, CLINIC)["offers"]] == ["another"]


def test_it_is_thrown_away_by_its_writer() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    assert send(nurse, data) == 204
    later = page(nurse, CLINIC)
    assert send(nurse, later, None, edition=data["edition"]) == 204
    assert offers(nurse) == []


def test_it_goes_with_its_record_with_its_writer_and_after_fourteen_days() -> None:
    owner = member("Owner")
    clinician = Clinician.objects.create(shown_name="Dr Gone", title="Dermatologist")
    address = f"/admin/content/clinician/{clinician.pk}/change/"
    stays = page(owner, CLINIC)
    assert send(owner, page(owner, address), [["title", "Typed"]], form="clinician_form") == 204
    assert send(owner, stays) == 204
    clinician.delete()
    assert [kept.address for kept in Autosave.objects.all()] == [CLINIC]
    Autosave.objects.update(typed_at=NOON - timedelta(days=13, hours=23))
    store.delete_expired(NOON)
    assert Autosave.objects.count() == 1
    store.delete_expired(NOON + timedelta(hours=2))
    assert Autosave.objects.count() == 0
    assert send(owner, stays) == 204
    User.objects.get(username="a-owner").delete()
    assert Autosave.objects.count() == 0


def test_tick_deletes_what_nobody_came_back_for() -> None:
    nurse = member("Nurse")
    assert send(nurse, page(nurse, CLINIC)) == 204
    Autosave.objects.update(typed_at=NOON - timedelta(days=15))
    call_command("tick")
    assert not Autosave.objects.exists()


# --- blocks ----------------------------------------------------------------------------------------------------------
def draft() -> PageContent:
    content = PageContent.admin_manager.filter(page__reverse_id="about").latest("pk")
    version = content.versions.get()
    user = User.objects.get(username="a-nurse")
    return version.copy(user).content if version.state != "draft" else content


def test_a_block_and_a_new_block_keep_their_texts_until_they_are_saved_or_gone() -> None:
    nurse = member("Nurse")
    slot = draft().get_placeholders().get(slot="clinic_body")
    block = add_plugin(slot, "ProsePlugin", "en-gb", heading="Old", body="<p>Old words.</p>")
    edit = f"/admin/cms/placeholder/edit-plugin/{block.pk}/?cms_path=%2Fabout%2F"
    add = f"/admin/cms/placeholder/add-plugin/?placeholder_id={slot.pk}&plugin_type=ProsePlugin&plugin_language=en-gb"
    typed = [["heading", "New"], ["body", "<p>New words.</p>"]]
    first = page(nurse, edit)
    assert {"heading", "body", "opened_as"} <= set(first["names"])
    assert send(nurse, first, typed, form="prose_form") == 204
    assert send(nurse, page(nurse, f"{add}&plugin_position=1"), typed, form="prose_form") == 204
    assert offers(nurse, edit) == [typed]
    assert offers(nurse, f"{add}&plugin_position=2&cms_path=/about/") == [typed]
    assert offers(nurse, add.replace("ProsePlugin", "CalloutPlugin") + "&plugin_position=1") == []

    opened = opened_as(nurse, edit)
    sent = {
        "heading": "New",
        "body": "<p>New words.</p>",
        "opened_as": opened,
        "_autosave": f"{first['edition']} prose_form",
    }
    reply = nurse.post(edit, sent)
    assert b"cms-close-frame" in reply.content
    assert Prose.objects.get(pk=block.pk).heading == "New"
    assert offers(nurse, edit) == []

    assert send(nurse, page(nurse, edit), typed, form="prose_form") == 204
    CMSPlugin.objects.get(pk=block.pk).delete()
    assert Autosave.objects.filter(address__contains="edit-plugin", is_done=False).count() == 0


def test_taking_a_text_up_again_still_says_what_others_saved_meanwhile() -> None:
    nurse = member("Nurse")
    data = page(nurse, CLINIC)
    assert send(nurse, data, [*TYPED, ["opened_as", opened_as(nurse)]]) == 204
    Clinic.objects.update(address="What a colleague saved")
    kept = dict(offers(nurse)[0])
    reply = nurse.post(CLINIC, clinic_fields(nurse) | kept)
    assert reply.status_code == 200
    assert "What a colleague saved" in reply.content.decode()
    assert Clinic.objects.get().address == "What a colleague saved"


def test_a_changed_fact_is_kept_until_its_effects_were_confirmed() -> None:
    doctor = member("Doctor")
    treatment = Treatment.objects.first()
    assert treatment is not None
    address = f"/admin/content/treatment/{treatment.pk}/change/"
    reply = doctor.get(address)
    data, form = data_of(reply), html.fromstring(reply.content).get_element_by_id("treatment_form")
    sent = dict(form.form_values()) | {"weeks_between_max": "9", data["sentField"]: f"{data['edition']} treatment_form"}
    assert send(doctor, data, [["weeks_between_max", "9"]], form="treatment_form") == 204
    question = doctor.post(address, sent)
    assert question.status_code == 200
    assert offers(doctor, address) == [[["weeks_between_max", "9"]]]
    confirm = html.fromstring(question.content).xpath("//main//form")[0]
    assert doctor.post(address, dict(confirm.form_values())).status_code == 302
    assert offers(doctor, address) == []
