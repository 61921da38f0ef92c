"""Withdrawal and expiry: one action, at once, for good, whatever happens in between."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase

from content.consent.withdrawal_journal import read_codes, references
from content.gallery.withdrawal import delete_case, finish_due, receipt, withdraw
from content.images import specs, storage
from content.ledger.models import Entry, Event
from content.models import Case, CasePhoto, Consent, EverPublic, Photo
from tests.factories import DAY, NOON, TINY, CaseFactory, ConsentFactory, PhotoFactory, on_the_shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var"), pytest.mark.database]


def shelved(**values: Any) -> Case:
    case = CaseFactory(**values)
    for case_photo in case.case_photos.select_related("photo"):
        on_the_shelf(case_photo.photo)
    return case


def tokens(case: Case) -> list[str]:
    return list(case.case_photos.values_list("photo__token", flat=True))


def events() -> list[tuple[str, str]]:
    return list(Entry.objects.values_list("event", "subject"))


def status(url: str) -> int:
    reply = Client().get(url)
    reply.getvalue()  # which closes the file
    return reply.status_code


def test_withdrawal_hides_quarantines_and_records() -> None:
    case, twin = shelved(), shelved()
    second = shelved(consent=case.consent, body_area="HIPS")
    withdraw(case.consent, actor="reception", now=NOON)
    assert list(Case.objects.showable(DAY)) == [twin]
    for token in tokens(case) + tokens(second):
        assert not storage.original_path(token).exists()
        assert not storage.renditions_folder(token).exists()
        assert storage.quarantine_path(token).read_bytes() == TINY["jpg"]
    for token in tokens(twin):
        assert storage.original_path(token).exists()
    first, *others = Entry.objects.all()
    assert (first.event, first.subject, first.actor) == (Event.CONSENT_WITHDRAWN, case.consent.reference, "reception")
    assert first.detail["cases"] == sorted([case.code, second.code])
    assert {(one.event, one.subject) for one in others} == {
        (Event.PHOTO_QUARANTINED, token) for token in tokens(case) + tokens(second)
    }


def test_withdrawing_one_consent_withdraws_all_that_this_person_signed() -> None:
    first, twin = shelved(), shelved()
    renewed = shelved(consent=ConsentFactory(renews=first.consent))
    withdraw(renewed.consent, actor="reception", now=NOON)
    assert list(Case.objects.showable(DAY)) == [twin]
    assert references() == {first.consent.reference, renewed.consent.reference}
    assert not any(storage.is_outside_quarantine(token) for token in tokens(first) + tokens(renewed))


def test_a_photograph_withdrawn_while_it_is_asked_for_is_gone(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at its permission and the look for its file; one that is only missing was never withdrawn."""
    case, twin = shelved(), shelved()
    [(token, *_), (missing, *_)] = tokens(case), tokens(twin)
    find = storage.rendition_path

    def found(token: str, *which: Any) -> Path:
        if token in tokens(case):
            withdraw(case.consent, actor="reception", now=NOON)
        return find(token, *which)

    asked = [
        f"/photographs/{one}/{specs.widths_for(Photo.objects.get(token=one).shown_size[0])[0]}.jpg"
        for one in (token, missing)
    ]
    assert [status(url) for url in asked] == [200, 200]
    monkeypatch.setattr(storage, "rendition_path", found)
    assert [status(url) for url in asked] == [410, 200]
    storage.delete(missing)
    assert status(asked[1]) == 404


def test_the_receipt_says_what_was_done_and_where_copies_may_be() -> None:
    case = shelved(consent__for_social=False)
    with pytest.raises(ValueError, match="receipt"):
        receipt(case.consent)
    withdraw(case.consent, actor="reception", now=NOON)
    printed = receipt(case.consent)
    assert (printed.reference, printed.withdrawn_at, printed.photographs) == (case.consent.reference, NOON, 2)
    assert printed.cases == ["Belly, 4 sessions"]
    text = " ".join(printed.elsewhere)
    assert "leaflets" in text
    assert "slides" in text
    assert "posts" not in text
    assert "telephones" in text


def test_withdrawing_twice_is_withdrawing_once() -> None:
    case = shelved()
    for hours in (0, 5):
        withdraw(case.consent, actor="reception", now=NOON + timedelta(hours=hours))
    assert Consent.objects.get().withdrawn_at == NOON
    assert [event for event, _ in events()].count(Event.CONSENT_WITHDRAWN) == 1


