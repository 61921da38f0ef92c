"""Keeps what becomes of requests to sign or publish a draft; `reviews` calls it in the transaction of each event."""

from collections.abc import Iterable
from datetime import datetime

from cms.models import PageContent

from .models import OPEN, Became, Outcome

TAKEN_BACK_MEANWHILE = "It was taken back while you read it, to be written on. Nothing was done."


def open_request(content: PageContent, *, asked_by: str, now: datetime) -> None:
    """Note that this person asks about this draft; an earlier answer to them about it is over."""
    fresh = {
        "asked_at": now,
        "page_id": content.page_id,
        "title": content.title,
        "became": Became.WAITING,
        "by": "",
        "at": None,
        "comment": "",
        "changed_by": [],
        "is_dismissed": False,
    }
    Outcome.objects.update_or_create(content_id=content.pk, asked_by=asked_by, defaults=fresh)


def ensure_open(content: PageContent, *, asked_by: str, asked_at: datetime) -> None:
    """Note a request that was made under a release that kept no outcomes."""
    if not Outcome.objects.filter(content_id=content.pk, asked_by=asked_by).exists():
        open_request(content, asked_by=asked_by, now=asked_at)


def close(content_id: int, became: Became, *, by: str, now: datetime, comment: str = "", title: str = "") -> None:
    """Tell everybody who asked about this draft what became of it; who did it themselves needs no telling.

    A request that was taken back says nothing of one that was sent back before.
    """
    rows = Outcome.objects.filter(content_id=content_id, became__in=OPEN)
    if became == Became.TAKEN_BACK:
        rows = rows.filter(became=Became.WAITING)
    rows.filter(asked_by=by).delete()
    rows.filter(is_dismissed=True).delete()
    told = {"became": became, "by": by, "at": now, "comment": comment}
    rows.update(**told, **({"title": title} if title else {}))


def close_if_gone(content_id: int, *, by: str, now: datetime) -> None:
    """Tell everybody who asked about this draft that it was thrown away, if it is no longer there."""
    if not PageContent.admin_manager.filter(pk=content_id).exists():
        close(content_id, Became.THROWN_AWAY, by=by, now=now)


def note_changes(content_ids: Iterable[int], *, by: str) -> None:
    """Note that this person changed drafts that others asked to be signed or published."""
    waiting = Outcome.objects.filter(content_id__in=list(content_ids), became__in=(Became.WAITING, Became.SIGNED))
    for outcome in waiting.exclude(asked_by=by):
        if by not in outcome.changed_by:
            outcome.changed_by = [*outcome.changed_by, by]
            outcome.save(update_fields=["changed_by"])


def last_return(content_id: int) -> Outcome | None:
    """Return how this draft was last sent back, if nobody has asked again since; else None."""
    rows = Outcome.objects.filter(content_id=content_id)
    if rows.filter(became=Became.WAITING).exists():
        return None
    return rows.filter(became=Became.SENT_BACK).order_by("-at").first()


def meanwhile(content_id: int) -> str:
    """Return in a sentence what became of a request that was there when somebody began to read."""
    last = Outcome.objects.filter(content_id=content_id).exclude(became=Became.WAITING).order_by("-at").first()
    if last is None or last.became == Became.TAKEN_BACK:
        return TAKEN_BACK_MEANWHILE
    who = last.by_name
    if last.became == Became.SENT_BACK:
        return f"{who} sent it back while you read it: “{last.comment}”. Nothing was done."
    if last.became == Became.SIGNED:
        return f"{who} signed it while you read it. Open the page again to go on from there."
    return f"{who} was faster: “{last.title}” is {last.get_became_display().lower()}. Open it again to see."
