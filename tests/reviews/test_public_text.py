"""All public text outside pages is in one list: forms, approval, signing and the command refuse overclaims in it."""

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
from content.gallery import readiness
from content.gallery.approval import NotReadyError, approve
from content.ledger.models import Entry
from content.models import Case, Clinic, Clinician, Photo, SignOff, Treatment
from content.reviews import page_checks, page_text, public_text, signing
from content.reviews.public_text import CHECK_FAILED, PHOTO_ALT, PUBLIC_TEXT_FIELDS, PublicTextField, problems
from content.seed.loader import FOLDER
from content.wording.checks import check
from content.wording.findings import Kind, Level, PageText, Passage
from tests.factories import DAY, NOON, CaseFactory, doctor, page_of_kind
from tests.rendering import complaints, text_of, typed
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var")]
ROOT = Path(__file__).resolve().parents[2]

#: Texts that once escaped the checks, by field.
ESCAPED = {
    "content.Case.device": "FDA-approved painless pen, guaranteed results",
    "content.Photo.alt": "Painless! All stretch marks removed",
    "content.Clinic.strapline": "Painless. Permanent. Guaranteed.",
    "content.Clinic.hours": "every 2 weeks",
    "content.Clinician.title": "Guaranteed painless specialist",
}

GENERATED = "a code, key or address made by the program"
COPY = "a copy of what is checked where it is written"
STAFF_ONLY = "only staff read it"
DIGITS_ONLY = "its validator lets nothing but digits through"

#: What no check reads, each with its reason.
UNCHECKED_APPS = {
    "admin": STAFF_ONLY,
    "auth": STAFF_ONLY,
    "axes": STAFF_ONLY,
    "contenttypes": GENERATED,
    "djangocms_text": "no slot takes this kind of block",
    "djangocms_versioning": STAFF_ONLY,
    "menus": GENERATED,
    "otp_static": STAFF_ONLY,
    "otp_totp": STAFF_ONLY,
    "sessions": GENERATED,
}
UNCHECKED_MODELS = {
    "cms.CMSPlugin": GENERATED,
    "cms.Page": GENERATED,
    "cms.PageUrl": "a copy of the version's address, which its page's checks read",
    "cms.Placeholder": GENERATED,
    "cms.PlaceholderReference": STAFF_ONLY,
    "cms.UrlconfRevision": GENERATED,
    "cms.UserSettings": STAFF_ONLY,
    "content.Address": "a copy of a page's address",
    "content.Answer": STAFF_ONLY,
    "content.Autosave": STAFF_ONLY,
    "content.Comment": STAFF_ONLY,
    "content.CommentAnswer": STAFF_ONLY,
    "content.BlockChange": STAFF_ONLY,
    "content.Counter": GENERATED,
    "content.DayKey": GENERATED,
    "content.Entry": STAFF_ONLY,
    "content.EverPublic": GENERATED,
    "content.GivenReason": STAFF_ONLY,
    "content.Hold": STAFF_ONLY,
    "content.IdempotencyKey": GENERATED,
    "content.IndexStamp": GENERATED,
    "content.Outcome": STAFF_ONLY,
    "content.InterruptedSave": STAFF_ONLY,
    "content.LibraryFile": STAFF_ONLY,
    "content.LibraryPicture": STAFF_ONLY,
    "content.Passage": COPY,
    "content.Reopened": STAFF_ONLY,
    "content.Request": STAFF_ONLY,
    "content.Schedule": STAFF_ONLY,
    "content.SeededItem": GENERATED,
    "content.ShownHtml": STAFF_ONLY,
    "content.SignInLink": GENERATED,
    "content.Snapshot": STAFF_ONLY,
    "content.SnapshotDue": STAFF_ONLY,
    "content.Stamp": GENERATED,
    "content.Takeover": STAFF_ONLY,
    "content.Term": COPY,
    "sites.Site": "a copy of the clinic's name",
}
UNCHECKED_FIELDS = {
    "cms.PageContent.created_by": STAFF_ONLY,
    "cms.PageContent.changed_by": STAFF_ONLY,
    "cms.PageContent.language": GENERATED,
    "cms.PageContent.redirect": "an address of this site, where another page stands",
    "content.Case.code": GENERATED,
    "content.CaseGallery.cases": GENERATED,
    "content.Clinic.telephone": DIGITS_ONLY,
    "content.Clinic.out_of_hours_line": DIGITS_ONLY,
    "content.Clinic.emergency_line": DIGITS_ONLY,
    "content.Consent.form": GENERATED,
    "content.Consent.form_sha256": GENERATED,
    "content.Consent.reference": GENERATED,
    "content.Consent.wording": "a copy of a version of the wording, all of which are in the list",
    "content.Consent.wording_sha256": GENERATED,
    "content.Photo.sha256": GENERATED,
    "content.Photo.token": GENERATED,
    "content.SignOff.document": "a copy of the page that was signed",
    "content.SignOff.fingerprint": GENERATED,
    "content.SignOff.signed_by": STAFF_ONLY,
}
#: Names in public templates that equal an unchecked field's name and mean something else.
UNRELATED_NAMES = {
    "anchor": "of a part of a page, in its address",
    "code": "of a case, in its address",
    "form": "what a reader fills in",
    "number": "a count",
    "path": "the address of the request, or of a drawing",
    "problem": "what is wrong with a reader's own answer",
    "reason": "of a question: a row of a block, which the page's checks read",
    "reverse_id": "compared, never shown",
    "token": "of a photograph, in its address",
    "words": "what a reader typed",
}


