"""The pages on which staff put a case together: what is refused says why, and nothing of the rest is lost."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import html
from PIL import Image

from content.consent import form_storage
from content.consent.wording import CURRENT
from content.gallery.withdrawal import withdraw
from content.ledger.models import Entry, Event
from content.models import Case, CasePhoto, Consent, Pair, Photo, Treatment
from tests.factories import (
    DAY,
    NOON,
    CaseFactory,
    CaseGalleryFactory,
    ConsentFactory,
    PairFactory,
    attesting_clinician,
    on_the_shelf,
)
from tests.gallery.test_photographs import file_of, skin
from tests.images import samples
from tests.images.conftest import left
from tests.rendering import complaints, text_of
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var"), pytest.mark.database_full]
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
FORM = {
    "reference": "K7QF-2M9D",
    "for_website": "on",
    "adult_on": "2025-01-01",
    "how_given": "PAPER",
    "given_on": "2025-01-01",
    "expires_on": "2027-01-01",
    "is_not_a_condition": "on",
    "has_copy": "on",
    "wording_version": "1",
}
DETAILS = {
    "body_area": "ABDOMEN",
    "cause": "PREGNANCY",
    "mark_colour": "SILVER",
    "skin_tone": "BLACK",
    "age_band": "FROM_25",
    "gender": "",
    "sessions": "4",
    "weeks_between": "5",
    "weeks_after": "12",
    "device": "Pen",
    "other_treatments": "none",
}


def page_text(browser: Client, address: str) -> str:
    reply = browser.get(address)
    assert reply.status_code == 200
    return text_of(html.fromstring(reply.content.decode()))


def scan(data: bytes = PDF, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- consents ---------------------------------------------------------------------------------------------------------
def test_a_consent_is_stored_with_its_form_and_recorded_in_the_ledger() -> None:
    reply = member("Nurse").post("/admin/content/consent/add/", {**FORM, "signed_form": scan()})
    assert reply.status_code == 302
    consent = Consent.objects.get()
    assert form_storage.path(consent.form).read_bytes() == PDF
    assert consent.wording == CURRENT.text()
    entry = Entry.objects.get()
    assert (entry.event, entry.subject, entry.actor) == (Event.CONSENT_RECORDED, "K7QF-2M9D", "a-nurse")
    assert "scan.pdf" not in str(entry.detail)


@pytest.mark.parametrize("kind", ["heic", "webp", "avif"])
def test_photographed_form_is_kept_as_a_jpeg_without_metadata(kind: str, var: Path) -> None:
    photograph = scan(samples.stuffed(kind), f"IMG_1.{kind}")
    assert member("Nurse").post("/admin/content/consent/add/", {**FORM, "signed_form": photograph}).status_code == 302
    kept = form_storage.path(Consent.objects.get().form)
    with Image.open(kept) as picture:
        assert (picture.format, sorted(picture.size)) == ("JPEG", sorted(samples.SIZE))
    assert samples.CANARY not in kept.read_bytes()
    assert left(var) == [str(kept.relative_to(var))]
    assert form_storage.media_type(kept.name) == "image/jpeg"


def test_a_consent_s_days_are_read_day_first_and_told_in_words() -> None:
    typed = {"adult_on": "02/01/2025", "given_on": "3 Jan 2025", "expires_on": "04.01.2027", "signed_form": scan()}
    reply = member("Nurse").post("/admin/content/consent/add/", {**FORM, **typed}, follow=True)
    consent = Consent.objects.get()
    assert (consent.adult_on, consent.given_on) == (date(2025, 1, 2), date(2025, 1, 3))
    said = "18 or over on 2 January 2025, signed on 3 January 2025, last day 4 January 2027."
    assert said in text_of(html.fromstring(reply.content.decode()))


def test_a_new_consents_code_comes_from_the_form_alone() -> None:
    tree = html.fromstring(member("Nurse").get("/admin/content/consent/add/").content.decode())
    assert tree.get_element_by_id("id_reference").get("value") is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reference": "Jane"}, "Write the code as it stands on the form, such as K7QF-2M9D."),
        ({"for_website": ""}, "Tick at least one use that the person said yes to."),
        ({"for_website": "", "for_search": "on"}, "Search engines list what is on the website"),
        ({"is_not_a_condition": ""}, "Without this the consent isn't free, and can't be recorded."),
        ({"has_copy": ""}, "Give the person a copy of the form first, then tick this."),
        ({"expires_on": "2024-01-01"}, "The last day is over already. Ask the person for a new consent."),
        ({"expires_on": "2040-01-01"}, "Five years is the longest"),
        ({"expires_on": ""}, "This field is required."),
        ({"given_on": "2026-03-02"}, "The day it was signed can’t be in the future."),
        ({"adult_on": "2026-03-02"}, "This day can’t be in the future: under 18 we do not treat or show anyone."),
        ({"adult_on": "31/02/2025"}, "There is no such day in the calendar. Choose another."),
        ({"adult_on": "01/02/25"}, "Write the year with four digits, like this: 31/03/2027."),
        ({"adult_on": "0025-02-01"}, "Write the year with four digits, like this: 31/03/2027."),
        (
            {"signed_form": scan(b"<html>")},
            "The signed form must be a PDF or a photograph (JPEG, PNG, WebP, AVIF or HEIC): scan it again",
        ),
        ({"signed_form": scan(b"", "IMG_1.HEIC")}, "The file is empty: if it is kept in the cloud, download it"),
        ({"signed_form": scan(b"RIFF\xff\0\0\0WEBP", "a.webp")}, "“a.webp” is damaged or incomplete"),
    ],
)
def test_an_invalid_consent_gets_its_sentence_and_what_was_typed_stays(
    change: dict[str, Any], sentence: str, var: Path
) -> None:
    reply = member("Nurse").post("/admin/content/consent/add/", {**FORM, **change})
    assert any(error.startswith(sentence) for error in complaints(reply)), complaints(reply)
    assert not Consent.objects.exists()
    assert not Entry.objects.exists()
    assert left(var) == []
    tree = html.fromstring(reply.content.decode())
    assert tree.get_element_by_id("id_given_on").get("value") == change.get("given_on", FORM["given_on"])


def test_what_was_public_under_a_consent_is_not_widened_by_a_correction() -> None:
    shown, mere = CaseFactory().consent, ConsentFactory(form="")
    browser = member("Nurse")
    for consent, is_saved in ((mere, True), (shown, False)):
        data = {**FORM, "reference": consent.reference, "expires_on": "2028-01-01", "for_teaching": "on"}
        reply = browser.post(f"/admin/content/consent/{consent.pk}/change/", data)
        assert (reply.status_code == 302) is is_saved
        consent.refresh_from_db()
        assert (consent.expires_on == date(2028, 1, 1)) is is_saved
    assert any("stays as it was signed" in error for error in complaints(reply))


@pytest.mark.parametrize("values", [{"withdrawn_at": NOON}, {"expires_on": DAY - timedelta(days=1)}])
def test_a_consent_that_is_over_cannot_be_changed(values: dict[str, Any]) -> None:
    consent = ConsentFactory(**values)
    reply = member("Doctor").post(f"/admin/content/consent/{consent.pk}/change/", {**FORM, "expires_on": "2028-01-01"})
    assert reply.status_code == 403
    assert Consent.objects.get().expires_on == consent.expires_on


def test_the_signed_form_is_given_to_staff_as_a_file_and_on_record(client: Client) -> None:
    member("Nurse").post("/admin/content/consent/add/", {**FORM, "signed_form": scan()})
    consent = Consent.objects.get()
    address = f"/admin/content/consent/{consent.pk}/signed-form/"
    assert client.get(address).status_code == 302
    reply = member("Reception").get(address)
    assert b"".join(reply) == PDF
    assert reply["Content-Disposition"] == 'attachment; filename="consent-K7QF-2M9D.pdf"'
    assert "no-store" in reply["Cache-Control"]
    last = Entry.objects.last()
    assert (last.event, last.subject, last.actor) == (Event.FORM_VIEWED, "K7QF-2M9D", "a-reception")


def test_the_printed_form_says_every_word_of_the_wording_and_has_a_new_code_each_time() -> None:
    nurse = member("Nurse")
    texts = [page_text(nurse, "/admin/content/consent/blank-form/") for _ in range(2)]
    for sentence in (*CURRENT.opening, *CURRENT.uses.values(), *CURRENT.statements):
        assert sentence in texts[0]
    assert CURRENT.sha256[:16] in texts[0]
    codes = [text.split("Reference code ")[1][:9] for text in texts]
    assert codes[0] != codes[1]
    assert not Consent.objects.exists()


def test_withdrawing_by_code_shows_what_it_covers_then_does_it_and_prints_a_receipt() -> None:
    case, twin = CaseFactory(), CaseFactory()
    reception = member("Reception")
    code = case.consent.reference.lower().replace("-", " ")
    wrong = reception.post("/admin/content/consent/withdraw/", {"reference": "ZZZZ-ZZZZ"})
    assert complaints(wrong) == ["No consent has this code. Check each sign; the code never holds 0, 1, I, L, O or U."]
    reply = reception.post("/admin/content/consent/withdraw/", {"reference": code})
    text = page_text(reception, reply["Location"])
    assert case.code in text
    assert twin.code not in text
    case.consent.refresh_from_db()
    assert case.consent.withdrawn_at is None
    done = reception.post(reply["Location"], follow=True)
    receipt = text_of(html.fromstring(done.content.decode()))
    for words in (
        "Withdrawn. Nothing of it is public any more.",
        case.consent.reference,
        "Belly, 4 sessions",
        "leaflets",
    ):
        assert words in receipt
    assert [one.is_showable(DAY) for one in (case, twin)] == [False, True]


def test_everything_held_under_a_code_is_one_archive_and_nothing_of_another() -> None:
    case, twin = CaseFactory(consent__form=""), CaseFactory()
    for case_photo in CasePhoto.objects.select_related("photo"):
        on_the_shelf(case_photo.photo)
    withdraw(case.consent, actor="reception", now=NOON)
    address = f"/admin/content/consent/{case.consent.pk}/everything/"
    assert member("Owner").get(address).status_code == 404
    reply = member("Owner").post(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(reply))) as packed:
        listed = packed.namelist()
        text = packed.read("held.json").decode()
    own = [photo.token for photo in case.pairs.get().photos]
    assert sorted(listed) == sorted(["held.json", *(f"photographs/{token}.jpg" for token in own)])
    for words in (
        case.code,
        case.consent.reference,
        "2025-01-02",
        "a consent was withdrawn",
        case.consent.wording[:40],
    ):
        assert words in text
    assert twin.code not in text
    assert Entry.objects.last().event == Event.CONSENT_EXPORTED


# --- cases ------------------------------------------------------------------------------------------------------------
def test_a_case_begins_with_its_area_alone_and_tells_what_is_still_to_do() -> None:
    nurse = member("Nurse")
    treatment = Treatment.objects.get().pk
    reply = nurse.post("/admin/content/case/add/", {"treatment": treatment, "body_area": "HIPS"})
    assert reply.status_code == 302
    case = Case.objects.get()
    text = page_text(nurse, f"/admin/content/case/{case.pk}/photographs/")
    assert "Incomplete." in text
    assert "Record the person’s consent, and choose it here." in text
    assert Entry.objects.get().subject == case.code


def test_a_changed_case_needs_approval_again_and_an_unchanged_one_does_not() -> None:
    nurse, case = member("Nurse"), CaseFactory()
    data = {
        **DETAILS,
        "treatment": case.treatment_id,
        "consent": case.consent_id,
        "skin_tone": "MEDIUM_BROWN",
        "device": case.device,
    }
    address = f"/admin/content/case/{case.pk}/change/"
    assert nurse.post(address, data).status_code == 302
    assert case.is_showable(DAY)
    reply = nurse.post(address, {**data, "device": "Another pen"}, follow=True)
    assert "needs a doctor’s approval again" in reply.content.decode()
    assert not case.is_showable(DAY)


def test_another_consent_cannot_bring_a_withdrawn_case_back() -> None:
    nurse, case, other = member("Nurse"), CaseFactory(consent__withdrawn_at=NOON), ConsentFactory()
    data = {**DETAILS, "treatment": case.treatment_id, "consent": other.pk}
    reply = nurse.post(f"/admin/content/case/{case.pk}/change/", data)
    assert complaints(reply) == ["The person has withdrawn the consent of this case. It can’t be shown again."]
    assert Case.objects.get().consent == case.consent


def test_a_batch_stores_valid_files_and_says_why_of_the_rest(var: Path) -> None:
    case = CaseFactory(approved_at=None, pairs=0, consent__adult_on=date(2025, 1, 1))
    files = [
        SimpleUploadedFile("good.jpg", file_of(skin(), "x", "2025:01:02 10:00:00").read()),
        SimpleUploadedFile("virus.exe.jpg", b"MZ" + b"\0" * 500),
        SimpleUploadedFile("half.jpg", file_of(skin(), "x").read()[:3000]),
        SimpleUploadedFile("young.jpg", file_of(skin(shift=9), "x", "2020:01:02 10:00:00").read()),
        SimpleUploadedFile("again.jpg", file_of(skin(shift=5), "x").read()),
    ]
    address = f"/admin/content/case/{case.pk}/photographs/"
    reply = member("Nurse").post(
        address, {"do": "upload", "photographs": files}, headers={"Accept": "application/json"}
    )
    results = reply.json()["said"]
    assert [one["is_kept"] for one in results] == [True, False, False, False, True]
    for one, words in zip(
        results,
        ("“good.jpg” is kept: taken on 2 January 2025.", "“virus.exe.jpg” is not a photograph", "“half.jpg” is damaged",
         "“young.jpg” is from 2 January 2020", "“again.jpg” is kept: write the day it was taken."),
        strict=True,
    ):  # fmt: skip
        assert one["sentence"].startswith(words)
    assert CasePhoto.objects.count() == Photo.objects.count() == 2
    tokens = set(Photo.objects.values_list("token", flat=True))
    assert {name.split("/")[-1].split(".")[0] for name in left(var) if "originals" in name} == tokens


def test_without_a_script_the_same_sentences_stand_on_the_page() -> None:
    case = CaseFactory(approved_at=None, pairs=0)
    files = [SimpleUploadedFile("a.svg", b"<svg/>"), SimpleUploadedFile("b.jpg", file_of(skin(), "x").read())]
    address = f"/admin/content/case/{case.pk}/photographs/"
    reply = member("Nurse").post(address, {"do": "upload", "photographs": files}, follow=True)
    text = text_of(html.fromstring(reply.content.decode()))
    assert "“a.svg” is not a photograph this site can read" in text
    assert "“b.jpg” is kept" in text
    assert "Choose one or more photographs first." in text_of(
        html.fromstring(member("Nurse").post(address, {"do": "upload"}, follow=True).content.decode())
    )


def test_pairing_describing_and_approving_lead_to_the_gallery(client: Client) -> None:
    case = CaseFactory(approved_at=None, pairs=0, attested_by=None, outcome="", is_own_patient=False,
                       is_this_treatment_only=False, is_unretouched=False)  # fmt: skip
    nurse, doctor = member("Nurse"), member("Doctor")
    address = f"/admin/content/case/{case.pk}/photographs/"
    files = [
        SimpleUploadedFile(f"{n}.jpg", file_of(skin(shift=n), "x", taken).read())
        for n, taken in enumerate(("2025:08:01 10:00:00", "2025:01:02 10:00:00"))
    ]
    nurse.post(address, {"do": "upload", "photographs": files})
    later, earlier = Photo.objects.order_by("pk")
    tree = html.fromstring(nurse.get(address).content.decode())
    assert {box.get("name"): box.get("value") for box in tree.xpath("//input[@checked]")} == {
        "before": str(earlier.pk),
        "after": str(later.pk),
    }
    nurse.post(address, {"do": "pair", "view": "FRONT", "before": earlier.pk, "after": later.pk})
    words = {}
    for photo in (earlier, later):
        start = f"photo-{photo.pk}-"
        cuts = {f"{start}{name}": "0" for name in ("cut_left", "cut_right", "cut_top", "cut_bottom", "tilt")}
        words |= cuts | {f"{start}alt": f"Abdomen {photo.pk}", f"{start}captured_on": str(photo.captured_on)}
    assert nurse.post(address, {"do": "describe", **words}).status_code == 302
    approval = {"outcome": "SMALL", "attested_by": attesting_clinician().pk}
    ticks = dict.fromkeys(["is_own_patient", "is_this_treatment_only", "is_unretouched"], "on")
    approve = f"/admin/content/case/{case.pk}/approve/"
    seen = html.fromstring(doctor.get(approve).content.decode()).xpath("//input[@name='seen']/@value")[0]
    approval["seen"] = seen
    refused = doctor.post(approve, {**approval, "is_own_patient": "on"})
    assert "All three statements have to be true, or the case can’t be shown." in complaints(refused)
    assert client.get(f"/before-and-after/{case.code}/").status_code == 404
    assert doctor.post(approve, {**approval, **ticks}).status_code == 302
    assert client.get(f"/before-and-after/{case.code}/").status_code == 200
    assert doctor.post(approve, {"do": "end"}).status_code == 302
    assert client.get(f"/before-and-after/{case.code}/").status_code == 410


def test_staff_turn_a_photograph_in_the_tray_and_in_a_pair_and_lose_no_word() -> None:
    case = CaseFactory(approved_at=None, pairs=0)
    nurse, address = member("Nurse"), f"/admin/content/case/{case.pk}/photographs/"
    files = [SimpleUploadedFile(f"{n}.jpg", file_of(skin(shift=n), "x").read()) for n in range(2)]
    nurse.post(address, {"do": "upload", "photographs": files})
    first, second = Photo.objects.order_by("pk")
    form = html.fromstring(nurse.get(address).content.decode()).xpath("//form[.//input[@value='turn']]")[0]
    data = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    for _ in range(2):  # pressed twice
        assert nurse.post(address, data).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert sorted([first.turned, second.turned]) == [0, 90]
    nurse.post(address, {"do": "pair", "view": "FRONT", "before": first.pk, "after": second.pk})
    form = html.fromstring(nurse.get(address).content.decode()).xpath("//form[.//button[@value='turn-after']]")[0]
    words = {field.name: field.value for field in form.inputs if field.name and field.name != "then"}
    words |= {f"photo-{second.pk}-alt": "Written before it was turned", "then": "turn-after"}
    was = second.turned
    assert nurse.post(address, {name: value or "" for name, value in words.items()}).status_code == 302
    second.refresh_from_db()
    assert (second.turned, second.alt) == ((was + 90) % 360, "Written before it was turned")
    assert nurse.post(address, {"do": "turn", "photo": first.pk, "to": "45"}).status_code == 302
    first.refresh_from_db()
    assert first.turned % 90 == 0


def test_refused_words_stay_as_they_were_typed_and_nothing_is_half_saved() -> None:
    case = CaseFactory(approved_at=None)
    before, after = case.pairs.get().photos
    cuts = {
        f"photo-{photo.pk}-cut_{side}": "0" for photo in (before, after) for side in ("left", "right", "top", "bottom")
    }
    data = {
        **cuts,
        "do": "describe",
        f"photo-{before.pk}-alt": "New words",
        f"photo-{before.pk}-captured_on": "2025-01-02",
        f"photo-{after.pk}-alt": "Other words",
        f"photo-{after.pk}-captured_on": "2026-03-02",
        f"photo-{before.pk}-cut_left": "50",
        f"photo-{before.pk}-cut_right": "50",
    }
    for photo in (before, after):
        on_the_shelf(photo)
    reply = member("Nurse").post(f"/admin/content/case/{case.pk}/photographs/", data)
    errors = complaints(reply)
    assert "The day it was taken can’t be in the future." in errors
    assert "Cut away at most 80 % from both sides together." in errors
    text = reply.content.decode()
    assert "New words" in text
    assert "Other words" in text
    before.refresh_from_db()
    assert "New words" not in before.alt


def test_a_withdrawn_case_takes_nothing_more() -> None:
    case = CaseFactory(consent__withdrawn_at=NOON)
    address = f"/admin/content/case/{case.pk}/photographs/"
    nurse = member("Nurse")
    assert nurse.post(address, {"do": "apart", "pair": case.pairs.get().pk}).status_code == 403
    file = SimpleUploadedFile("b.jpg", file_of(skin(), "x").read())
    assert nurse.post(address, {"do": "upload", "photographs": file}).status_code == 403
    assert Pair.objects.count() == 1
    assert Photo.objects.count() == 2
    text = page_text(nurse, address)
    assert "Its pictures are locked away." in text
    assert "upload it again" not in text
    assert "Look at these two closely" not in text
    assert "What it shows" not in text


@pytest.mark.parametrize("data", [{}, {"do": "format"}, {"do": "apart", "pair": "x"}, {"do": "remove", "photo": "٣"}])
def test_an_unknown_action_changes_nothing(data: dict[str, str]) -> None:
    case = CaseFactory()
    reply = member("Nurse").post(f"/admin/content/case/{case.pk}/photographs/", data)
    assert reply.status_code in {403, 404}
    assert case.is_showable(DAY)


def test_the_list_answers_the_questions_of_the_day(django_assert_max_num_queries: Any) -> None:
    shown = CaseFactory(consent__expires_on=DAY + timedelta(days=10))
    CaseFactory(approved_at=None, device="")
    CaseFactory(consent__withdrawn_at=NOON, body_area="HIPS")
    CaseGalleryFactory(cases=[{"code": shown.code}])
    nurse = member("Nurse")
    text = page_text(nurse, "/admin/content/case/")
    for words in (
        "Yes, until 11 March 2026.",
        "Urgent: the consent ends in 10 days.",
        "No, not yet: Fill in the device.",
        "No: the person has withdrawn their consent.",
        "The gallery",
        "A topic page (draft)",
        "Nowhere public",
    ):
        assert words in text, words
    for _ in range(20):
        PairFactory(case=CaseFactory(pairs=0))
    with django_assert_max_num_queries(25):
        nurse.get("/admin/content/case/")


def test_a_case_that_was_public_cannot_be_deleted_and_another_goes_with_its_photographs(
    var: Path, django_capture_on_commit_callbacks: Any
) -> None:
    public, other = CaseFactory(), CaseFactory(approved_at=None)
    for case_photo in CasePhoto.objects.select_related("photo"):
        on_the_shelf(case_photo.photo)
    nurse = member("Nurse")
    assert nurse.post(f"/admin/content/case/{public.pk}/delete/", {"post": "yes"}).status_code == 403
    assert nurse.get(f"/admin/content/case/{other.pk}/delete/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert nurse.post(f"/admin/content/case/{other.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Case.objects.all()) == [public]
    tokens = {photo.token for photo in public.pairs.get().photos}
    assert {name.split("/")[2].split(".")[0] for name in left(var) if "originals" in name} == tokens


def test_the_command_writes_the_same_archive_and_overwrites_nothing(var: Path) -> None:
    case = CaseFactory()
    target = var / "held.zip"
    call_command("export_reference", case.consent.reference.lower(), str(target))
    assert target.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(target) as packed:
        assert case.code in packed.read("held.json").decode()
        assert len(packed.namelist()) == 3
    for code, words in (
        (case.consent.reference, "can't be written: File exists"),
        ("ZZZZ-ZZZZ", "No consent has this code"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("export_reference", code, str(target))
    assert Entry.objects.filter(event=Event.CONSENT_EXPORTED).count() == 1
