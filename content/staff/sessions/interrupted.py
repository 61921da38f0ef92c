"""Keeps what somebody sent after their session had ended, for them alone, until they go on with it."""

import json
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from content.staff.accounts import sealing
from content.staff.sessions.models import InterruptedSave

LIFETIME = timedelta(days=4)  # a long weekend
MAX_PER_PERSON = 10  # then the oldest goes
MAX_SIZE = 2_000_000  # bytes of all fields together; Django reads little more
SENDS_ITSELF = timedelta(minutes=30)  # later, people are shown what they typed and asked first


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent: its whole address on this site, its fields in order, and the names of its files."""

    address: str
    fields: list[tuple[str, str]]
    files: list[str] = field(default_factory=list)

    def as_data(self) -> QueryDict:
        """Return the fields as a request would carry them."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


def keep(form: SentForm, *, user: User, subject: str, now: datetime) -> InterruptedSave | None:
    """Keep the form for this person, or return None if it is too large."""
    text = json.dumps([form.address, form.fields, form.files]).encode()
    if len(text) > MAX_SIZE:
        return None
    kept = InterruptedSave.objects.create(
        user=user,
        token=secrets.token_urlsafe(32),
        subject=subject,
        sealed=sealing.seal(zlib.compress(text), owner=_owner(user)),
        made_at=now,
    )
    keys = list(InterruptedSave.objects.filter(user=user).values_list("pk", flat=True))
    InterruptedSave.objects.filter(pk__in=keys[MAX_PER_PERSON:]).delete()
    return kept


def find(token: str, user: Any, *, now: datetime) -> InterruptedSave | None:
    """Return what is kept under this token, if it is this person's."""
    return of_user(user, now=now).filter(token=token).first()


def of_user(user: Any, *, now: datetime) -> QuerySet[InterruptedSave]:
    """Select what is kept for this person, the newest first."""
    return InterruptedSave.objects.filter(user=user, made_at__gt=now - LIFETIME)


def unseal(kept: InterruptedSave) -> SentForm | None:
    """Return the form, or None if the key that it was sealed with is gone."""
    try:
        text = zlib.decompress(sealing.unseal(kept.sealed, owner=_owner(kept.user)))
    except sealing.SealError:
        return None
    address, fields, files = json.loads(text)
    return SentForm(address, [(name, value) for name, value in fields], files)


def discard(token: str, user: Any) -> None:
    """Delete what is kept under this token for this person: it was saved, or is not wanted."""
    InterruptedSave.objects.filter(token=token, user=user).delete()


def delete_expired(now: datetime) -> None:
    """Delete what nobody has gone on with."""
    InterruptedSave.objects.filter(made_at__lte=now - LIFETIME).delete()


def time_of(kept: InterruptedSave) -> str:
    """Return when the form was sent, as staff read it."""
    return f"{timezone.localtime(kept.made_at):%-d %B, %H:%M}"


def _owner(user: User) -> str:
    return f"interrupted save of user {user.pk}"
