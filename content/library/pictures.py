"""What staff do with the pictures of the library: add, replace, rename and delete them, each recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from content.gallery.models import CasePhoto, EverPublic
from content.images import ingest, storage
from content.images.models import Photo
from content.ledger.models import Event
from content.ledger.writer import record
from content.library.models import LibraryFile, LibraryPicture

VOUCH = "It shows a room, equipment or our team, never the skin of a patient, and everybody in it has agreed"
NOT_VOUCHED = "Tick that it shows no patient’s skin and that everybody in it has agreed. Otherwise it can’t be used."
OF_A_CASE = "is a photograph of a case: it can be shown only there, under that person’s consent."
TAKEN_DOWN = "was taken down before. It can’t be put in again."
HERE_ALREADY = "is in the library already, as “{}”: use it from there."
IN_USE = "It is in use: take it off the pages and portraits that show it first, or take it down."


class PictureRefusedError(Exception):
    """One sentence for staff; nothing was changed."""


@dataclass(frozen=True)
class Actor:
    """Who does something with pictures, and when."""

    actor: str
    now: datetime


def add(file: ingest.Upload, name: str, who: Actor) -> LibraryFile:
    """Ingest an upload as a new picture; `who` vouches for it. Raises PictureRefusedError or UploadRefusedError.

    A photograph that is in the library already is not stored twice: its file there is returned.
    """
    with _ingested(file, who) as photo:
        return _twin(photo, file.name) or _store(photo, _create(name, who), Event.PICTURE_ADDED, who)


def replace(picture: LibraryPicture, file: ingest.Upload, who: Actor) -> LibraryFile:
    """Give `picture` a new file; versions of pages keep theirs. Raises PictureRefusedError or UploadRefusedError."""
    if picture.taken_down_at:
        raise PictureRefusedError(f"“{picture.name}” {TAKEN_DOWN}")
    with _ingested(file, who) as photo:
        twin = _twin(photo, file.name)
        if twin and twin.picture_id != picture.pk:
            raise PictureRefusedError(f"“{ingest.display_name(file.name)}” {HERE_ALREADY.format(twin.picture.name)}")
        if twin and twin == picture.newest:
            return twin
        return _store(photo, picture, Event.PICTURE_REPLACED, who)


@contextmanager
def _ingested(file: ingest.Upload, who: Actor) -> Iterator[Photo]:
    """Yield the upload's photograph, and delete it again unless it became a file of the library."""
    photo = ingest.ingest(file, now=who.now)
    try:
        with transaction.atomic():
            yield photo
    finally:
        if not LibraryFile.objects.filter(photo=photo).exists():
            storage.delete(photo.token)
            photo.delete()


def _store(photo: Photo, picture: LibraryPicture, event: Event, who: Actor) -> LibraryFile:
    added = LibraryFile.objects.create(picture=picture, photo=photo, vouched_by=who.actor, vouched_at=who.now)
    EverPublic.objects.create(name=photo.token)
    detail = {"picture": picture.pk, "vouched": VOUCH}
    record(event, photo.token, actor=who.actor, now=who.now, detail=detail)
    return added


def _create(name: str, who: Actor) -> LibraryPicture:
    return LibraryPicture.objects.create(name=name.strip()[:80] or f"Picture of {who.now:%-d %B %Y}")


def _twin(photo: Photo, name: str | None) -> LibraryFile | None:
    """Return the file with the same pixels that may be shown; raises PictureRefusedError for one that may not."""
    twins = Photo.objects.filter(sha256=photo.sha256).exclude(pk=photo.pk)
    if CasePhoto.objects.filter(photo__in=twins).exists():
        raise PictureRefusedError(f"“{ingest.display_name(name)}” {OF_A_CASE}")
    files = LibraryFile.objects.filter(photo__in=twins)
    if files.exclude(pk__in=files.showable()).exists():
        raise PictureRefusedError(f"“{ingest.display_name(name)}” {TAKEN_DOWN}")
    return files.select_related("photo", "picture").last()


def rename(picture: LibraryPicture, name: str) -> None:
    """Change the name by which staff know it; no page shows it."""
    picture.name = name
    picture.save(update_fields=["name"])


def delete(picture: LibraryPicture, who: Actor) -> None:
    """Delete a picture that nothing uses, with all its files; raises PictureRefusedError for another."""
    tokens = list(picture.files.values_list("photo__token", flat=True))
    try:
        with transaction.atomic():
            for file in list(picture.files.all()):
                file.delete()
            Photo.objects.filter(token__in=tokens).delete()
            detail = {"picture": picture.pk, "files": tokens}
            record(Event.PICTURE_DELETED, tokens[0] if tokens else "", actor=who.actor, now=who.now, detail=detail)
            picture.delete()
            transaction.on_commit(lambda: _delete_files(tokens))
    except ProtectedError:
        raise PictureRefusedError(IN_USE) from None


def _delete_files(tokens: list[str]) -> None:
    for token in tokens:
        storage.delete(token)
