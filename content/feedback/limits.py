"""How many answers are taken: of one address, and of a page in all, without keeping any address."""

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
PER_PAGE = 200  # a day, of everybody: a flood fills neither the disk nor a nurse's morning


class TooManyError(Exception):
    """A limit is reached; nothing was counted."""


def count(address: str | None, page_id: int, now: datetime) -> None:
    """Let one more answer through; raises TooManyError. Two at the same moment never pass a limit together."""
    local = timezone.localtime(now)
    key = _key(local)
    with transaction.atomic():
        for what, most in (
            (f"{address} {page_id}", PER_ADDRESS_AND_PAGE),
            (f"{address} at {local:%H}", PER_ADDRESS),
            (f"about {page_id}", PER_PAGE),
        ):
            digest = hmac.new(key, what.encode(), hashlib.sha256).hexdigest()
            Counter.objects.get_or_create(digest=digest, defaults={"on": local.date()})
            if not Counter.objects.filter(digest=digest, count__lt=most).update(count=F("count") + 1):
                raise TooManyError


def _key(local: datetime) -> bytes:
    fresh = {"secret": secrets.token_hex(32)}
    return bytes.fromhex(DayKey.objects.get_or_create(on=local.date(), defaults=fresh)[0].secret)


def delete_expired(now: datetime) -> None:
    """Drop the secrets and counters of other days: from then on nobody can tell whose they were."""
    on = timezone.localtime(now).date()
    DayKey.objects.exclude(on=on).delete()
    Counter.objects.exclude(on=on).delete()
