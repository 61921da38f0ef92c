"""Draft locks: one person at a time changes a draft; who that is, since when, and how somebody else takes over.

The lock is versioning's own (`Version.locked_by`). The first save of an open draft takes it, so that a draft in which
nothing was saved stops nobody; asking for sign-off releases it. A doctor can take it over at once, a nurse or the owner
after a working day. What was saved stays in the draft, whoever holds the lock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cms.models import PageContent
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews.signing import ledger_subject

from .models import Hold, Takeover

UNLOCK_PERMISSION = "djangocms_versioning.delete_versionlock"  # at once
TAKE_OVER_PERMISSION = "cms.publish_page"  # after a working day
SATURDAY = 5
SAME_ACTION = timedelta(seconds=2)  # between making a draft and its first save


@dataclass(frozen=True)
class DraftLock:
    """A draft that somebody else holds, as one user sees it at the instant `now`.

    From `ends_at` on a nurse or the owner may take it over, too; `may_wait` says whether this user is one.
    """

    holder_name: str
    since_at: datetime
    saved_at: datetime | None
    ends_at: datetime
    was_yours: bool
    may_unlock: bool
    may_wait: bool
    now: datetime

    @property
    def status(self) -> str:
        """A sentence that says who is changing the page, since when, and when they last saved."""
        saved = f"last saved {_clock(self.saved_at, self.now)}" if self.saved_at else "nothing saved yet"
        return f"{self.holder_name} is changing this page since {time_of_day(self.since_at, self.now)} ({saved})."

    @property
    def sentence(self) -> str:
        """The status, and what the user can do."""
        takeover = " They have taken it over from you." if self.was_yours else ""
        return f"{self.status}{takeover} {self.way_on}"

    @property
    def way_on(self) -> str:
        """What the user can do, and until when the lock holds."""
        if self.may_unlock:
            return "Ask them, or take it over yourself."
        if self.may_wait:
            return f"Ask them, or take it over yourself from {self.end} on. A doctor can at once."
        if self.now >= self.ends_at:
            return "Ask them. A doctor, a nurse or the owner can take it over now."
        return f"Ask them. A doctor can take it over at once, a nurse or the owner from {self.end} on."

    @property
    def end(self) -> str:
        """When the lock ends for nurses and the owner, in the clinic's time."""
        return f"{timezone.localtime(self.ends_at):%H:%M on %A, %-d %B}"


def _clock(moment: datetime, now: datetime) -> str:
    """Return the clinic's local time, with the day unless it is today."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localtime(now).date() else time_of_day(moment, now)


def time_of_day(moment: datetime, now: datetime) -> str:
    """Return the clinic's local time and the day, such as "12:00 today"."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    days = {today: "today", today - timedelta(days=1): "yesterday"}
    return f"{local:%H:%M} {days.get(local.date(), f'on {local:%-d %B %Y}')}"


def display_name(user: Any) -> str:
    """Return the full name, or the user name if there is none."""
    return str(user.get_full_name() or user.get_username())


def draft_of(content: PageContent) -> Version | None:
    """Return the draft of the page that `content` is a version of, or None."""
    versions = Version.objects.filter_by_content_grouping_values(content).filter(state=DRAFT)
    return versions.select_related("locked_by", "hold__holder").first()


def lock_against(content: PageContent, user: Any, now: datetime) -> DraftLock | None:
    """Return the lock that stops `user` from changing this page now, or None."""
    draft = draft_of(content)
    if draft is None or draft.is_unlocked_for_user(user):
        return None
    hold = getattr(draft, "hold", None)
    is_current = hold is not None and hold.holder_id == draft.locked_by_id
    since = hold.held_at if hold and is_current else draft.created
    ends_at, may_wait = end_of(draft), user.has_perm(TAKE_OVER_PERMISSION)
    return DraftLock(
        holder_name=display_name(draft.locked_by),
        since_at=since,
        saved_at=draft.modified if draft.modified > draft.created + SAME_ACTION else None,
        was_yours=bool(hold and is_current and hold.taken_from == user.get_username()),
        ends_at=ends_at,
        may_unlock=may_take_over(draft, user, now),
        may_wait=may_wait,
        now=now,
    )


