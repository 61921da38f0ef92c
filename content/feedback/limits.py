"""Limits on answers, per IP address and per page, without storing any address.

Nothing else that readers do is limited (`deploy/README.md`); wrong passwords are in `staff/accounts/lockout.py`.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import Counter, DayKey

#: A waiting room shares one address, so a few people may answer about the same page on one day.
PER_ADDRESS_AND_PAGE = 10  # a day
PER_ADDRESS = 30  # an hour
PER_PAGE = 200  # a day, from everybody, so that a flood fills neither the disk nor a nurse's morning


class TooManyError(Exception):
    """A limit is reached; nothing was counted."""


def count(address: str | None, page_id: int, now: datetime) -> None:
    """Count one more answer; raises TooManyError. Concurrent answers can't pass a limit together."""
    local = timezone.localtime(now)
    key = _key(local)
    with transaction.atomic():
        for subject, most in (
            (f"{address} {page_id}", PER_ADDRESS_AND_PAGE),
            (f"{address} at {local:%H}", PER_ADDRESS),
            (f"about {page_id}", PER_PAGE),
        ):
            digest = hmac.new(key, subject.encode(), hashlib.sha256).hexdigest()
            Counter.objects.get_or_create(digest=digest, defaults={"on": local.date()})
            if not Counter.objects.filter(digest=digest, count__lt=most).update(count=F("count") + 1):
                raise TooManyError


def press_digest(address: str | None, browser: str, content_id: int, *, is_clear: bool, now: datetime) -> str:
    """Return a digest of who pressed which button, which can't be linked to an address once the day is over."""
    subject = f"{address} with {browser} on {content_id}: {is_clear}"
    return hmac.new(_key(timezone.localtime(now)), subject.encode(), hashlib.sha256).hexdigest()


def _key(local: datetime) -> bytes:
    defaults = {"secret": secrets.token_hex(32)}
    return bytes.fromhex(DayKey.objects.get_or_create(on=local.date(), defaults=defaults)[0].secret)


def delete_expired(now: datetime) -> None:
    """Delete the keys and counters of other days, after which nobody can link them to an address."""
    on = timezone.localtime(now).date()
    DayKey.objects.exclude(on=on).delete()
    Counter.objects.exclude(on=on).delete()
