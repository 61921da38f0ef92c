"""Drafts that go live by themselves at their time, if they may go live then; `tick` calls `publish_due`."""

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
NOT_A_DRAFT = "Only a draft can wait for its time: this version is live or old."
NOT_PUBLISHED = "It did not go live at its time. {}"


class NoSuchTimeError(ValueError):
    """A time of day that the clocks skip; the message is a sentence for staff."""


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """Return the instant of a date and a time of day in the clinic's zone.

    A time that comes twice when the clocks go back means the second, so that nothing goes live early; raises
    NoSuchTimeError for a time that the clocks skip.
    """
    moment = local.replace(tzinfo=zone, fold=1)
    round_trip = moment.astimezone(UTC).astimezone(zone)
    if round_trip.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError(
            f"There is no {local:%H:%M} on {local:%-d %B %Y}: the clocks go forward then. Choose an hour later."
        )
    return moment.astimezone(UTC)


def schedule_publication(content: PageContent, *, user: Any, goes_live_at: datetime, now: datetime) -> Schedule:
    """Let this draft go live at that time, replacing an earlier one; raises RefusedError with sentences."""
    with transaction.atomic():
        version = locked_version(content)
        if version.state != DRAFT:
            raise RefusedError([NOT_A_DRAFT])
        problems = gate.problems_for(user, content) + _wrong_time(goes_live_at, now)
        if problems:
            raise RefusedError(problems)
        values = {"goes_live_at": goes_live_at, "set_by": user.get_username(), "set_at": now, "problem": ""}
        schedule, _ = Schedule.objects.update_or_create(content=content, defaults=values)
        detail = {"version": version.number, "goes_live_at": goes_live_at}
        record(Event.PAGE_SCHEDULED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
    return schedule


def _wrong_time(goes_live_at: datetime, now: datetime) -> list[str]:
    if goes_live_at <= now:
        return ["That time is over. Choose one that is still to come, or publish the page now."]
    if goes_live_at > now + MAX_AHEAD:
        return ["That is more than a year away. Choose a time within a year."]
    return []


def cancel(content: PageContent, *, user: Any, now: datetime) -> None:
    """Remove the draft's time; safe to repeat. Raises RefusedError for someone who could not have set it."""
    if not rules.may_publish(user, content):
        raise RefusedError([gate.who_may_publish(content)])
    with transaction.atomic():
        count, _ = Schedule.objects.filter(content=content).delete()
        if count:
            record(Event.PAGE_UNSCHEDULED, ledger_subject(content), actor=user.get_username(), now=now)


def hold_back(contents: Iterable[PageContent], *, user: Any) -> None:
    """Keep these drafts, which `user` has changed, from going live by themselves unless `user` may publish them.

    A page that needs a signature is held back by its missing signature.
    """
    held = [
        content for content in contents if not rules.needs_signature(content) and not rules.may_publish(user, content)
    ]
    Schedule.objects.filter(content__in=held, problem="").update(problem=CHANGED_SINCE_SET.format(user.get_username()))


def upcoming() -> list[Schedule]:
    """Return the schedules still to come, the next first."""
    return list(Schedule.objects.filter(problem="").select_related("content__page"))


def failed() -> list[Schedule]:
    """Return the schedules that failed; each says why."""
    return list(Schedule.objects.exclude(problem="").select_related("content__page"))


def publish_due(*, now: datetime) -> list[str]:
    """Publish what is due, each in a transaction of its own, and return what was done; safe to run twice at once."""
    due = Schedule.objects.filter(goes_live_at__lte=now, problem="").values_list("pk", flat=True)
    done = []
    for pk in list(due):
        try:
            done += _publish_one(pk, now)
        except Exception:  # one failure must not stop the others; the next tick tries it again
            logger.exception("A page could not be made live at its time yet.")
    return done


def _publish_one(pk: int, now: datetime) -> list[str]:
    with transaction.atomic():
        content = PageContent.admin_manager.filter(schedule=pk).first()
        if content is None:
            return []
        try:
            locked_version(content)  # before the schedule, the order in which everyone locks the two
        except RefusedError:
            return []
        schedule = Schedule.objects.select_for_update(of=("self",)).filter(pk=pk, problem="").first()
        if schedule is None or schedule.goes_live_at > now:
            return []  # another process was first, or it was postponed
        try:
            with transaction.atomic():
                go_live.publish(content, user=_authorised_user(schedule), now=now)
        except RefusedError as refusal:
            schedule.problem = NOT_PUBLISHED.format(" ".join(refusal.problems))
            schedule.save(update_fields=["problem"])
            detail = {"problem": schedule.problem}
            record(Event.PAGE_NOT_PUBLISHED, ledger_subject(content), actor=SYSTEM_ACTOR, now=now, detail=detail)
            return [f"page {content.page_id} was not made live"]
        Schedule.objects.filter(pk=pk).delete()
    return [f"page {content.page_id} went live"]


def _authorised_user(schedule: Schedule) -> Any:
    """Return who set the time, if they may still publish the page; raises RefusedError."""
    user = get_user_model().objects.filter(username=schedule.set_by).first()
    if user is None or not rules.may_publish(user, schedule.content):
        raise RefusedError([NO_LONGER_ALLOWED.format(schedule.set_by)])
    return user