def label_of(field: PublicTextField) -> str:
    return f"{field.model._meta.label}.{field.name}"


def text_fields_of(model: type[models.Model]) -> list[str]:
    """Return the fields of a model that can hold words, apart from menus, whose words are in the code."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field.name for field in model._meta.local_fields if isinstance(field, kinds) and not field.choices]


def listed_fields() -> set[str]:
    return {label_of(field) for field in PUBLIC_TEXT_FIELDS}


def block_fields() -> set[str]:
    """Return the fields of blocks that the checks of pages read."""
    blocks = (model for model in apps.get_models() if issubclass(model, Block))
    return {
        f"{model._meta.label}.{field.name}"
        for model in blocks
        for field in (*model.text_fields(), *model.rows_fields())
    }


def page_fields() -> set[str]:
    return {f"cms.PageContent.{name}" for name in (*page_text.PAGE_TEXTS, *page_text.ADDRESS_FIELDS)}


def test_every_text_field_of_every_model_is_checked_or_has_a_reason() -> None:
    known = listed_fields() | (block_fields() - {"content.CaseGallery.cases"}) | page_fields()
    every = {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model._meta.app_label not in UNCHECKED_APPS and model._meta.label not in UNCHECKED_MODELS
        for name in text_fields_of(model)
    }
    assert sorted(every - known - set(UNCHECKED_FIELDS)) == [], (
        "put it into PUBLIC_TEXT_FIELDS, or here with the reason"
    )
    assert sorted(set(UNCHECKED_FIELDS) - every) == [], "no such field any more"
    assert sorted(known & set(UNCHECKED_FIELDS)) == []
    labels = {model._meta.label for model in apps.get_models()}
    assert set(UNCHECKED_MODELS) <= labels
    assert {*UNCHECKED_APPS} <= {model._meta.app_label for model in apps.get_models()}


def public_templates() -> list[Path]:
    staff_folders = {"staff", "admin", "registration", "djangocms_versioning"}
    found = sorted((ROOT / "templates").rglob("*.html"))
    return [path for path in found if path.relative_to(ROOT / "templates").parts[0] not in staff_folders]


def test_public_templates_show_checked_fields_only() -> None:
    read = {label.rsplit(".", 1)[1] for label in listed_fields() | block_fields() | page_fields()}
    read |= {"telephone", "out_of_hours_line", "emergency_line"}
    unread = {name for model in apps.get_models() for name in text_fields_of(model)} - read
    shown: dict[str, set[str]] = {}
    for path in public_templates():
        for tag in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text()):
            for name in re.findall(r"\.([a-z_]+)", re.sub(r"\"[^\"]*\"", "", tag)):
                shown.setdefault(name, set()).add(path.name)
    assert {name: where for name, where in shown.items() if name in unread - set(UNRELATED_NAMES)} == {}
    assert set(UNRELATED_NAMES) - set(shown) == set()


@pytest.mark.parametrize("path", public_templates(), ids=lambda path: path.name)
def test_public_templates_contain_no_overclaims(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|<(script|style)\b.*?</\1>", "", path.read_text(), flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " … ", source, flags=re.DOTALL)
    passages = [Passage("", None, Kind.TEXT, "", html=source)]
    passages += [
        Passage("", None, Kind.TEXT, "", text) for text in re.findall(r"(?:alt|title|aria-label)=\"([^\"]+)\"", source)
    ]
    findings = [finding for finding in check(PageText(passages)) if finding.level is Level.BLOCKING and finding.word]
    assert [(finding.quoted, finding.word) for finding in findings] == []


def test_first_content_and_built_in_text_pass() -> None:
    for place, url, findings in public_text.all_findings():
        assert [finding.quoted for finding in findings] == [], (place, url)
    places = [place for place, _ in public_text.built_in_passages()]
    assert "wording of the consent, version 1" in places
    assert "menu “Outcome” of a case" in places
    for case in tomllib.loads((FOLDER / "cases.toml").read_text())["case"]:
        for side in ("before", "after"):
            assert problems(PHOTO_ALT, case[side]) == []


def field_of(label: str) -> PublicTextField:
    return next(field for field in PUBLIC_TEXT_FIELDS if label_of(field) == label)


@pytest.mark.parametrize("label", sorted(label_of(field) for field in PUBLIC_TEXT_FIELDS))
def test_every_listed_field_refuses_overclaims(label: str) -> None:
    listed = field_of(label)
    record = listed.model(**{listed.name: "Painless. Guaranteed."})
    with pytest.raises(Exception, match="“painless” promises more") as refused:
        record.clean_fields(exclude=[field.name for field in listed.model._meta.fields if field.name != listed.name])
    assert set(refused.value.message_dict) == {listed.name}  # type: ignore[attr-defined]


@pytest.mark.parametrize("label", ESCAPED)
def test_texts_that_once_escaped_are_refused(label: str) -> None:
    assert problems(field_of(label), ESCAPED[label])


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
def test_honest_text_and_names_pass(label: str, text: str) -> None:
    assert problems(field_of(label), text) == []


def test_contradicting_number_suggests_the_fact_in_words() -> None:
    [sentence] = problems(field_of("content.Clinic.hours"), "every 2 weeks")
    assert sentence.endswith("Write “4 to 6 weeks”, or leave the number out.")
    assert problems(field_of("content.Clinic.hours"), "every 4 to 6 weeks") == []
    treatment = Treatment.objects.get()
    treatment.pk, treatment.name, treatment.page = None, "Another", None
    treatment.weeks_between_min = treatment.weeks_between_max = 2
    treatment._state.adding = True
    treatment.save()
    assert problems(field_of("content.Clinic.hours"), "every 2 weeks") == []


def test_failing_check_refuses_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: PageText) -> None:
        raise RuntimeError("a check that is broken")

    case = CaseFactory(approved_at=None)
    monkeypatch.setattr(public_text, "check", fails)
    assert problems(field_of("content.Clinic.hours"), "9am to 6pm") == [CHECK_FAILED]
    assert CHECK_FAILED in readiness.missing_items(case, DAY)


def errors_beside(reply: Any, name: str) -> list[str]:
    """The sentences that stand with this box, which still holds what was typed."""
    tree = html.fromstring(reply.content.decode())
    [row] = tree.find_class(f"field-{name}")
    return [text_of(item) for errors in row.find_class("errorlist") for item in errors.iter("li")]


def sent(client: Client, url: str) -> dict[str, Any]:
    """What the admin's form at this address sends when it is saved unchanged."""
    tree = html.fromstring(client.get(url).content.decode())
    [form] = [form for form in tree.forms if "_save" in form.fields or "opened_as" in form.fields]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_clinic_form_shows_errors_beside_the_field_and_keeps_the_input() -> None:
    owner, url = member("Owner"), "/admin/content/clinic/1/change/"
    values = sent(owner, url) | {
        "strapline": ESCAPED["content.Clinic.strapline"],
        "hours": ESCAPED["content.Clinic.hours"],
    }
    reply = owner.post(url, values)
    errors = errors_beside(reply, "strapline")
    assert [sentence.split(" promises")[0] for sentence in errors] == ["“painless”", "“permanent”", "“guaranteed”"]
    assert "“4 to 6 weeks”" in errors_beside(reply, "hours")[0]
    assert {values["strapline"], values["hours"]} <= typed(reply)
    assert Clinic.objects.get().strapline == "Skin Clinic"
    assert not Entry.objects.exists()
    reply = owner.post(url, {**values, "strapline": "Skin and laser", "hours": "Weekdays"})
    assert reply.status_code == 302
    assert Clinic.objects.get().strapline == "Skin and laser"


