"""One-time links to set a password: made by the owner or on the server, printed, valid once within 24 hours."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import lockout, second_factor
from content.staff.accounts.models import SignInLink

LIFETIME = timedelta(hours=24)
LENGTH = 20  # 98 bits
GROUP = 5


def create_link(user: User, *, actor: str, now: datetime, has_lost_telephone: bool) -> str:
    """Replace the user's open link and return the code of the new one, which is stored only as a digest."""
    code = "".join(secrets.choice(second_factor.ALPHABET) for _ in range(LENGTH))
    values = {"digest": _digest(code), "made_at": now, "ends_at": now + LIFETIME}
    with transaction.atomic():
        SignInLink.objects.update_or_create(user=user, defaults={**values, "has_lost_telephone": has_lost_telephone})
        detail = {"until": values["ends_at"], "has_lost_telephone": has_lost_telephone}
        record(Event.LINK_MADE, user.username[:80], actor=actor, now=now, detail=detail)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def find_open_link(code: str, *, now: datetime) -> SignInLink | None:
    """Return the open link with this code, or None if it is unknown, used or expired."""
    open_links = SignInLink.objects.select_related("user").filter(ends_at__gt=now, user__is_active=True)
    return open_links.filter(digest=_digest(code)).first()


def redeem_link(link: SignInLink, password: str, *, now: datetime) -> bool:
    """Set the password, reset a lost telephone, lift a lockout; return False if the link was used meanwhile."""
    user = link.user
    with transaction.atomic():
        deleted, _ = SignInLink.objects.filter(pk=link.pk, digest=link.digest).delete()
        if not deleted:
            return False
        user.set_password(password)
        user.save(update_fields=["password"])
        record(Event.LINK_USED, user.username[:80], actor=user.username, now=now)
        record(Event.PASSWORD_CHANGED, user.username[:80], actor=user.username, now=now)
        if link.has_lost_telephone:
            second_factor.reset(user, now=now)
        lockout.reset_failures(user.username)
    return True


def _digest(code: str) -> str:
    """Hash the code without a salt or stretching: it has the entropy of a key."""
    return hashlib.sha256(second_factor.normalise_code(code).encode()).hexdigest()
