"""A draft that goes live by itself at its time, if it may go live then."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.db import transaction
from djangocms_versioning.constants import DRAFT

from content.ledger.models import Event
from content.ledger.writer import SYSTEM_ACTOR, record
from content.reviews import gate, go_live, rules
from content.reviews.signing import RefusedError, ledger_subject, locked_version

from .models import Schedule

__all__ = ["RefusedError", "cancel", "failed", "publish_due", "schedule_publication", "to_utc", "upcoming"]

logger = logging.getLogger(__name__)
MAX_AHEAD = timedelta(days=366)
NO_LONGER_ALLOWED = "{} may no longer make it live. Somebody who may sets the time again, or publishes it."
CHANGED_SINCE_SET = (
    "It will not go live by itself: {} changed it after its time was set. Read it, then set the time again."
)
NOT_PUBLISHED = "It did not go live at its time. {}"


class NoSuchTimeError(ValueError):
    """The clocks go forward over this time of day; the sentence says so."""


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """The moment that a date and a time of day without a zone mean in the clinic's zone.

    On the night when the clocks go back a time comes twice: it means the second, so that nothing goes live early.
    Raises NoSuchTimeError for a time that the clocks skip.
    """
    moment = local.replace(tzinfo=zone, fold=1)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError(
            f"There is no {local:%H:%M} on {local:%-d %B %Y}: the clocks go forward then. Choose an hour later."
        )
    return moment.astimezone(UTC)


def schedule_publication(content: PageContent, *, user: Any, goes_live_at: datetime, now: datetime) -> Schedule:
    """Let this draft go live at that time; raises RefusedError with sentences. Set again, the newer time counts."""
    with transaction.atomic():
        version = locked_version(content)
        found = [] if version.state == DRAFT else ["Only a draft can wait for its time: this version is live or old."]
        found = found or gate.problems_for(user, content) + _wrong_time(goes_live_at, now)
        if found:
            raise RefusedError(found)
        values = {"goes_live_at": goes_live_at, "set_by": user.get_username(), "set_at": now, "problem": ""}
        planned, _ = Schedule.objects.update_or_create(content=content, defaults=values)
        detail = {"version": version.number, "goes_live_at": goes_live_at}
        record(Event.PAGE_SCHEDULED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
    return planned


def _wrong_time(goes_live_at: datetime, now: datetime) -> list[str]:
    if goes_live_at <= now:
        return ["That time is over. Choose one that is still to come, or publish the page now."]
    if goes_live_at > now + MAX_AHEAD:
        return ["That is more than a year away. Choose a time within a year."]
    return []


def cancel(content: PageContent, *, user: Any, now: datetime) -> None:
    """Let it wait no longer; safe to call again. Raises RefusedError for someone who could not have set it."""
    if not rules.may_publish(user, content):
        raise RefusedError([gate.who_may_publish(content)])
    with transaction.atomic():
        gone, _ = Schedule.objects.filter(content=content).delete()
        if gone:
            record(Event.PAGE_UNSCHEDULED, ledger_subject(content), actor=user.get_username(), now=now)


def hold_back(contents: Iterable[PageContent], *, user: Any) -> None:
    """Let none of these drafts, which `user` has changed, go live by itself unless they could make it live.

    A page that needs a signature is kept back by that.
    """
    touched = [one for one in contents if not rules.needs_signature(one) and not rules.may_publish(user, one)]
    Schedule.objects.filter(content__in=touched, problem="").update(
        problem=CHANGED_SINCE_SET.format(user.get_username())
    )


def upcoming() -> list[Schedule]:
    """What is still to go live, the next first."""
    return list(Schedule.objects.filter(problem="").select_related("content__page"))


def failed() -> list[Schedule]:
    """What did not go live at its time; each says why."""
    return list(Schedule.objects.exclude(problem="").select_related("content__page"))


def publish_due(*, now: datetime) -> list[str]:
    """Make live what is due, each in its own transaction; says what was done. Two at once do it once."""
    due = Schedule.objects.filter(goes_live_at__lte=now, problem="").values_list("pk", flat=True)
    done = []
    for pk in list(due):
        try:
            done += _publish_one(pk, now)
        except Exception:  # one that fails unforeseen must not keep the others; the next minute tries it again
            logger.exception("A page could not be made live at its time yet.")
    return done


def _publish_one(pk: int, now: datetime) -> list[str]:
    with transaction.atomic():
        content = PageContent.admin_manager.filter(schedule=pk).first()
        if content is None:
            return []
        try:
            locked_version(content)  # before the plan, as everybody does who changes either
        except RefusedError:
            return []
        planned = Schedule.objects.select_for_update(of=("self",)).filter(pk=pk, problem="").first()
        if planned is None or planned.goes_live_at > now:
            return []  # another process was first, or it was put off
        try:
            with transaction.atomic():
                go_live.publish(content, user=_authorised_user(planned), now=now)
        except RefusedError as refusal:
            planned.problem = NOT_PUBLISHED.format(" ".join(refusal.problems))
            planned.save(update_fields=["problem"])
            detail = {"problem": planned.problem}
            record(Event.PAGE_NOT_PUBLISHED, ledger_subject(content), actor=SYSTEM_ACTOR, now=now, detail=detail)
            return [f"page {content.page_id} was not made live"]
        Schedule.objects.filter(pk=pk).delete()
    return [f"page {content.page_id} went live"]


def _authorised_user(planned: Schedule) -> Any:
    """Who set the time, if they may still make the page live; raises RefusedError."""
    user = get_user_model().objects.filter(username=planned.set_by).first()
    if user is None or not rules.may_publish(user, planned.content):
        raise RefusedError([NO_LONGER_ALLOWED.format(planned.set_by)])
    return user