def test_clinician_form_shows_errors_beside_the_title() -> None:
    owner, url = member("Owner"), "/admin/content/clinician/add/"
    values = {"shown_name": "Dr Anna Best", "title": ESCAPED["content.Clinician.title"], "register_number": ""}
    reply = owner.post(url, values)
    assert "“painless” promises more" in " ".join(errors_beside(reply, "title"))
    assert values["title"] in typed(reply)
    assert owner.post(url, {**values, "title": "Dermatologist"}).status_code == 302
    assert Clinician.objects.filter(shown_name="Dr Anna Best").exists()


def test_case_form_refuses_the_device_and_keeps_the_approval() -> None:
    case, nurse = CaseFactory(), member("Nurse")
    url = f"/admin/content/case/{case.pk}/change/"
    reply = nurse.post(url, {**sent(nurse, url), "device": ESCAPED["content.Case.device"]})
    errors = " ".join(errors_beside(reply, "device"))
    assert "“FDA-approved”" in errors
    assert "“painless”" in errors
    assert ESCAPED["content.Case.device"] in typed(reply)
    assert case.is_showable(DAY)


def test_photograph_form_refuses_the_alt_text_and_keeps_the_input() -> None:
    case, nurse = CaseFactory(), member("Nurse")
    photos = case.pairs.get().photos
    values = {f"photo-{photo.pk}-cut_{side}": "0" for photo in photos for side in ("left", "right", "top", "bottom")}
    values |= {f"photo-{photo.pk}-captured_on": str(photo.captured_on) for photo in photos}
    values |= {f"photo-{photo.pk}-alt": ESCAPED["content.Photo.alt"] for photo in photos}
    reply = nurse.post(f"/admin/content/case/{case.pk}/photographs/", {"do": "describe", **values})
    assert sum("“painless” promises more" in sentence for sentence in complaints(reply)) == 2
    assert ESCAPED["content.Photo.alt"] in typed(reply)
    assert case.is_showable(DAY)
    assert not Photo.objects.filter(alt__startswith="Painless").exists()


