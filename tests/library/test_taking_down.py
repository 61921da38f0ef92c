"""Taking a picture down: one action, at once, everywhere, for good."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from content.clinic.models import Clinician
from content.consent import withdrawal_journal
from content.gallery.withdrawal import withdraw
from content.images import storage
from content.ledger.models import Entry, Event
from content.library import pictures, taking_down
from content.library.pictures import Actor, PictureRefusedError
from content.library.taking_down import take_down
from content.models import Contact, LibraryFile, LibraryPicture, Passage, Portrait, ShownHtml, Snapshot, SnapshotDue
from content.publishing import internal_client
from content.search import extraction
from tests.factories import NOON, ConsentFactory, ContactFactory, LibraryFileFactory, PictureFactory, page_for
from tests.images.samples import saved, skin
from tests.library.test_pictures import status, url_of
from tests.publishing.wire import from_cache, rebuild_cache
from tests.rendering import publish
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var"), pytest.mark.database]
CAPTION = "Nurse Zebedee at the desk"


def on_a_page(caption: str = CAPTION) -> Any:
    """A live page with a photograph."""
    block = PictureFactory(drawing="", photograph=LibraryFileFactory(), alt="A nurse at a desk.", caption=caption)
    publish(block.placeholder.source)
    return block


def test_all_its_files_are_gone_and_the_twin_is_not() -> None:
    earlier, twin = LibraryFileFactory(), LibraryFileFactory()
    newer = LibraryFileFactory(picture=earlier.picture)
    take_down(earlier.picture, actor="reception", now=NOON)
    assert [status(url_of(file)) for file in (earlier, newer, twin)] == [410, 410, 200]
    assert list(LibraryFile.objects.showable()) == [twin]
    for file in (earlier, newer):
        assert not storage.is_outside_quarantine(file.photo.token)
        assert storage.quarantine_path(file.photo.token).exists()
    [entry] = Entry.objects.all()
    assert (entry.event, entry.actor) == (Event.PICTURE_TAKEN_DOWN, "reception")
    assert set(entry.detail["files"]) == {earlier.photo.token, newer.photo.token}


def test_again_it_records_nothing_more() -> None:
    file = LibraryFileFactory()
    for _ in range(2):
        take_down(file.picture, actor="reception", now=NOON)
    assert Entry.objects.count() == 1


def test_database_refuses_to_undo_it() -> None:
    file, twin = LibraryFileFactory(), LibraryFileFactory()
    take_down(file.picture, actor="reception", now=NOON)
    with pytest.raises((IntegrityError, OperationalError)), transaction.atomic():
        LibraryPicture.objects.filter(pk=file.picture.pk).update(taken_down_at=None, taken_down_by="")
    LibraryPicture.objects.filter(pk=twin.picture.pk).update(name="Another name")
    assert status(url_of(file)) == 410


def test_same_photograph_cannot_be_put_in_again() -> None:
    data = saved(skin(), "JPEG")
    who = Actor("nurse", NOON)
    file = pictures.add(SimpleUploadedFile("a.jpg", data), "Team", who)
    take_down(file.picture, actor="reception", now=NOON)
    with pytest.raises(PictureRefusedError, match="taken down"):
        pictures.add(SimpleUploadedFile("b.jpg", data), "Team", who)
    with pytest.raises(PictureRefusedError, match="taken down"):
        pictures.replace(file.picture, SimpleUploadedFile("c.jpg", saved(skin(), "JPEG")), who)


def test_database_that_is_older_than_the_journal_shows_nothing_and_is_put_right() -> None:
    """As after a backup is restored: only the file beside the photographs knows."""
    down, twin = LibraryFileFactory(), LibraryFileFactory()
    withdrawal_journal.append({down.photo.token})
    assert list(LibraryFile.objects.showable()) == [twin]
    assert [status(url_of(file)) for file in (down, twin)] == [410, 200]
    [line] = taking_down.finish_due(now=NOON)
    assert "taken down again" in line
    down.picture.refresh_from_db()
    assert down.picture.taken_down_at == NOON
    assert taking_down.finish_due(now=NOON) == []


def test_taking_down_does_not_wait_for_the_journal_which_is_made_up_for(var: Path) -> None:
    file = LibraryFileFactory()
    withdrawal_journal.journal_path().mkdir(parents=True)  # as a disk that refuses
    take_down(file.picture, actor="reception", now=NOON)
    assert file.picture.taken_down_at == NOON
    withdrawal_journal.journal_path().rmdir()
    assert status(url_of(file)) == 410
    taking_down.finish_due(now=NOON)
    assert withdrawal_journal.tokens() == {file.photo.token}


def test_journal_tells_consents_from_pictures() -> None:
    consent, file = ConsentFactory(), LibraryFileFactory()
    withdraw(consent, actor="reception", now=NOON)
    take_down(file.picture, actor="reception", now=NOON)
    assert withdrawal_journal.references() == {consent.reference}
    assert withdrawal_journal.tokens() == {file.photo.token}
    assert withdrawal_journal.read_codes(withdrawal_journal.journal_path()) == {consent.reference, file.photo.token}


def test_cached_pages_and_the_whole_guide_are_made_anew_without_it() -> None:
    block = on_a_page()
    address = block.placeholder.source.page.get_absolute_url("en-gb")
    rebuild_cache(address)
    cached = from_cache(address)
    assert cached is not None
    assert CAPTION.encode() in cached.body
    take_down(block.photograph.picture, actor="reception", now=NOON)
    assert from_cache(address) is None
    rebuild_cache(address)
    cached = from_cache(address)
    assert cached is not None
    assert CAPTION.encode() not in cached.body
    assert b"data-photograph" not in cached.body


def test_search_forgets_its_words_and_keeps_those_of_a_twin() -> None:
    gone, twin = on_a_page(), PictureFactory(drawing="", photograph=LibraryFileFactory(), alt="Zebra", caption="Zebra")
    assert Passage.objects.filter(text__contains="Zebedee").exists()
    take_down(gone.photograph.picture, actor="reception", now=NOON)
    assert not Passage.objects.filter(text__contains="Zebedee").exists()
    assert list(extraction.page_passages(twin.placeholder.source))[-1].text.count("Zebra") == 2


def test_archive_withholds_it_with_its_caption_and_shows_a_twin() -> None:
    SnapshotDue.objects.all().delete()
    block = on_a_page()
    call_command("tick")
    snapshot = Snapshot.objects.get(page_id=block.placeholder.source.page_id)
    archived = f"/staff/archive/{snapshot.pk}/shown/"
    nurse = member("Nurse")
    shown = nurse.get(archived).content.decode()
    assert CAPTION in shown
    assert url_of(block.photograph) in shown
    take_down(block.photograph.picture, actor="reception", now=NOON)
    shown = nurse.get(archived).content.decode()
    assert CAPTION not in shown
    assert block.photograph.photo.token not in shown
    assert "A photograph stood here. It was taken down." in shown
    assert CAPTION in ShownHtml.objects.get(sha256=snapshot.sha256).html  # what was shown can still be proved


def test_page_kept_for_an_outage_loses_the_picture_and_its_caption() -> None:
    html = '<p>Words</p><figure class="picture" data-photograph="{0}"><picture><img src="/photographs/{0}/640.jpg"></picture>'
    html = html.format("a" * 32) + "<figcaption>Nurse Zebedee</figcaption></figure><p>More</p>"
    assert internal_client.without_library_pictures(html, showable={"a" * 32}) == html
    assert internal_client.without_library_pictures(html, showable=()) == "<p>Words</p><p>More</p>"


def test_portrait_is_shown_beside_its_clinician_until_it_is_taken_down() -> None:
    first, second = (Clinician.objects.create(shown_name=f"Dr {name}", title="Doctor") for name in "AB")
    gone, twin = LibraryFileFactory(), LibraryFileFactory()
    Portrait.objects.create(clinician=first, picture=gone.picture, focus_x=20, focus_y=30)
    Portrait.objects.create(clinician=second, picture=twin.picture)
    block = ContactFactory(has_people=True, placeholder=page_for(Contact, "clinic_body"))
    publish(block.placeholder.source)
    address = block.placeholder.source.page.get_absolute_url("en-gb")
    page = internal_client.get(address).content.decode()
    assert [url_of(file, 320) in page for file in (gone, twin)] == [True, True]
    assert 'class="portrait focal"' in page
    take_down(gone.picture, actor="reception", now=NOON)
    page = internal_client.get(address).content.decode()
    assert [file.photo.token in page for file in (gone, twin)] == [False, True]
    assert "Dr A" in page


def test_pages_with_one_photograph_and_with_three_cost_the_same_queries(django_assert_num_queries: Any) -> None:
    block = on_a_page()
    address = block.placeholder.source.page.get_absolute_url("en-gb")

    def queries() -> int:
        with connection.execute_wrapper(lambda execute, *args: counted.append(1) or execute(*args)):
            counted: list[int] = []
            internal_client.get(address)
        return len(counted)

    one = queries()
    three = PictureFactory(drawing="", photograph=LibraryFileFactory(), alt="A room with a couch.")
    for _ in range(2):
        PictureFactory(
            drawing="", photograph=LibraryFileFactory(), alt="A desk and a chair.", placeholder=three.placeholder
        )
    three.placeholder.source.page.pagecontent_set(manager="admin_manager").update(slug="three-pictures")
    publish(type(three.placeholder.source).admin_manager.get(pk=three.placeholder.source.pk))
    address = "/three-pictures/"
    assert queries() == one
