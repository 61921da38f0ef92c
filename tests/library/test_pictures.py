"""The pictures of the library: what is let in, who vouches for it, and what may be shown."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from content.gallery import withdrawal
from content.images import ingest, storage
from content.ledger.models import Entry, Event
from content.library import pictures
from content.library.pictures import Actor, PictureRefusedError
from content.library.taking_down import take_down
from content.models import CasePhoto, LibraryFile, LibraryPicture, Photo
from tests.factories import DAY, NOON, CaseFactory, LibraryFileFactory
from tests.images.samples import saved, skin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var"), pytest.mark.database]
NURSE = Actor("nurse", NOON)


def upload(data: bytes | None = None, name: str = "room.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, saved(skin(), "JPEG") if data is None else data)


def url_of(file: LibraryFile, width: int = 640, suffix: str = "jpg") -> str:
    return f"/photographs/{file.photo.token}/{width}.{suffix}"


def status(url: str) -> int:
    reply = Client().get(url)
    reply.getvalue()  # which closes the file
    return reply.status_code


def test_added_picture_is_public_in_all_formats_without_metadata_and_its_original_is_not() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken in the garden of Anna"
    file = pictures.add(upload(saved(skin(), "JPEG", exif=exif.tobytes())), "Treatment room", NURSE)
    for suffix in ("jpg", "webp", "avif"):
        reply = Client().get(url_of(file, 320, suffix))
        assert (reply.status_code, reply["Cache-Control"], reply["X-Robots-Tag"]) == (
            200,
            "private, no-store",
            "noindex, noimageindex",
        )
        assert b"garden" not in reply.getvalue()
    assert status(f"/photographs/{file.photo.token}/original/") == 404
    assert (file.picture.name, file.vouched_by, file.vouched_at) == ("Treatment room", "nurse", NOON)
    assert list(Entry.objects.values_list("event", "subject", "actor")) == [
        (Event.PICTURE_ADDED, file.photo.token, "nurse")
    ]


def test_refused_upload_leaves_neither_record_nor_file() -> None:
    with pytest.raises(ingest.UploadRefusedError):
        pictures.add(upload(b"no picture"), "Room", NURSE)
    assert not Photo.objects.exists()
    assert not LibraryPicture.objects.exists()
    assert not storage.stored_tokens()


def test_same_photograph_is_kept_once() -> None:
    data = saved(skin(), "JPEG")
    first = pictures.add(upload(data), "Room", NURSE)
    assert pictures.add(upload(data), "Again", NURSE) == first
    assert storage.stored_tokens() == {first.photo.token}
    assert Photo.objects.count() == LibraryPicture.objects.count() == 1


def test_photograph_of_a_case_is_refused_and_another_is_not() -> None:
    data = saved(skin(), "JPEG")
    case = CaseFactory()
    photo = ingest.ingest(upload(data), now=NOON)
    CasePhoto.objects.create(case=case, photo=photo)
    with pytest.raises(PictureRefusedError, match="photograph of a case"):
        pictures.add(upload(data), "Room", NURSE)
    assert pictures.add(upload(), "Room", NURSE).picture.name == "Room"


def test_only_what_is_vouched_for_not_taken_down_and_no_cases_photograph_may_be_shown() -> None:
    """The rule, with a twin that may be shown beside each that may not."""
    twin, down, of_a_case = LibraryFileFactory(), LibraryFileFactory(), LibraryFileFactory()
    take_down(down.picture, actor="nurse", now=NOON)
    CasePhoto.objects.create(case=CaseFactory(approved_at=None), photo=of_a_case.photo)
    assert list(LibraryFile.objects.showable()) == [twin]
    assert [status(url_of(file)) for file in (twin, down, of_a_case)] == [200, 410, 410]
    assert status(f"/photographs/{'0' * 32}/640.jpg") == 404
    for vouched_by in ("", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            LibraryFile.objects.filter(pk=twin.pk).update(vouched_by=vouched_by)


def test_replaced_picture_keeps_its_earlier_file_for_the_versions_that_show_it() -> None:
    earlier = pictures.add(upload(), "Room", NURSE)
    newer = pictures.replace(earlier.picture, upload(), NURSE)
    assert (earlier.picture.newest, newer.picture) == (newer, earlier.picture)
    assert list(LibraryFile.objects.showable().newest()) == [newer]
    assert [status(url_of(file, 320)) for file in (earlier, newer)] == [200, 200]
    assert Entry.objects.last().event == Event.PICTURE_REPLACED


def test_picture_is_not_replaced_by_another_of_the_library() -> None:
    data = saved(skin(), "JPEG")
    pictures.add(upload(data), "Team", NURSE)
    room = pictures.add(upload(), "Room", NURSE)
    with pytest.raises(PictureRefusedError, match="“Team”"):
        pictures.replace(room.picture, upload(data), NURSE)
    assert room.picture.newest == room


def test_deleted_picture_answers_410_and_its_files_are_gone(django_capture_on_commit_callbacks: Any) -> None:
    file, twin = LibraryFileFactory(), LibraryFileFactory()
    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete(file.picture, NURSE)
    assert [status(url_of(one)) for one in (file, twin)] == [410, 200]
    assert storage.stored_tokens() == {twin.photo.token}
    assert list(Photo.objects.all()) == [twin.photo]


def test_sweep_of_strays_leaves_pictures_of_the_library() -> None:
    file = LibraryFileFactory(photo__uploaded_at=NOON.replace(year=2020))
    withdrawal.finish_due(now=NOON, on=DAY)
    assert list(LibraryFile.objects.showable()) == [file]
    assert status(url_of(file)) == 200
