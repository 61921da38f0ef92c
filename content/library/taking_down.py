"""Taking a picture of the library down: at once, everywhere, and for good.

The rule that shows it (`LibraryFileQuerySet.showable`) reads the database and the withdrawal journal, so hiding waits
for nothing here, and a database restored from an older backup shows nothing that was taken down since.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from clinic_site import disk_room
from content.consent import withdrawal_journal
from content.images import storage
from content.ledger.models import Event
from content.ledger.writer import SYSTEM_ACTOR, record
from content.library.models import LibraryFile, LibraryPicture

logger = logging.getLogger(__name__)


def take_down(picture: LibraryPicture, *, actor: str, now: datetime) -> None:
    """Take all files of `picture` down for good; safe to repeat. On a full disk it uses the room set aside."""
    disk_room.use_reserve()
    tokens = _tokens([picture])
    _append_to_journal(tokens)
    with transaction.atomic():
        stored = LibraryPicture.objects.select_for_update().get(pk=picture.pk)
        if stored.taken_down_at is None:
            stored.taken_down_at, stored.taken_down_by = now, actor
            stored.save(update_fields=["taken_down_at", "taken_down_by"])
            detail = {"picture": stored.pk, "files": sorted(tokens)}
            record(Event.PICTURE_TAKEN_DOWN, min(tokens, default=""), actor=actor, now=now, detail=detail)
    picture.refresh_from_db()
    _quarantine(tokens)


def finish_due(*, now: datetime) -> list[str]:
    """Make database, journal and files agree on what was taken down; safe to repeat. Return what was done."""
    done = []
    journalled = LibraryFile.objects.filter(photo__token__in=withdrawal_journal.tokens())
    for picture in LibraryPicture.objects.filter(taken_down_at=None, files__in=journalled).distinct():
        take_down(picture, actor=SYSTEM_ACTOR, now=now)
        done.append(f"picture {picture.pk} was taken down before and is taken down again")
    tokens = _tokens(LibraryPicture.objects.exclude(taken_down_at=None))
    _append_to_journal(tokens)
    exposed = tokens & storage.stored_tokens() if tokens else set()
    _quarantine(exposed)
    return done + ([f"pictures taken out of reach: {len(exposed)}"] if exposed else [])


def _tokens(pictures: Iterable[LibraryPicture]) -> set[str]:
    return set(LibraryFile.objects.filter(picture__in=pictures).values_list("photo__token", flat=True))


def _append_to_journal(tokens: set[str]) -> None:
    """Append to the journal; a failure must not stop the taking down, and `finish_due` tries again."""
    try:
        withdrawal_journal.append(tokens)
    except OSError as error:
        logger.error("A picture taken down could not be written to the file of withdrawals yet: %s", error.strerror)


def _quarantine(tokens: Iterable[str]) -> None:
    """Delete the renditions and move the originals out of reach; `finish_due` tries those again that can't be now."""
    for token in sorted(tokens):
        try:
            storage.quarantine(token)
        except OSError as error:
            logger.error("A picture could not be moved to quarantine yet: %s", error.strerror)
