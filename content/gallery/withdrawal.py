"""Taking photographs down: by withdrawal at once, by expiry on its day, and for good.

The rule that hides them (`CaseQuerySet.showable`) reads the consent itself, so hiding waits for nothing here. What is
done here is what must follow: files out of reach, the ledger, the receipt, the list of copies elsewhere. A withdrawal
is also written to a file beside the photographs, so that a database that comes back older than it withdraws again.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

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
    """Withdraw `consent` and all that this person signed before or after it, for good; safe to call again.

    From the moment this commits nothing under them is public.
    """
    chain = Consent.objects.filter(pk__in=consent.linked_consent_ids())
    _append_to_journal({one.reference for one in chain})
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
    """The second memory must not keep the first from being told; `settle` tries again."""
    try:
        withdrawal_journal.append(references)
    except OSError as error:
        logger.error("A withdrawal could not be written to the file of withdrawals yet: %s", error.strerror)


def receipt(consent: Consent) -> Receipt:
    """The receipt of a withdrawn consent; raises ValueError for one that isn't."""
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
    """Do what is due: forgotten withdrawals, endings, left-over files; safe to repeat. Says what was done."""
    done = _reconcile_with_journal(now)
    ended = Consent.objects.filter(withdrawn_at=None, expires_on__lt=on)
    told = set(
        Entry.objects.filter(
            event=Event.CONSENT_EXPIRED, subject__in=ended.values_list("reference", flat=True)
        ).values_list("subject", flat=True)
    )
    for consent in ended.exclude(reference__in=told):
        record(Event.CONSENT_EXPIRED, consent.reference, actor=SYSTEM_ACTOR, now=now)
        done.append(f"consent {consent.pk} has ended")
    over = [*ended.values_list("pk", flat=True)]
    over += Consent.objects.exclude(withdrawn_at=None).values_list("pk", flat=True)
    lying = storage.stored_tokens()
    left = _tokens(over) & lying if lying else set()
    _quarantine(left, SYSTEM_ACTOR, now)
    done += [f"photographs taken out of reach: {len(left)}"] if left else []
    swept = _delete_orphans(now)
    return done + ([f"left-over files deleted: {swept}"] if swept else [])


def _delete_orphans(now: datetime) -> int:
    """Delete what a killed upload left behind: records that no case holds, then files without a record."""
    strays = Photo.objects.filter(case_photo=None, uploaded_at__lt=now - storage.ORPHAN_AGE)
    for photo in strays.filter(pair_before=None, pair_after=None):
        photo.delete()
    named = set(Consent.objects.exclude(form="").values_list("form", flat=True))
    return ingest.delete_orphans(now) + form_storage.delete_orphans(named, now - storage.ORPHAN_AGE)


def _reconcile_with_journal(now: datetime) -> list[str]:
    """Bring database and file to the same knowledge: whatever one of them knows is withdrawn."""
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
    """Put the files out of reach; one that can't be moved now is tried again by the next `settle`."""
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
    """Delete a case with its photographs; what was public answers 410 from here on."""
    with transaction.atomic():
        tokens = [kept.photo.token for kept in case.case_photos.select_related("photo")]
        case.pairs.all().delete()
        kept = list(case.case_photos.all())
        for one in kept:
            one.delete()
        Photo.objects.filter(token__in=tokens).delete()
        record(Event.CASE_DELETED, case.code, actor=actor, now=now, detail={"photographs": tokens})
        case.delete()
        transaction.on_commit(lambda: _delete_files(tokens))


def _delete_files(tokens: list[str]) -> None:
    for token in tokens:
        storage.delete(token)
