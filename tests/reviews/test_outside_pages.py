"""Every text that the public reads outside pages is in one list: its form, an approval and the command all refuse it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cms.models import PageContent
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from djangocms_versioning.exceptions import ConditionFailed
from lxml import html

from content.blocks.base import Block
from content.gallery import standing
from content.gallery.approval import NotReadyError, approve
from content.ledger.models import Entry
from content.models import Case, Clinic, Clinician, Photo, SignOff, Treatment
from content.reviews import checks, outside_pages, signing
from content.reviews.outside_pages import BROKEN, OUTSIDE, Outside, problems
from content.seed.loader import FOLDER
from content.wording.checks import check
from content.wording.passages import Kind, Level, PageText, Passage
from tests.factories import DAY, NOON, CaseFactory, doctor, page_of_kind
from tests.rendering import complaints, text_of, typed
from tests.staff.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var")]
ROOT = Path(__file__).resolve().parents[2]

#: The cases by which the checks were led round once, each with the field it stood in.
LED_ROUND = {
    "content.Case.device": "FDA-approved painless pen, guaranteed results",
    "content.Photo.alt": "Painless! All stretch marks removed",
    "content.Clinic.strapline": "Painless. Permanent. Guaranteed.",
    "content.Clinic.hours": "every 2 weeks",
    "content.Clinician.title": "Guaranteed painless specialist",
}

A_CODE = "a code, key or address made by the program"
A_COPY = "a copy of what is checked where it is written"
FOR_STAFF = "only staff read it"
OF_ITS_OWN = "its own check lets nothing but digits through"

#: What no check reads, each with its reason.
APPS = {
    "admin": FOR_STAFF,
    "auth": FOR_STAFF,
    "axes": FOR_STAFF,
    "contenttypes": A_CODE,
    "djangocms_text": "no slot takes this kind of block",
    "djangocms_versioning": FOR_STAFF,
    "menus": A_CODE,
    "otp_static": FOR_STAFF,
    "otp_totp": FOR_STAFF,
    "sessions": A_CODE,
}
MODELS = {
    "cms.CMSPlugin": A_CODE,
    "cms.Page": A_CODE,
    "cms.PageUrl": "a copy of the version's address, which its page's checks read",
    "cms.Placeholder": A_CODE,
    "cms.PlaceholderReference": FOR_STAFF,
    "cms.UrlconfRevision": A_CODE,
    "cms.UserSettings": FOR_STAFF,
    "content.Address": "a copy of a page's address",
    "content.Answer": FOR_STAFF,
    "content.Counter": A_CODE,
    "content.DayKey": A_CODE,
    "content.Entry": FOR_STAFF,
    "content.EverPublic": A_CODE,
    "content.GivenReason": FOR_STAFF,
    "content.Hold": FOR_STAFF,
    "content.IndexStamp": A_CODE,
    "content.Passage": A_COPY,
    "content.Reopened": FOR_STAFF,
    "content.Request": FOR_STAFF,
    "content.Schedule": FOR_STAFF,
    "content.SeededItem": A_CODE,
    "content.ShownHtml": FOR_STAFF,
    "content.SignInLink": A_CODE,
    "content.Snapshot": FOR_STAFF,
    "content.SnapshotDue": FOR_STAFF,
    "content.Stamp": A_CODE,
    "content.Term": A_COPY,
    "sites.Site": "a copy of the clinic's name",
}
FIELDS = {
    "cms.PageContent.created_by": FOR_STAFF,
    "cms.PageContent.changed_by": FOR_STAFF,
    "cms.PageContent.language": A_CODE,
    "cms.PageContent.redirect": "an address of this site, where another page stands",
    "content.Case.code": A_CODE,
    "content.CaseGallery.cases": A_CODE,
    "content.Clinic.telephone": OF_ITS_OWN,
    "content.Clinic.out_of_hours_line": OF_ITS_OWN,
    "content.Clinic.emergency_line": OF_ITS_OWN,
    "content.Consent.form": A_CODE,
    "content.Consent.form_sha256": A_CODE,
    "content.Consent.reference": A_CODE,
    "content.Consent.wording": "a copy of a version of the wording, all of which are in the list",
    "content.Consent.wording_sha256": A_CODE,
    "content.Photo.sha256": A_CODE,
    "content.Photo.token": A_CODE,
    "content.SignOff.document": "a copy of the page that was signed",
    "content.SignOff.fingerprint": A_CODE,
    "content.SignOff.signed_by": FOR_STAFF,
}
#: What public templates name that is called like a text of a model and is none.
NAMED = {
    "anchor": "of a part of a page, in its address",
    "code": "of a case, in its address",
    "form": "what a reader fills in",
    "number": "a count",
    "path": "the address of the request, or of a drawing",
    "problem": "what is wrong with a reader's own answer",
    "reason": "of a question: a row of a block, which the page's checks read",
    "reverse_id": "compared, never shown",
    "words": "what a reader typed",
}


def texts(model: type[models.Model]) -> list[str]:
    """The fields of a model that can hold words; a menu's words are in the program."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field.name for field in model._meta.local_fields if isinstance(field, kinds) and not field.choices]