def overclaim_in(case: Case, label: str) -> None:
    """Save the field's escaped text past its validators, as older releases allowed."""
    model, field = label.rsplit(".", 1)
    at = {
        "content.Case": Case.objects.filter(pk=case.pk),
        "content.Photo": Photo.objects.filter(pk=case.pairs.get().before.pk),
        "content.Clinician": Clinician.objects.filter(pk=case.attested_by.pk if case.attested_by else 0),
    }
    assert at[model].update(**{field: ESCAPED[label]}) == 1


@pytest.mark.parametrize("label", ["content.Case.device", "content.Photo.alt", "content.Clinician.title"])
def test_case_with_overclaims_is_not_approved_beside_its_showable_twin(label: str) -> None:
    twin, case = (CaseFactory(approved_at=None) for _ in range(2))
    approve(twin, actor="doctor", now=NOON, on=DAY)
    assert readiness.missing_items(case, DAY) == []
    overclaim_in(case, label)
    case = Case.objects.get(pk=case.pk)
    assert any("“painless” promises more" in sentence for sentence in readiness.missing_items(case, DAY))
    with pytest.raises(NotReadyError, match="“painless” promises more"):
        approve(case, actor="doctor", now=NOON, on=DAY)
    assert list(Case.objects.showable(DAY)) == [twin]


