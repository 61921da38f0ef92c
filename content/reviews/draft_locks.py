"""A draft is changed by one person at a time: who that is and since when, and how somebody else gets on with it.

The lock is versioning's own (`Version.locked_by`). Pressing Edit takes it, and so does the first save on an open draft;
asking for sign-off releases it; a doctor can take it over. What was saved stays in the draft, whoever holds it.
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
    """A draft that somebody else is changing, as `user` sees it at the instant `now`."""

    holder_name: str
    since_at: datetime
    saved_at: datetime | None
    was_yours: bool
    may_unlock: bool
    now: datetime

    @property
    def status(self) -> str:
        """Who is changing the page, since when, and when they last saved."""
        saved = f"last saved {_clock(self.saved_at, self.now)}" if self.saved_at else "nothing saved yet"
        return f"{self.holder_name} is changing this page since {_time(self.since_at, self.now)} ({saved})."

    @property
    def sentence(self) -> str:
        """The same, and what to do."""
        taken = " They have taken it over from you." if self.was_yours else ""
        way_on = "Ask them, or unlock it yourself." if self.may_unlock else "Ask them, or a doctor can unlock it."
        return f"{self.status}{taken} {way_on}"


def _clock(moment: datetime, now: datetime) -> str:
    """The time on the clinic's clock; with its day where that isn't today."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localtime(now).date() else _time(moment, now)


def _time(moment: datetime, now: datetime) -> str:
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    days = {today: "today", today - timedelta(days=1): "yesterday"}
    return f"{local:%H:%M} {days.get(local.date(), f'on {local:%-d %B %Y}')}"


def display_name(user: Any) -> str:
    """The name people know: the full name, or else the user name."""
    return str(user.get_full_name() or user.get_username())


def draft_of(content: PageContent) -> Version | None:
    """The draft of the page that `content` is a version of, or None."""
    versions = Version.objects.filter_by_content_grouping_values(content).filter(state=DRAFT)
    return versions.select_related("locked_by", "hold__holder").first()


def lock_against(content: PageContent, user: Any, now: datetime) -> DraftLock | None:
    """Who keeps `user` from changing this page now; None where nobody does."""
    draft = draft_of(content)
    if draft is None or draft.is_unlocked_for_user(user):
        return None
    hold = getattr(draft, "hold", None)
    is_known = hold is not None and hold.holder_id == draft.locked_by_id
    since = hold.held_at if hold and is_known else draft.created
    return DraftLock(
        holder_name=display_name(draft.locked_by),
        since_at=since,
        saved_at=draft.modified if draft.modified > draft.created + SAME_ACTION else None,
        was_yours=bool(hold and is_known and hold.taken_from == user.get_username()),
        may_unlock=user.has_perm(UNLOCK_PERMISSION),
        now=now,
    )


def release(content: PageContent, *, now: datetime) -> None:
    """Leave the draft to whoever presses Edit next, or saves first."""
    _transfer(content, None, now=now)


def acquire_if_free(content: PageContent, *, user: Any, now: datetime) -> None:
    """Give `user` the draft that nobody holds; a held one stays with its holder."""
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft and draft.locked_by_id is None:
            _transfer(content, user, now=now)


def take_over(content: PageContent, *, user: Any, now: datetime) -> bool:
    """Take the draft over from whoever holds it, with what they saved; whether anybody else did hold it."""
    with transaction.atomic():
        draft = _draft_for_update(content)
        if draft is None or draft.locked_by_id in {None, user.pk}:
            return False
        before = draft.locked_by
        _transfer(content, user, now=now, taken_from=before.get_username())
        detail = {"version": draft.number, "held_by": before.get_username()}
        record(Event.DRAFT_UNLOCKED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
    return True


def _draft_for_update(content: PageContent) -> Version | None:
    """The draft, kept from other writers until the transaction ends."""
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
    """Note the time of every lock that versioning gives by itself."""
    post_save.connect(record_lock_time, dispatch_uid="locks")


def record_lock_time(sender: type, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Keep the holder and the instant; versioning says neither when it locks, so the clock is read here."""
    if not isinstance(instance, Version) or (update_fields and "locked_by" not in update_fields):
        return
    if instance.locked_by_id is None:
        Hold.objects.filter(version_id=instance.pk).delete()
    elif not Hold.objects.filter(version_id=instance.pk, holder_id=instance.locked_by_id).exists():
        values = {"holder_id": instance.locked_by_id, "held_at": timezone.now(), "taken_from": ""}
        Hold.objects.update_or_create(version_id=instance.pk, defaults=values)