def listed() -> set[str]:
    return {f"{one.model._meta.label}.{one.field}" for one in OUTSIDE}


def of_blocks() -> set[str]:
    """What the checks of pages read of blocks."""
    found = (model for model in apps.get_models() if issubclass(model, Block))
    return {f"{one._meta.label}.{field.name}" for one in found for field in (*one.text_fields(), *one.rows_fields())}


def of_pages() -> set[str]:
    return {f"cms.PageContent.{name}" for name in (*checks.PAGE_TEXTS, *checks.ADDRESSES)}


@pytest.mark.anywhere
def test_every_text_of_every_model_is_checked_or_says_why_not() -> None:
    known = listed() | (of_blocks() - {"content.CaseGallery.cases"}) | of_pages()
    every = {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model._meta.app_label not in APPS and model._meta.label not in MODELS
        for name in texts(model)
    }
    assert sorted(every - known - set(FIELDS)) == [], "put it into OUTSIDE, or here with the reason"
    assert sorted(set(FIELDS) - every) == [], "no such field any more"
    assert sorted(known & set(FIELDS)) == []
    labels = {model._meta.label for model in apps.get_models()}
    assert set(MODELS) <= labels
    assert {*APPS} <= {model._meta.app_label for model in apps.get_models()}


def public_templates() -> list[Path]:
    staffs = {"staff", "admin", "registration", "djangocms_versioning"}
    found = sorted((ROOT / "templates").rglob("*.html"))
    return [path for path in found if path.relative_to(ROOT / "templates").parts[0] not in staffs]


@pytest.mark.anywhere
def test_public_templates_show_no_text_that_is_in_no_list() -> None:
    read = {label.rsplit(".", 1)[1] for label in listed() | of_blocks() | of_pages()}
    read |= {"telephone", "out_of_hours_line", "emergency_line"}
    unread = {name for model in apps.get_models() for name in texts(model)} - read
    shown: dict[str, set[str]] = {}
    for path in public_templates():
        for tag in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text()):
            for name in re.findall(r"\.([a-z_]+)", re.sub(r"\"[^\"]*\"", "", tag)):
                shown.setdefault(name, set()).add(path.name)
    assert {name: where for name, where in shown.items() if name in unread - set(NAMED)} == {}
    assert set(NAMED) - set(shown) == set()


