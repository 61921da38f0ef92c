"""A doctor's approval of a case, and its end as soon as anything of the case is changed."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from content.consent.models import Consent
from content.gallery.readiness import missing_items
from content.ledger.models import Event
from content.ledger.writer import record

from .models import Case, EverPublic


class NotReadyError(Exception):
    """The case can't be approved; `problems` are sentences that say why, and nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


ATTESTATION_FIELDS = ("outcome", "attested_by", "is_own_patient", "is_this_treatment_only", "is_unretouched")


def fingerprint(case: Case) -> str:
    """What a doctor looks at before approving: 64 hexadecimal digits over the facts, the consent and the pictures."""
    facts = {
        field.attname: getattr(case, field.attname)
        for field in Case._meta.concrete_fields
        if field.name not in {*ATTESTATION_FIELDS, "approved_at"}
    }
    pictures = [
        [pair.view, *((photo.token, photo.alt, photo.captured_on, photo.cut) for photo in pair.photos)]
        for pair in case.pairs.all()
    ]
    consent = case.consent and [case.consent.allowed_scopes(), case.consent.expires_on, case.consent.adult_on]
    return hashlib.sha256(repr([facts, pictures, consent]).encode()).hexdigest()


def approve(case: Case, *, actor: str, now: datetime, on: date, seen: str = "") -> None:
    """Approve the stored case with the outcome and the attestation that `case` holds; raises NotReadyError.

    `seen` is the fingerprint of what the doctor looked at: what was changed since is not approved. From here on the
    case can be public, so its code and its photographs' tokens are noted as such in the same transaction.
    """
    with transaction.atomic():
        stored = _locked(case)
        if seen and fingerprint(stored) != seen:
            raise NotReadyError(["The case was changed while you looked at it. Look again, then approve."])
        for name in ATTESTATION_FIELDS:
            setattr(stored, name, getattr(case, name))
        problems = missing_items(stored, on) + _not_attested(stored)
        if problems:
            raise NotReadyError(problems)
        stored.approved_at = now
        stored.save(update_fields=[*ATTESTATION_FIELDS, "approved_at"])
        names = [stored.code, *(photo.token for pair in stored.pairs.all() for photo in pair.photos)]
        if stored.is_showable(on):
            EverPublic.objects.bulk_create([EverPublic(name=name) for name in _not_yet_public(names)])
        detail = {
            "reference": str(stored.consent),
            "outcome": stored.outcome,
            "clinician": str(stored.attested_by),
            "photographs": names[1:],
        }
        record(Event.CASE_APPROVED, stored.code, actor=actor, now=now, detail=detail)
    case.approved_at = now


def _locked(case: Case) -> Case:
    """The case and its consent as they are stored now, kept from others until the transaction ends; pairs read anew."""
    stored = Case.objects.select_for_update().get(pk=case.pk)
    if stored.consent_id:
        stored.consent = Consent.objects.select_for_update().get(pk=stored.consent_id)
    return stored


def _not_yet_public(names: list[str]) -> list[str]:
    known = set(EverPublic.objects.filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def _not_attested(case: Case) -> list[str]:
    found = []
    if not case.outcome:
        found.append("Say how much has changed.")
    if case.attested_by is None:
        found.append("Choose the clinician who vouches for it.")
    elif case.is_mixed:
        found.append(
            "A sample person can’t vouch for a real case, nor a real person for a sample: choose the clinician who has "
            "seen the change."
        )
    if not (case.is_own_patient and case.is_this_treatment_only and case.is_unretouched):
        found.append("All three statements have to be true, or the case can’t be shown.")
    return found


def end_approval(case: Case, *, actor: str, now: datetime, because: str) -> bool:
    """Take the approval of `case` away; whether it had one. It is off the website at once, and answers 410."""
    with transaction.atomic():
        stored = Case.objects.select_for_update().get(pk=case.pk)
        if stored.approved_at is None:
            return False
        stored.approved_at = None
        stored.is_own_patient = stored.is_this_treatment_only = stored.is_unretouched = False
        stored.save(update_fields=["approved_at", "is_own_patient", "is_this_treatment_only", "is_unretouched"])
        record(Event.CASE_TAKEN_DOWN, case.code, actor=actor, now=now, detail={"because": because})
    case.refresh_from_db()
    return True
