"""Sending a case that waits for approval back to whoever prepared it, with words, and approving it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from content.gallery import approval
from content.gallery.models import Case
from content.ledger.models import Event
from content.ledger.writer import record
from content.outcomes import cases as outcomes
from content.outcomes.models import Became
from content.reviews.signing import RefusedError

APPROVED_MEANWHILE = "It was not sent back: the case was approved meanwhile."
WITHDRAWN = "The person has withdrawn their consent. Nothing is left to do here."
CHANGED = "The case was changed while you looked at it. Look again, then send it back."


def send_back(case: Case, comment: str, *, user: Any, now: datetime, seen: str) -> None:
    """Send a case back; until something of it changes it waits for nobody. Raises RefusedError.

    `seen` is the fingerprint of what the doctor looked at. The words aren't recorded: they may speak of a person.
    """
    with transaction.atomic():
        stored = _locked(case)
        if stored.consent and stored.consent.withdrawn_at:
            raise RefusedError([WITHDRAWN])
        if stored.approved_at:
            raise RefusedError([APPROVED_MEANWHILE])
        current = approval.fingerprint(stored)
        if seen != current:
            raise RefusedError([CHANGED])
        outcomes.tell(stored, Became.SENT_BACK, by=user.get_username(), now=now, comment=comment, seen=current)
        record(Event.CASE_SENT_BACK, stored.code, actor=user.get_username(), now=now)


def approve(case: Case, *, user: Any, now: datetime, on: date, seen: str, returned: int | None) -> None:
    """Approve as `approval.approve` does, and tell whoever prepared the case; raises its NotReadyError.

    `returned` is the key of the answer by which the case had been sent back when the doctor looked at it, or None: if
    a colleague has sent it back since, it isn't approved.
    """
    with transaction.atomic():
        current = outcomes.current_return(_locked(case))
        if current is not None and current.pk != returned:
            who = current.by_name
            raise approval.NotReadyError([f"{who} sent it back while you looked: “{current.comment}”. Look again."])
        approval.approve(case, actor=user.get_username(), now=now, on=on, seen=seen)
        outcomes.tell(case, Became.APPROVED, by=user.get_username(), now=now)


def ask_again(case: Case, *, user: Any, now: datetime) -> bool:
    """Put a case that was sent back before the doctor as it is; return whether it had been sent back."""
    with transaction.atomic():
        was_returned = outcomes.ask_again(_locked(case))
        if was_returned:
            record(Event.CASE_ASKED_AGAIN, case.code, actor=user.get_username(), now=now)
    return was_returned


def _locked(case: Case) -> Case:
    """Return the stored case with its row locked until the transaction ends, and nothing prefetched."""
    return Case.objects.select_for_update(of=("self",)).select_related("consent").get(pk=case.pk)