@pytest.mark.anywhere
@pytest.mark.parametrize("path", public_templates(), ids=lambda path: path.name)
def test_the_words_of_public_templates_themselves_promise_nothing(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|<(script|style)\b.*?</\1>", "", path.read_text(), flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " … ", source, flags=re.DOTALL)
    said = [Passage("", None, Kind.TEXT, "", html=source)]
    said += [
        Passage("", None, Kind.TEXT, "", text) for text in re.findall(r"(?:alt|title|aria-label)=\"([^\"]+)\"", source)
    ]
    found = [one for one in check(PageText(said)) if one.level is Level.BLOCKING and one.word]
    assert [(one.quoted, one.word) for one in found] == []


def test_what_comes_with_the_program_passes() -> None:
    for place, mend, findings in outside_pages.everything():
        assert [finding.quoted for finding in findings] == [], (place, mend)
    places = [place for place, _ in outside_pages.fixed()]
    assert "wording of the consent, version 1" in places
    assert "menu “Outcome” of a case" in places
    for one in tomllib.loads((FOLDER / "cases.toml").read_text())["case"]:
        for side in ("before", "after"):
            assert problems(outside_pages.ALT, one[side]) == []


def of(label: str) -> Outside:
    return next(one for one in OUTSIDE if f"{one.model._meta.label}.{one.field}" == label)


@pytest.mark.parametrize("label", sorted({f"{one.model._meta.label}.{one.field}" for one in OUTSIDE}))
def test_every_field_of_the_list_refuses_when_it_is_saved(label: str) -> None:
    one = of(label)
    record = one.model(**{one.field: "Painless. Guaranteed."})
    with pytest.raises(Exception, match="“painless” promises more") as refused:
        record.clean_fields(exclude=[field.name for field in one.model._meta.fields if field.name != one.field])
    assert set(refused.value.message_dict) == {one.field}  # type: ignore[attr-defined]


@pytest.mark.parametrize("label", LED_ROUND)
def test_what_led_round_the_checks_is_refused(label: str) -> None:
    assert problems(of(label), LED_ROUND[label])


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("content.Case.device", "Motorised pen, 12 needles, 1.5 mm deep"),
        ("content.Case.other_treatments", "none"),
        (
            "content.Photo.alt",
            "Abdomen, front view, medium brown skin. About 20 vertical silver lines below the navel.",
        ),
        ("content.Clinic.strapline", "Skin Clinic"),
        ("content.Clinic.hours", "Monday to Friday, 9am to 6pm"),
        ("content.Clinic.address", "12 Quick Lane\nPerfect Cross XX1 2YY"),
        ("content.Clinician.shown_name", "Dr Anna Best"),
        ("content.Clinician.title", "Consultant dermatologist"),
        ("content.Clinician.register_number", "GMC 1234567"),
        ("content.Treatment.name", "Microneedling for stretch marks"),
    ],
)
def test_honest_words_and_peoples_own_names_pass(label: str, text: str) -> None:
    assert problems(of(label), text) == []


def test_a_number_is_answered_in_words_since_no_fact_can_be_quoted_there() -> None:
    [said] = problems(of("content.Clinic.hours"), "every 2 weeks")
    assert said.endswith("Write “4 to 6 weeks”, or leave the number out.")
    assert problems(of("content.Clinic.hours"), "every 4 to 6 weeks") == []
    treatment = Treatment.objects.get()
    treatment.pk, treatment.name, treatment.page = None, "Another", None
    treatment.weeks_between_min = treatment.weeks_between_max = 2
    treatment._state.adding = True
    treatment.save()
    assert problems(of("content.Clinic.hours"), "every 2 weeks") == []


def test_checks_that_fail_let_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: PageText) -> None:
        raise RuntimeError("a check that is broken")

    case = CaseFactory(approved_at=None)
    monkeypatch.setattr(outside_pages, "check", fails)
    assert problems(of("content.Clinic.hours"), "9am to 6pm") == [BROKEN]
    assert BROKEN in standing.missing(case, DAY)


def refused_beside(reply: Any, name: str) -> list[str]:
    """The sentences that stand with this box, which still holds what was typed."""
    tree = html.fromstring(reply.content.decode())
    [row] = tree.find_class(f"field-{name}")
    return [text_of(item) for errors in row.find_class("errorlist") for item in errors.iter("li")]


