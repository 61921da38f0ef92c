"""Ways in which a photograph could be shown without permission, each tried by someone who meant it: all are shut."""

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from lxml import html

from clinic_site.http.logs import RedactingFormatter
from content.consent import form_storage, withdrawal_journal
from content.consent.models import Consent
from content.gallery import photographs
from content.gallery.approval import NotReadyError, approve, end_approval, fingerprint
from content.gallery.withdrawal import finish_due, receipt, withdraw
from content.images import ingest, storage
from content.images.models import Photo
from content.ledger import triggers
from content.models import Case, EverPublic
from tests.factories import DAY, NOON, CaseFactory, ConsentFactory
from tests.gallery.test_photographs import NURSE, file_of, put_in, skin, two
from tests.rendering import body_of, complaints
from tests.staff.cases.test_case_views import DETAILS, FORM, scan
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "var"), pytest.mark.database]


def change(case: Case, **values: Any) -> Any:
    """A nurse's form of this case with some boxes changed."""
    same = {name: getattr(case, name) for name in DETAILS}
    data = {**same, "treatment": case.treatment_id, "consent": case.consent_id, **values}
    return member("Nurse").post(f"/admin/content/case/{case.pk}/change/", data)


def status(case: Case) -> int:
    return Client().get(f"/before-and-after/{case.code}/").status_code


def test_a_real_case_cannot_stand_on_a_samples_consent() -> None:
    sample = ConsentFactory(is_demo=True)
    case = CaseFactory(approved_at=None, consent=None)
    assert "Select a valid choice" in complaints(change(case, consent=sample.pk))[0]
    Case.objects.filter(pk=case.pk).update(consent=sample)
    with pytest.raises(NotReadyError, match="don’t go together"):
        approve(Case.objects.get(pk=case.pk), actor="doctor", now=NOON, on=DAY)


def test_a_sample_takes_no_real_photograph() -> None:
    case = CaseFactory(is_demo=True)
    address = f"/admin/content/case/{case.pk}/photographs/"
    file = SimpleUploadedFile("real.jpg", file_of(skin(), "x").read())
    for role in ("Nurse", "Doctor"):
        assert member(role).post(address, {"do": "upload", "photographs": file}).status_code == 403
        assert member(role).post(address, {"do": "apart", "pair": case.pairs.get().pk}).status_code == 403
        assert member(role).post(f"/admin/content/case/{case.pk}/change/", DETAILS).status_code == 403
    assert Photo.objects.count() == 2


def test_the_code_of_an_earlier_form_takes_down_what_a_later_one_shows() -> None:
    first = ConsentFactory()
    case, twin = CaseFactory(consent=first), CaseFactory()
    second = ConsentFactory(renews=first)
    assert change(case, consent=second.pk).status_code == 302
    case.refresh_from_db()
    case.is_own_patient = case.is_this_treatment_only = case.is_unretouched = True
    approve(case, actor="doctor", now=NOON, on=DAY)
    assert status(case) == 200
    withdraw(first, actor="reception", now=NOON)
    assert status(case) == 410
    assert status(twin) == 200
    assert receipt(first).cases == ["Belly, 4 sessions"]
    second.refresh_from_db()
    assert second.withdrawn_at == NOON


def test_photographs_of_one_person_do_not_move_to_anothers_consent() -> None:
    case, other = CaseFactory(approved_at=None), ConsentFactory()
    assert complaints(change(case, consent=other.pk))[0].startswith("The photographs here were taken in under")
    assert complaints(change(case, consent=""))[0].startswith("The photographs here were taken in under")
    case.refresh_from_db()
    assert case.consent != other