def test_a_withdrawal_holds_when_its_files_cannot_be_moved_and_the_next_tick_moves_them(var: Path) -> None:
    case = shelved()
    (var / "private" / "quarantine").write_text("in the way")
    withdraw(case.consent, actor="reception", now=NOON)
    assert not case.is_showable(DAY)
    assert storage.original_path(tokens(case)[0]).exists()
    (var / "private" / "quarantine").unlink()
    assert finish_due(now=NOON, on=DAY) == ["photographs taken out of reach: 2"]
    assert finish_due(now=NOON, on=DAY) == []
    assert not any(storage.is_outside_quarantine(token) for token in tokens(case))


def test_restored_older_database_withdraws_again() -> None:
    """what a restored backup or a replica that lagged behind looks like: the row as it was, the photographs' folder not."""
    case = shelved()
    older = Consent.objects.filter(pk=case.consent.pk).values().get()
    withdraw(case.consent, actor="reception", now=NOON)
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER content_consent_stays" + ("" if connection.vendor == "sqlite" else " ON content_consent")
        )
    Consent.objects.filter(pk=case.consent.pk).update(withdrawn_at=older["withdrawn_at"])
    assert not case.is_showable(DAY), "not even before anything has run"
    done = finish_due(now=NOON, on=DAY)
    assert done == [f"consent {case.consent.pk} was withdrawn before and is withdrawn again"]
    assert not case.is_showable(DAY)
    assert references() == {case.consent.reference}


def test_expiry_hides_on_its_day_and_is_settled_once() -> None:
    case, twin = shelved(consent__expires_on=DAY - timedelta(days=1)), shelved(consent__expires_on=DAY)
    assert list(Case.objects.showable(DAY)) == [twin]  # before anything has run
    assert finish_due(now=NOON, on=DAY) == [f"consent {case.consent.pk} has ended", "photographs taken out of reach: 2"]
    assert finish_due(now=NOON, on=DAY) == []
    assert [event for event, _ in events()].count(Event.CONSENT_EXPIRED) == 1
    assert all(storage.quarantine_path(token).exists() for token in tokens(case))
    assert all(storage.is_outside_quarantine(token) for token in tokens(twin))


def test_a_tick_with_nothing_due_changes_nothing(capsys: Any) -> None:
    case = shelved()
    call_command("tick")  # the first keeps what patients see of the first content
    capsys.readouterr()
    before = sorted(Path(storage.private_folder()).rglob("*"))
    call_command("tick")
    assert capsys.readouterr().out == ""
    assert sorted(Path(storage.private_folder()).rglob("*")) == before
    assert events() == []
    assert case.is_showable(DAY)


def test_a_tick_sweeps_what_a_killed_upload_left() -> None:
    stray, fresh, kept = PhotoFactory(), PhotoFactory(uploaded_at=NOON + timedelta(hours=2)), shelved()
    for photo in (stray, fresh):
        on_the_shelf(photo)
    hour_ago = (NOON - timedelta(hours=2)).timestamp()
    for path in (storage.original_path(stray.token), storage.renditions_folder(stray.token)):
        os.utime(path, (hour_ago, hour_ago))
    assert finish_due(now=NOON + timedelta(hours=2), on=DAY) == ["left-over files deleted: 1"]
    assert set(Photo.objects.values_list("token", flat=True)) == {fresh.token, *tokens(kept)}
    assert not storage.is_outside_quarantine(stray.token)


def test_a_deleted_case_leaves_no_file_and_is_not_forgotten() -> None:
    case, twin = shelved(), shelved()
    gone, kept = tokens(case), tokens(twin)
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_case(case, actor="owner", now=NOON)
    assert (
        set(CasePhoto.objects.values_list("photo__token", flat=True))
        == set(kept)
        == set(Photo.objects.values_list("token", flat=True))
    )
    assert not any(storage.is_outside_quarantine(token) or storage.quarantine_path(token).exists() for token in gone)
    assert all(EverPublic.objects.filter(name=name).exists() for name in [case.code, *gone])
    assert events()[-1] == (Event.CASE_DELETED, case.code)


def test_a_consent_without_a_case_can_be_withdrawn() -> None:
    consent = ConsentFactory()
    withdraw(consent, actor="reception", now=NOON)
    assert receipt(consent).cases == []
    assert references() == {consent.reference}


def test_the_file_of_withdrawals_is_private_and_only_grows(var: Path) -> None:
    first, second = ConsentFactory(), ConsentFactory()
    for consent in (first, second, first):
        withdraw(consent, actor="reception", now=NOON)
    file = var / "private" / "withdrawn.txt"
    assert file.read_text().split() == [first.reference, second.reference]
    assert file.stat().st_mode & 0o077 == 0
    assert read_codes(file) == references()