def sent(client: Client, url: str) -> dict[str, Any]:
    """What the admin's form at this address sends when it is saved unchanged."""
    tree = html.fromstring(client.get(url).content.decode())
    [form] = [one for one in tree.forms if "_save" in one.fields or "opened_as" in one.fields]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_the_clinics_record_says_so_beside_the_box_and_keeps_what_was_typed() -> None:
    owner, url = member("Owner"), "/admin/content/clinic/1/change/"
    values = sent(owner, url) | {
        "strapline": LED_ROUND["content.Clinic.strapline"],
        "hours": LED_ROUND["content.Clinic.hours"],
    }
    reply = owner.post(url, values)
    said = refused_beside(reply, "strapline")
    assert [sentence.split(" promises")[0] for sentence in said] == ["“painless”", "“permanent”", "“guaranteed”"]
    assert "“4 to 6 weeks”" in refused_beside(reply, "hours")[0]
    assert {values["strapline"], values["hours"]} <= typed(reply)
    assert Clinic.objects.get().strapline == "Skin Clinic"
    assert not Entry.objects.exists()
    reply = owner.post(url, {**values, "strapline": "Skin and laser", "hours": "Weekdays"})
    assert reply.status_code == 302
    assert Clinic.objects.get().strapline == "Skin and laser"


def test_a_clinicians_title_says_so_beside_the_box() -> None:
    owner, url = member("Owner"), "/admin/content/clinician/add/"
    values = {"shown_name": "Dr Anna Best", "title": LED_ROUND["content.Clinician.title"], "register_number": ""}
    reply = owner.post(url, values)
    assert "“painless” promises more" in " ".join(refused_beside(reply, "title"))
    assert values["title"] in typed(reply)
    assert owner.post(url, {**values, "title": "Dermatologist"}).status_code == 302
    assert Clinician.objects.filter(shown_name="Dr Anna Best").exists()


def test_a_cases_device_says_so_beside_the_box_and_ends_no_approval() -> None:
    case, nurse = CaseFactory(), member("Nurse")
    url = f"/admin/content/case/{case.pk}/change/"
    reply = nurse.post(url, {**sent(nurse, url), "device": LED_ROUND["content.Case.device"]})
    said = " ".join(refused_beside(reply, "device"))
    assert "“FDA-approved”" in said
    assert "“painless”" in said
    assert LED_ROUND["content.Case.device"] in typed(reply)
    assert case.is_showable(DAY)


def test_the_words_of_a_photograph_say_so_and_keep_what_was_typed() -> None:
    case, nurse = CaseFactory(), member("Nurse")
    photos = case.pairs.get().photos
    values = {f"photo-{one.pk}-cut_{side}": "0" for one in photos for side in ("left", "right", "top", "bottom")}
    values |= {f"photo-{one.pk}-captured_on": str(one.captured_on) for one in photos}
    values |= {f"photo-{one.pk}-alt": LED_ROUND["content.Photo.alt"] for one in photos}
    reply = nurse.post(f"/admin/content/case/{case.pk}/photographs/", {"do": "describe", **values})
    assert sum("“painless” promises more" in sentence for sentence in complaints(reply)) == 2
    assert LED_ROUND["content.Photo.alt"] in typed(reply)
    assert case.is_showable(DAY)
    assert not Photo.objects.filter(alt__startswith="Painless").exists()


def spoil(case: Case, label: str) -> None:
    """Put the words in as an older release let staff do."""
    model, field = label.rsplit(".", 1)
    at = {
        "content.Case": Case.objects.filter(pk=case.pk),
        "content.Photo": Photo.objects.filter(pk=case.pairs.get().before.pk),
        "content.Clinician": Clinician.objects.filter(pk=case.attested_by.pk if case.attested_by else 0),
    }
    assert at[model].update(**{field: LED_ROUND[label]}) == 1


