"""Draft locks: one person at a time changes a draft; who that is, since when, and how somebody else takes over.

The lock is versioning's own (`Version.locked_by`). Pressing Edit takes it, and so does the first save on an open draft;
asking for sign-off releases it; a doctor can take it over. What was saved stays in the draft, whoever holds the lock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cms.models import PageContent
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews.signing import ledger_subject

from .models import Hold

UNLOCK_PERMISSION = "djangocms_versioning.delete_versionlock"
SAME_ACTION = timedelta(seconds=2)  # between making a draft and its first save


@dataclass(frozen=True)
class DraftLock:
    """A draft that somebody else holds, as one user sees it at the instant `now`."""

    holder_name: str
    since_at: datetime
    saved_at: datetime | None
    was_yours: bool
    may_unlock: bool
    now: datetime

    @property
    def status(self) -> str:
        """A sentence that says who is changing the page, since when, and when they last saved."""
        saved = f"last saved {_clock(self.saved_at, self.now)}" if self.saved_at else "nothing saved yet"
        return f"{self.holder_name} is changing this page since {_time(self.since_at, self.now)} ({saved})."

    @property
    def sentence(self) -> str:
        """The status, and what the user can do."""
        takeover = " They have taken it over from you." if self.was_yours else ""
        next_step = "Ask them, or unlock it yourself." if self.may_unlock else "Ask them, or a doctor can unlock it."
        return f"{self.status}{takeover} {next_step}"


def _clock(moment: datetime, now: datetime) -> str:
    """Return the clinic's local time, with the day unless it is today."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localtime(now).date() else _time(moment, now)


def _time(moment: datetime, now: datetime) -> str:
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
    return DraftLock(
        holder_name=display_name(draft.locked_by),
        since_at=since,
        saved_at=draft.modified if draft.modified > draft.created + SAME_ACTION else None,
        was_yours=bool(hold and is_current and hold.taken_from == user.get_username()),
        may_unlock=user.has_perm(UNLOCK_PERMISSION),
        now=now,
    )


def release(content: PageContent, *, now: datetime) -> None:
    """Unlock the draft, for whoever presses Edit or saves next."""
    _transfer(content, None, now=now)


def acquire_if_free(content: PageContent, *, user: Any, now: datetime) -> None:
    """Lock the draft for `user` unless somebody holds it."""
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft and draft.locked_by_id is None:
            _transfer(content, user, now=now)


def take_over(content: PageContent, *, user: Any, now: datetime) -> bool:
    """Move the lock to `user` and record it; return False, changing nothing, if nobody else holds it."""
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft is None or draft.locked_by_id in {None, user.pk}:
            return False
        holder = draft.locked_by
        _transfer(content, user, now=now, taken_from=holder.get_username())
        detail = {"version": draft.number, "held_by": holder.get_username()}
        record(Event.DRAFT_UNLOCKED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
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
    """Store the holder and the time, which is read here because versioning's signal doesn't carry it."""
    if not isinstance(instance, Version) or (update_fields and "locked_by" not in update_fields):
        return
    if instance.locked_by_id is None:
        Hold.objects.filter(version_id=instance.pk).delete()
    elif not Hold.objects.filter(version_id=instance.pk, holder_id=instance.locked_by_id).exists():
        values = {"holder_id": instance.locked_by_id, "held_at": timezone.now(), "taken_from": ""}
        Hold.objects.update_or_create(version_id=instance.pk, defaults=values)
