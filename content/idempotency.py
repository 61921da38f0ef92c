"""Does what a form asks for once though its button is pressed twice: the second press gets the answer of the first."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, models

WINDOW = timedelta(minutes=2)  # after it the same press is a new one
PATIENCE, POLL_INTERVAL = 5, 0.1  # seconds that a press waits for the one before it, and between two looks


class IdempotencyKey(models.Model):
    """A press that is being worked on, or was: `digest` is that of all it sent, `location` where its answer stands.

    Rows are deleted after `WINDOW`.
    """

    digest = models.CharField(max_length=64, unique=True)
    location = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at:%H:%M:%S}: {'done' if self.location else 'not done yet'}"


class StillRunningError(Exception):
    """The press before this one has no answer yet."""


def claim(digest: str, *, now: datetime) -> str:
    """Return where the answer of the press before this stands, or "" if this is the first.

    Whoever is first has to call `finish` or `release`; the others wait until then. Raises StillRunningError.
    """
    end = time.monotonic() + PATIENCE
    while True:
        IdempotencyKey.objects.filter(digest=digest, made_at__lt=now - WINDOW).delete()
        try:
            key, is_first = IdempotencyKey.objects.get_or_create(digest=digest, defaults={"made_at": now})
        except IntegrityError:  # released between two looks
            continue
        if is_first or key.location:
            return key.location
        if time.monotonic() > end:
            raise StillRunningError
        time.sleep(POLL_INTERVAL)


def finish(digest: str, location: str) -> None:
    """Store where the answer stands."""
    IdempotencyKey.objects.filter(digest=digest).update(location=location)


def release(digest: str) -> None:
    """Let the same press be made again: nothing was done."""
    IdempotencyKey.objects.filter(digest=digest).delete()


def run_once(digest: str, action: Callable[[], str], *, now: datetime) -> str:
    """Return the address that `action` returns, or returned for the press before. Raises StillRunningError."""
    location = claim(digest, now=now)
    if location:
        return location
    try:
        location = action()
    except BaseException:
        release(digest)
        raise
    finish(digest, location)
    return location


def delete_expired(now: datetime) -> None:
    """Delete what no press asks for any more."""
    IdempotencyKey.objects.filter(made_at__lt=now - WINDOW).delete()