def end_of(draft: Version) -> datetime:
    """Return when a nurse or the owner may take over a draft that is held: a working day after its last save."""
    hold = getattr(draft, "hold", None)
    return next_working_day(max(draft.modified, hold.held_at) if hold else draft.modified)


def next_working_day(moment: datetime) -> datetime:
    """Return the same time of day, in the clinic, on the next day that is neither Saturday nor Sunday."""
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, local.time(), local.tzinfo)


def may_take_over(draft: Version, user: Any, now: datetime) -> bool:
    """Return whether this user may take over a draft that somebody else holds."""
    return bool(user.has_perm(UNLOCK_PERMISSION) or (user.has_perm(TAKE_OVER_PERMISSION) and now >= end_of(draft)))


def release(content: PageContent, *, now: datetime) -> None:
    """Unlock the draft, for whoever saves next."""
    _transfer(content, None, now=now)


def acquire_if_free(content: PageContent, *, user: Any, now: datetime) -> None:
    """Lock the draft for `user` unless somebody holds it."""
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft and draft.locked_by_id is None:
            _transfer(content, user, now=now)


def take_over(content: PageContent, *, user: Any, now: datetime) -> bool:
    """Move the lock to `user`, record it and tell the holder; return False, changing nothing, if nobody else holds it.

    Raises PermissionDenied, with a sentence, if this user may not.
    """
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft is None or draft.locked_by_id in {None, user.pk}:
            return False
        if not may_take_over(draft, user, now):
            lock = lock_against(content, user, now)
            raise PermissionDenied(lock.sentence if lock else None)
        holder = draft.locked_by
        _transfer(content, user, now=now, taken_from=holder.get_username())
        detail = {"version": draft.number, "held_by": holder.get_username()}
        record(Event.DRAFT_UNLOCKED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
        Takeover.objects.create(person=holder, title=draft.content.title, taken_by=display_name(user), taken_at=now)
    return True


def _draft_for_update(content: PageContent) -> Version | None:
    """Return the draft with its row locked until the transaction ends, or None."""
    versions = Version.objects.select_for_update(of=("self",)).filter_by_content_grouping_values(content)
    return versions.filter(state=DRAFT).first()


def _transfer(content: PageContent, user: Any, *, now: datetime, taken_from: str = "") -> None:
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft is None:
            return
        if user is None:
            Hold.objects.filter(version=draft).delete()
        else:
            values = {"holder": user, "held_at": now, "taken_from": taken_from}
            Hold.objects.update_or_create(version=draft, defaults=values)
        draft.locked_by = user
        draft.save(update_fields=["locked_by"])


def connect_receivers() -> None:
    """Listen to every save of a version, to note when versioning itself locks it."""
    post_save.connect(record_lock_time, dispatch_uid="locks")


def record_lock_time(sender: type, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Store the holder and the time, which is read here because versioning's signal doesn't carry it.

    Versioning locks a new draft for its author, who has saved nothing in it yet: that lock is taken off.
    """
    if not isinstance(instance, Version) or (update_fields and "locked_by" not in update_fields):
        return
    if kwargs["created"] and instance.locked_by_id is not None:
        Version.objects.filter(pk=instance.pk).update(locked_by=None)
        instance.locked_by = None
    if instance.locked_by_id is None:
        Hold.objects.filter(version_id=instance.pk).delete()
    elif not Hold.objects.filter(version_id=instance.pk, holder_id=instance.locked_by_id).exists():
        values = {"holder_id": instance.locked_by_id, "held_at": timezone.now(), "taken_from": ""}
        Hold.objects.update_or_create(version_id=instance.pk, defaults=values)