@pytest.mark.parametrize("label", ["content.Case.device", "content.Photo.alt", "content.Clinician.title"])
def test_a_case_in_such_words_is_not_approved_beside_its_showable_twin(label: str) -> None:
    twin, case = (CaseFactory(approved_at=None) for _ in range(2))
    approve(twin, actor="doctor", now=NOON, on=DAY)
    assert standing.missing(case, DAY) == []
    spoil(case, label)
    case = Case.objects.get(pk=case.pk)
    assert any("“painless” promises more" in sentence for sentence in standing.missing(case, DAY))
    with pytest.raises(NotReadyError, match="“painless” promises more"):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert list(Case.objects.showable(DAY)) == [twin]


def test_a_site_that_holds_such_words_keeps_running_and_the_command_names_each_with_its_place(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CaseFactory()
    for label in ("content.Case.device", "content.Photo.alt", "content.Clinician.title"):
        spoil(case, label)
    Clinic.objects.update(strapline=LED_ROUND["content.Clinic.strapline"], hours=LED_ROUND["content.Clinic.hours"])
    assert case.is_showable(DAY)
    for url in ("/", "/contact/", f"/before-and-after/{case.code}/"):
        assert client.get(url).status_code == 200, url
    with pytest.raises(SystemExit) as stopped:
        call_command("check_wording")
    assert stopped.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    stops = [line for line in lines if line.startswith("STOPS: ")]
    for start, mend in {
        "case, device": f"/admin/content/case/{case.pk}/change/",
        "photograph, what it shows": f"/admin/content/case/{case.pk}/photographs/",
        "clinician, title": f"/admin/content/clinician/{case.attested_by.pk}/change/",
        "clinic, second line of the name": "/admin/content/clinic/1/change/",
        "clinic, opening hours": "/admin/content/clinic/1/change/",
    }.items():
        assert any(line.startswith(f"STOPS: {start}") and line.endswith(f"Mend it at {mend}") for line in stops), start
    assert lines[-1].endswith(f"{len(stops)} to be mended.")
    call_command("check_wording", "--page", "/contact/")


def test_nobody_signs_in_a_name_that_promises_too_much() -> None:
    draft = page_of_kind("topic")
    checks_of_page = {"due_on": DAY.replace(year=2027), "now": NOON, "on": DAY}
    Clinician.objects.filter(user=doctor()).update(title=LED_ROUND["content.Clinician.title"])
    with pytest.raises(signing.RefusedError) as refused:
        signing.sign(draft, user=doctor(), **checks_of_page)
    assert any("“painless” promises more" in sentence for sentence in refused.value.problems)
    assert not SignOff.objects.exists()
    Clinician.objects.update(title="Dermatologist")
    assert signing.sign(draft, user=doctor(), **checks_of_page).title == "Dermatologist"


@pytest.mark.usefixtures("whole_pages")
@pytest.mark.parametrize("name", ["title", "menu_title", "slug"])
@pytest.mark.parametrize("redirect", [None, "/contact/"])
def test_a_pages_name_its_menu_word_and_address_can_promise_nothing_even_where_it_leads_elsewhere(
    name: str, redirect: str | None
) -> None:
    draft = page_of_kind("clinic", title="Ours", slug="ours")
    PageContent.admin_manager.filter(pk=draft.pk).update(
        redirect=redirect, **{name: "painless-and-guaranteed" if name == "slug" else "Painless and guaranteed"}
    )
    draft = PageContent.admin_manager.get(pk=draft.pk)
    assert {one.word for one in checks.blocking(draft)} == {"painless", "guaranteed"}
    with pytest.raises(ConditionFailed, match="2 things in the words of this page"):
        draft.versions.get().publish(doctor())
    PageContent.admin_manager.filter(pk=draft.pk).update(**{name: "is-it-painless" if name == "slug" else "Ours"})
    assert checks.blocking(PageContent.admin_manager.get(pk=draft.pk)) == []
