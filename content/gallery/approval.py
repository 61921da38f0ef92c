"""A doctor's approval of a case, and its end as soon as anything of the case is changed."""

from datetime import date, datetime

from django.db import transaction

from content.consent.models import Consent
from content.ledger.models import Event
from content.ledger.writer import record

from .models import Case, EverPublic
from .standing import missing


class NotReadyError(Exception):
    """The case can't be approved; `problems` are sentences that say why, and nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def approve(case: Case, *, actor: str, now: datetime, on: date) -> None:
    """Approve `case` as it stands, with the outcome and the attestation that it holds; raises NotReadyError.

    From here on it can be public, so its code and its photographs' tokens are noted as such in the same transaction.
    """
    with transaction.atomic():
        if case.consent_id:
            case.consent = Consent.objects.select_for_update().get(pk=case.consent_id)
        problems = missing(case, on) + _not_attested(case)
        if problems:
            raise NotReadyError(problems)
        case.approved_at = now
        case.save()
        names = [case.code, *(photo.token for pair in case.pairs.all() for photo in pair.photos)]
        if case.consent and case.consent.for_website:
            EverPublic.objects.bulk_create([EverPublic(name=name) for name in _new(names)])
        detail = {
            "reference": str(case.consent),
            "outcome": case.outcome,
            "clinician": str(case.attested_by),
            "photographs": names[1:],
        }
        record(Event.CASE_APPROVED, case.code, actor=actor, now=now, detail=detail)


def _new(names: list[str]) -> list[str]:
    known = set(EverPublic.objects.filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def _not_attested(case: Case) -> list[str]:
    found = []
    if not case.outcome:
        found.append("Say how much has changed.")
    if case.attested_by is None:
        found.append("Choose the clinician who vouches for it.")
    if not (case.is_own_patient and case.is_this_treatment_only and case.is_unretouched):
        found.append("All three statements have to be true, or the case can’t be shown.")
    return found


def end_approval(case: Case, *, actor: str, now: datetime, because: str) -> bool:
    """Take the approval of `case` away; whether it had one. It is off the website at once, and answers 410."""
    with transaction.atomic():
        stored = Case.objects.select_for_update().get(pk=case.pk)
        if stored.approved_at is None:
            return False
        Case.objects.filter(pk=case.pk).update(
            approved_at=None, is_own_patient=False, is_this_treatment_only=False, is_unretouched=False
        )
        case.refresh_from_db()
        case.save()  # whoever counts cases hears of it
        record(Event.CASE_TAKEN_DOWN, case.code, actor=actor, now=now, detail={"because": because})
    return True
