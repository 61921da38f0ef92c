"""Sending a draft that waits back to whoever asked, with words."""

from datetime import datetime
from typing import Any

from cms.models import PageContent
from django.db import transaction
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from content.ledger.models import Event
from content.ledger.writer import record
from content.outcomes import pages as outcomes
from content.outcomes.models import Became
from content.publishing import schedule
from content.reviews import draft_locks, gate, rules
from content.reviews.models import Request
from content.reviews.signing import RefusedError, close_request, ledger_subject, locked_version

NOT_WAITING = "This page waits for nobody, so there is nobody to send it back to."
LIVE_MEANWHILE = "It was not sent back: the page went live meanwhile."


def send_back(content: PageContent, comment: str, *, user: Any, now: datetime, asked: int | None = None) -> None:
    """Make a draft that waits one that is being written again, and tell whoever asked why; raises RefusedError.

    `asked` is the key of the request that the person saw. The draft is free for whoever asked, unless a third person is
    changing it; a time that was set for it is taken away.
    """
    with transaction.atomic():
        version = locked_version(content)
        if not rules.may_publish(user, content):
            raise RefusedError([gate.who_may_publish(content)])
        request = Request.objects.filter(content=content).first()
        if request is None or version.state != DRAFT or (asked is not None and request.pk != asked):
            raise RefusedError([_why_not(content, version, asked)])
        actor, detail = user.get_username(), {"version": version.number, "asked_by": request.asked_by}
        close_request(content, Became.SENT_BACK, actor=actor, now=now, comment=comment)
        schedule.cancel(content, user=user, now=now)
        if version.locked_by_id == user.pk:
            draft_locks.release(content, now=now)
        record(Event.PAGE_SENT_BACK, ledger_subject(content), actor=actor, now=now, detail=detail)


def _why_not(content: PageContent, version: Version, asked: int | None) -> str:
    if version.state != DRAFT:
        return LIVE_MEANWHILE
    return outcomes.meanwhile(content.pk) if asked is not None else NOT_WAITING
