"""Taking photographs down: by withdrawal at once, by expiry on its day, and by deleting a case.

The rule that hides them (`CaseQuerySet.showable`) reads the consent itself, so hiding waits for nothing here. This
module does what must follow: quarantine the files, record it, make the receipt, list copies elsewhere. A withdrawal is
also written to the withdrawal journal, so that a database restored from an older backup withdraws again.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from clinic_site import disk_room
from content.consent import form_storage, withdrawal_journal
from content.consent.models import Consent
from content.consent.wording import Scope
from content.images import ingest, storage
from content.images.models import Photo
from content.ledger.models import Entry, Event
from content.ledger.writer import SYSTEM_ACTOR, record

from .models import Case, CasePhoto, EverPublic

logger = logging.getLogger(__name__)

#: Where copies may be that this site can't reach, and what someone at the clinic has to do there.
COPIES_ELSEWHERE = {
    Scope.WEBSITE: "Ask https://web.archive.org to remove saved copies, if the page was ever saved there.",
    Scope.LEAFLET: "Take leaflets that show the photographs out of the waiting room, and recycle them.",
    Scope.SEARCH: "Ask Google and Bing to remove outdated pictures (each has a form called “remove outdated content”).",
    Scope.SOCIAL: "Delete the clinic’s posts that show the photographs, on each platform.",
    Scope.TEACHING: "Take the photographs out of slides and handouts, and tell those who have copies.",
}
ALWAYS_TO_DO = (
    "Delete copies on telephones, cameras, memory cards, shared drives and in e-mails of the clinic.",
    "Note the withdrawal in the person’s own record, and tell the person that it is done.",
)


@dataclass(frozen=True)
class Receipt:
    """What a withdrawal did, for printing."""

    reference: str
    withdrawn_at: datetime
    cases: list[str]
    never_public: list[str]
    photographs: int
    elsewhere: list[str]


def withdraw(consent: Consent, *, actor: str, now: datetime) -> None:
    """Withdraw `consent` and all others that this person signed, for good; safe to repeat.

    From the moment this commits nothing under them is public. On a full disk it uses the room set aside.
    """
    disk_room.use_reserve()
    chain = Consent.objects.filter(pk__in=consent.linked_consent_ids())
    _append_to_journal({linked.reference for linked in chain})
    with transaction.atomic():
        for stored in chain.select_for_update():
            if stored.withdrawn_at is not None:
                continue
            stored.withdrawn_at = now
            stored.save(update_fields=["withdrawn_at"])
            detail = {
                "cases": sorted(stored.cases.values_list("code", flat=True)),
                "photographs": sorted(_tokens([stored.pk])),
            }
            record(Event.CONSENT_WITHDRAWN, stored.reference, actor=actor, now=now, detail=detail)
    consent.refresh_from_db()
    _quarantine(_tokens(consent.linked_consent_ids()), actor, now)


def _append_to_journal(references: set[str]) -> None:
    """Append to the journal; a failure must not stop the withdrawal, and `finish_due` tries again."""
    try:
        withdrawal_journal.append(references)
    except OSError as error:
        logger.error("A withdrawal could not be written to the file of withdrawals yet: %s", error.strerror)


def receipt(consent: Consent) -> Receipt:
    """Return the receipt of a withdrawn consent; raises ValueError for another."""
    if consent.withdrawn_at is None:
        raise ValueError("Only a withdrawn consent has a receipt.")
    public = set(EverPublic.objects.filter(name__in=Case.objects.values("code")).values_list("name", flat=True))
    cases = list(Case.objects.filter(consent__in=consent.linked_consent_ids()))
    return Receipt(
        reference=consent.reference,
        withdrawn_at=consent.withdrawn_at,
        cases=[case.title for case in cases if case.code in public],
        never_public=[case.title for case in cases if case.code not in public],
        photographs=len(_tokens(consent.linked_consent_ids())),
        elsewhere=[COPIES_ELSEWHERE[scope] for scope in consent.allowed_scopes()] + list(ALWAYS_TO_DO),
    )


def finish_due(*, now: datetime, on: date) -> list[str]:
    """Do what is due: journalled withdrawals, expiries, left-over files; safe to repeat. Return what was done."""
    done = _reconcile_with_journal(now)
    ended = Consent.objects.filter(withdrawn_at=None, expires_on__lt=on)
    recorded = set(
        Entry.objects.filter(
            event=Event.CONSENT_EXPIRED, subject__in=ended.values_list("reference", flat=True)
        ).values_list("subject", flat=True)
    )
    for consent in ended.exclude(reference__in=recorded):
        record(Event.CONSENT_EXPIRED, consent.reference, actor=SYSTEM_ACTOR, now=now)
        done.append(f"consent {consent.pk} has ended")
    closed = [*ended.values_list("pk", flat=True)]
    closed += Consent.objects.exclude(withdrawn_at=None).values_list("pk", flat=True)
    stored = storage.stored_tokens()
    exposed = _tokens(closed) & stored if stored else set()
    _quarantine(exposed, SYSTEM_ACTOR, now)
    done += [f"photographs taken out of reach: {len(exposed)}"] if exposed else []
    deleted = _delete_orphans(now)
    return done + ([f"left-over files deleted: {deleted}"] if deleted else [])


def _delete_orphans(now: datetime) -> int:
    """Delete what a killed upload left behind: records that nothing holds, then files without a record."""
    strays = Photo.objects.filter(case_photo=None, library_file=None, uploaded_at__lt=now - storage.ORPHAN_AGE)
    for photo in strays.filter(pair_before=None, pair_after=None):
        photo.delete()
    named = set(Consent.objects.exclude(form="").values_list("form", flat=True))
    return ingest.delete_orphans(now) + form_storage.delete_orphans(named, now - storage.ORPHAN_AGE)


def _reconcile_with_journal(now: datetime) -> list[str]:
    """Make the database and the journal agree: what one of them has as withdrawn is withdrawn."""
    done = []
    for consent in Consent.objects.filter(reference__in=withdrawal_journal.references(), withdrawn_at=None):
        withdraw(consent, actor=SYSTEM_ACTOR, now=now)
        done.append(f"consent {consent.pk} was withdrawn before and is withdrawn again")
    _append_to_journal(set(Consent.objects.exclude(withdrawn_at=None).values_list("reference", flat=True)))
    return done


def _tokens(consents: Iterable[int]) -> set[str]:
    photos = CasePhoto.objects.filter(case__consent__in=list(consents))
    return set(photos.values_list("photo__token", flat=True))


def _quarantine(tokens: Iterable[str], actor: str, now: datetime) -> None:
    """Move the files into quarantine; `finish_due` tries those again that can't be moved now."""
    for token in sorted(tokens):
        if not storage.is_outside_quarantine(token):
            continue
        try:
            storage.quarantine(token)
        except OSError as error:
            logger.error("A photograph could not be moved to quarantine yet: %s", error.strerror)
            continue
        record(Event.PHOTO_QUARANTINED, token, actor=actor, now=now)


def delete_case(case: Case, *, actor: str, now: datetime) -> None:
    """Delete a case with its photographs; what was public answers 410 from now on."""
    with transaction.atomic():
        tokens = [case_photo.photo.token for case_photo in case.case_photos.select_related("photo")]
        case.pairs.all().delete()
        for case_photo in list(case.case_photos.all()):
            case_photo.delete()
        Photo.objects.filter(token__in=tokens).delete()
        record(Event.CASE_DELETED, case.code, actor=actor, now=now, detail={"photographs": tokens})
        case.delete()
        transaction.on_commit(lambda: _delete_files(tokens))


def _delete_files(tokens: list[str]) -> None:
    for token in tokens:
        storage.delete(token)