def test_command_reports_each_saved_overclaim_with_its_place_and_pages_stay_live(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CaseFactory()
    for label in ("content.Case.device", "content.Photo.alt", "content.Clinician.title"):
        overclaim_in(case, label)
    Clinic.objects.update(strapline=ESCAPED["content.Clinic.strapline"], hours=ESCAPED["content.Clinic.hours"])
    assert case.is_showable(DAY)
    for url in ("/", "/contact/", f"/before-and-after/{case.code}/"):
        assert client.get(url).status_code == 200, url
    with pytest.raises(SystemExit) as stopped:
        call_command("check_wording")
    assert stopped.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    stops = [line for line in lines if line.startswith("STOPS: ")]
    for start, url in {
        "case, device": f"/admin/content/case/{case.pk}/change/",
        "photograph, what it shows": f"/admin/content/case/{case.pk}/photographs/",
        "clinician, title": f"/admin/content/clinician/{case.attested_by.pk}/change/",
        "clinic, second line of the name": "/admin/content/clinic/1/change/",
        "clinic, opening hours": "/admin/content/clinic/1/change/",
    }.items():
        assert any(line.startswith(f"STOPS: {start}") and line.endswith(f"Correct it at {url}") for line in stops), (
            start
        )
    assert lines[-1].endswith(f"{len(stops)} to correct.")
    call_command("check_wording", "--page", "/contact/")


@pytest.mark.usefixtures("incomplete_pages")
def test_clinician_whose_title_overclaims_cannot_sign() -> None:
    draft = page_of_kind("topic")
    checks_of_page = {"due_on": DAY.replace(year=2027), "now": NOON, "on": DAY}
    Clinician.objects.filter(user=doctor()).update(title=ESCAPED["content.Clinician.title"])
    with pytest.raises(signing.RefusedError) as refused:
        signing.sign(draft, user=doctor(), **checks_of_page)
    assert any("“painless” promises more" in sentence for sentence in refused.value.problems)
    assert not SignOff.objects.exists()
    Clinician.objects.update(title="Dermatologist")
    assert signing.sign(draft, user=doctor(), **checks_of_page).title == "Dermatologist"


@pytest.mark.parametrize("name", ["title", "menu_title", "slug"])
@pytest.mark.parametrize("redirect", [None, "/contact/"])
def test_page_title_menu_title_and_slug_are_checked_also_on_redirects(name: str, redirect: str | None) -> None:
    draft = page_of_kind("clinic", title="Ours", slug="ours")
    PageContent.admin_manager.filter(pk=draft.pk).update(
        redirect=redirect, **{name: "painless-and-guaranteed" if name == "slug" else "Painless and guaranteed"}
    )
    draft = PageContent.admin_manager.get(pk=draft.pk)
    assert {finding.word for finding in page_checks.blocking_findings(draft)} == {"painless", "guaranteed"}
    with pytest.raises(ConditionFailed, match="2 things in the words of this page"):
        draft.versions.get().publish(doctor())
    PageContent.admin_manager.filter(pk=draft.pk).update(**{name: "is-it-painless" if name == "slug" else "Ours"})
    assert page_checks.blocking_findings(PageContent.admin_manager.get(pk=draft.pk)) == []