def test_a_case_keeps_a_withdrawn_consent_whoever_asks_the_database() -> None:
    case, other = CaseFactory(consent__withdrawn_at=NOON), ConsentFactory()
    for consent in (other, None):
        with pytest.raises(DatabaseError, match="keeps a consent"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(consent=consent, approved_at=None)
    fine = CaseFactory(approved_at=None)
    Case.objects.filter(pk=fine.pk).update(consent=other)
    assert triggers.are_installed()


def test_what_a_crop_hides_is_not_served_while_the_crop_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """the approval ends first, and a picture that was cropped otherwise lies where nobody asks for it."""
    case = CaseFactory(approved_at=None, pairs=0)
    made = two(case, skin((1200, 900)), skin((1200, 900), shift=3))
    for photo in made.photos:
        photo.alt, photo.cut_left = "Abdomen", 25
    photographs.save_details(case, list(made.photos), NURSE)
    Case.objects.filter(pk=case.pk).update(approved_at=NOON)
    EverPublic.objects.bulk_create([EverPublic(name=name) for name in (case.code, made.before.token)])
    address = f"/photographs/{made.before.token}/320.jpg"
    assert body_of(Client().get(address)).startswith(b"\xff\xd8")

    def full(photos: list[Photo]) -> None:
        assert Client().get(address).status_code == 410, "the approval has ended before any file is touched"
        raise OSError("full")

    monkeypatch.setattr(ingest, "rerender", full)
    made.before.cut_left = 0
    with pytest.raises(photographs.PhotographRefusedError, match="could not be drawn anew"):
        photographs.save_details(case, [made.before], NURSE)
    assert status(case) == 410
    stored = Photo.objects.get(pk=made.before.pk)
    assert not storage.current_renditions_folder(stored.token, stored.cut).exists()


def test_a_doctor_approves_only_what_she_has_seen() -> None:
    case = CaseFactory(approved_at=None)
    doctor, address = member("Doctor"), f"/admin/content/case/{case.pk}/approve/"
    page = html.fromstring(doctor.get(address).content.decode())
    data = {
        "seen": page.xpath("//input[@name='seen']/@value")[0],
        "outcome": "SMALL",
        "attested_by": case.attested_by.pk,
        **dict.fromkeys(["is_own_patient", "is_this_treatment_only", "is_unretouched"], "on"),
    }
    for change_it in (
        lambda: Case.objects.filter(pk=case.pk).update(device="Another"),
        lambda: Photo.objects.filter(pk=case.pairs.get().before.pk).update(alt="Another"),
        lambda: Consent.objects.filter(pk=case.consent.pk).update(for_search=False),
    ):
        before = fingerprint(Case.objects.get(pk=case.pk))
        change_it()
        assert fingerprint(Case.objects.get(pk=case.pk)) != before
        assert "was changed while you looked at it" in complaints(doctor.post(address, data))[0]
    assert complaints(doctor.post(address, {**data, "seen": ""}))
    assert status(case) == 404


def test_an_approval_writes_nothing_but_itself_over_what_was_stored_meanwhile() -> None:
    case = CaseFactory(approved_at=None)
    stale = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(device="Written meanwhile", is_covered=True)
    approve(stale, actor="doctor", now=NOON, on=DAY)
    case.refresh_from_db()
    assert (case.device, case.is_covered) == ("Written meanwhile", True)


def test_saving_a_form_without_a_change_brings_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from content.staff.cases.admin import CaseAdmin

    case = CaseFactory()
    save = CaseAdmin.save_model

    def meanwhile(self: Any, request: Any, obj: Any, form: Any, change: Any) -> None:
        end_approval(Case.objects.get(pk=case.pk), actor="doctor", now=NOON, because="taken down")
        save(self, request, obj, form, change)

    monkeypatch.setattr(CaseAdmin, "save_model", meanwhile)
    assert change(case).status_code == 302
    assert status(case) == 410


def test_a_corrected_consent_ends_the_approvals_that_stand_on_it() -> None:
    case = CaseFactory(consent__for_website=False, consent__for_search=False)
    data = {**FORM, "reference": case.consent.reference, "for_teaching": "on"}
    reply = member("Nurse").post(f"/admin/content/consent/{case.consent.pk}/change/", data)
    assert reply.status_code == 302
    assert Consent.objects.get().for_website
    assert status(case) == 404


def test_a_code_cannot_be_corrected_and_asking_for_it_is_no_fault() -> None:
    consent = ConsentFactory()
    data = {**FORM, "reference": "AAAA-AAAA"}
    assert member("Nurse").post(f"/admin/content/consent/{consent.pk}/change/", data).status_code == 302
    assert Consent.objects.get().reference == consent.reference


def test_a_refused_or_replaced_scan_leaves_no_file(var: Path, django_capture_on_commit_callbacks: Any) -> None:
    nurse = member("Nurse")
    for wrong in ({"has_copy": ""}, {"reference": ConsentFactory(form="").reference}):
        assert complaints(nurse.post("/admin/content/consent/add/", {**FORM, **wrong, "signed_form": scan()}))
    assert list((var / "private").glob("consent-forms/*")) == []
    nurse.post("/admin/content/consent/add/", {**FORM, "signed_form": scan()})
    consent = Consent.objects.get(reference=FORM["reference"])
    first = consent.form
    with django_capture_on_commit_callbacks(execute=True):
        data = {**FORM, "signed_form": scan(b"%PDF-2.0 second")}
        nurse.post(f"/admin/content/consent/{consent.pk}/change/", data)
    consent.refresh_from_db()
    assert [path.name for path in (var / "private").glob("consent-forms/*")] == [consent.form] != [first]
    assert consent.form_sha256 == form_storage.sha256(consent.form)
    stray = form_storage.path(f"{'0' * 32}.pdf")
    stray.write_bytes(b"%PDF-")
    assert finish_due(now=NOON.replace(year=2100), on=DAY) != []
    assert not stray.exists()
    assert form_storage.path(consent.form).exists()


def test_what_was_withdrawn_cannot_be_deleted_to_be_put_in_again() -> None:
    case = CaseFactory(approved_at=None, pairs=0)
    put_in(case, skin())
    withdraw(case.consent, actor="reception", now=NOON)
    assert member("Nurse").post(f"/admin/content/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403
    with pytest.raises(photographs.PhotographRefusedError, match="withdrew"):
        put_in(CaseFactory(approved_at=None, pairs=0), skin())


def test_a_photograph_that_went_with_an_ended_consent_may_come_again_under_a_new_one() -> None:
    case = CaseFactory(approved_at=None, pairs=0, consent__expires_on=DAY - timedelta(days=1))
    put_in(case, skin())
    finish_due(now=NOON, on=DAY)
    put_in(CaseFactory(approved_at=None, pairs=0), skin())
    assert Photo.objects.count() == 2


def test_a_pair_without_files_is_not_approved() -> None:
    case = CaseFactory(approved_at=None)
    storage.quarantine(case.pairs.get().before.token)
    with pytest.raises(NotReadyError, match="has no file any more"):
        approve(case, actor="doctor", now=NOON, on=DAY)


@pytest.mark.parametrize("before", [b"K7QF-2ZF", b"\xff\xfe\x00", b"", b"K7QF-2ZF2\nK7QF-"])
def test_a_torn_file_of_withdrawals_loses_none_and_stops_none(before: bytes) -> None:
    withdrawal_journal.journal_path().parent.mkdir(parents=True, exist_ok=True)
    withdrawal_journal.journal_path().write_bytes(before)
    case = CaseFactory()
    withdraw(case.consent, actor="reception", now=NOON)
    assert case.consent.reference in withdrawal_journal.references()
    finish_due(now=NOON, on=DAY)


def test_a_withdrawal_holds_where_its_file_cannot_be_written_and_is_written_later() -> None:
    withdrawal_journal.journal_path().mkdir(parents=True)
    case = CaseFactory()
    with pytest.raises(OSError, match="directory"):
        withdrawal_journal.references()
    withdrawal_journal.journal_path().rmdir()
    withdrawal_journal.journal_path().parent.chmod(0o500)
    withdraw(case.consent, actor="reception", now=NOON)
    withdrawal_journal.journal_path().parent.chmod(0o700)
    assert status(case) == 410
    finish_due(now=NOON, on=DAY)
    assert case.consent.reference in withdrawal_journal.references()


def test_an_error_of_the_database_says_no_code_in_the_log() -> None:
    consent = ConsentFactory()
    try:
        with transaction.atomic():
            ConsentFactory(reference=consent.reference)
    except DatabaseError:
        told = RedactingFormatter().formatException(sys.exc_info())
    assert "IntegrityError" in told
    assert consent.reference not in told


@pytest.mark.parametrize("width", ["1" * 300, "0320", "٣٢٠", "-320", "321", "0"])
def test_an_odd_width_is_an_unknown_address(width: str) -> None:
    token = CaseFactory().pairs.get().before.token
    assert Client().get(f"/photographs/{token}/{width}.jpg").status_code == 404


def test_a_number_without_end_is_no_fault() -> None:
    case = CaseFactory()
    for data in ({"do": "apart", "pair": "9" * 5000}, {"do": "remove", "photo": "9" * 5000}):
        assert member("Nurse").post(f"/admin/content/case/{case.pk}/photographs/", data).status_code == 404


def test_a_million_parameters_and_pages_are_answered() -> None:
    query = "&".join(f"area={n}" for n in range(900))
    for asked in (query, "page=" + "9" * 4000, "page=٣", "skin=%00", "sessions=" + "x" * 3000):
        assert Client().get(f"/before-and-after/?{asked}").status_code == 200
    assert re.search("Left out", Client().get("/before-and-after/?area=moon").content.decode())
