"""Keeps what a doctor says to whoever prepared a case: approved, or sent back with words."""

from datetime import datetime

from django.db.models import Q

from content.gallery import approval
from content.gallery.models import Case
from content.ledger.models import Entry, Event

from .models import Became, Outcome

PHOTOGRAPH_EVENTS = (Event.PHOTO_ADDED, Event.PHOTO_CHANGED, Event.PHOTO_REMOVED)


def tell(case: Case, became: Became, *, by: str, now: datetime, comment: str = "", seen: str = "") -> None:
    """Tell whoever prepared this case what became of it, in place of what was told before.

    That it is approved is no news to whoever did all of it alone.
    """
    Outcome.objects.filter(case=case).delete()
    preparer = _preparer(case, but=by)
    if not preparer and became == Became.APPROVED:
        return
    Outcome.objects.create(
        case=case,
        title=case.title,
        asked_by=preparer,
        asked_at=now,
        became=became,
        by=by,
        at=now,
        comment=comment,
        case_seen=seen,
    )


def _preparer(case: Case, *, but: str) -> str:
    """Return the user name of whoever last worked on the case, other than `but`; "" if nobody did."""
    of_case = Q(subject=case.code, event=Event.CASE_CHANGED) | Q(event__in=PHOTOGRAPH_EVENTS, detail__case=case.code)
    entry = Entry.objects.filter(of_case).exclude(actor=but).order_by("-pk").first()
    return entry.actor if entry else ""


def current_return(case: Case) -> Outcome | None:
    """Return how this case was sent back if nothing of it has changed since, else None: then it waits again."""
    returned = Outcome.objects.filter(case=case, became=Became.SENT_BACK).order_by("-at").first()
    return returned if returned and returned.case_seen == approval.fingerprint(case) else None


def returned_cases(cases: list[Case]) -> set[int]:
    """Return the keys of those cases that were sent back and have not changed since."""
    rows = Outcome.objects.filter(case__in=cases, became=Became.SENT_BACK)
    seen = dict(rows.order_by("at").values_list("case_id", "case_seen"))
    return {case.pk for case in cases if case.pk in seen and seen[case.pk] == approval.fingerprint(case)}


def ask_again(case: Case) -> bool:
    """Put a case that was sent back before the doctor again as it is; return whether it had been sent back."""
    count, _ = Outcome.objects.filter(case=case, became=Became.SENT_BACK).delete()
    return bool(count)
