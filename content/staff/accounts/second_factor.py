"""The second factor: a code from the person's telephone, or one of ten printed recovery codes, each valid once.

The shape of what is typed says which of the two it is, so that a slip at one never counts against the other.
`access_middleware` asks for it at every staff address; the setting SECOND_FACTOR turns it off on a local site only.
A telephone's code is taken within its 30 seconds and those before and after: django-otp's own `step` and `tolerance`.
"""

import re
import secrets
import unicodedata
from datetime import datetime
from math import ceil

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from content.consent.reference import ALPHABET
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import sealing
from content.staff.accounts.models import Telephone

RECOVERY_CODE_COUNT, RECOVERY_CODE_LENGTH = 10, 8
DIGITS = 6
MAX_FAILURES = 15  # counted: each doubles the wait before a device's next code, and so many make it 27 minutes
SEPARATORS = re.compile(r"[\s\-‐‑‒–—−]")


def confirmed_device(user: User) -> Telephone | None:
    """Return the telephone whose codes this user signs in with, or None."""
    device: Telephone | None = Telephone.objects.filter(user=user, confirmed=True).first()
    return device


def pending_device(user: User) -> Telephone | None:
    """Return the telephone that this user has begun to set up, or None; one whose key is lost is begun anew."""
    device: Telephone | None = Telephone.objects.filter(user=user, confirmed=False).first()
    return device if device and device.is_readable else None


def start_setup(user: User) -> None:
    """Create the secret for a telephone that is to be set up, unless one is confirmed already."""
    with transaction.atomic():
        _lock_user(user)
        if confirmed_device(user) is None:
            Telephone.objects.filter(user=user).delete()
            Telephone.objects.create(user=user, name="telephone", confirmed=False)


def confirm_setup(user: User, code: str, *, now: datetime) -> Telephone | None:
    """Confirm the pending telephone if this is its code, and return it; else return None."""
    with transaction.atomic():
        _lock_user(user)
        device = pending_device(user)
        digits = _digits(code)
        if device is None or confirmed_device(user) is not None or not digits:
            return None
        _cap_failures(device)
        if not device.verify_token(digits):
            return None
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        record(Event.SECOND_FACTOR_SET_UP, user.username[:80], actor=user.username, now=now)
    return device


def generate_recovery_codes(user: User, *, now: datetime) -> list[str]:
    """Replace the user's recovery codes by ten new ones and return them, to be shown once."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        tokens = [
            "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_CODE_LENGTH)) for _ in range(RECOVERY_CODE_COUNT)
        ]
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_hash_recovery_code(device, token)) for token in tokens
        )
        record(Event.RECOVERY_CODES_MADE, user.username[:80], actor=user.username, now=now)
    return [f"{token[:4]}-{token[4:]}" for token in tokens]


def verify_totp(user: User, typed: str) -> Device | None:
    """Return the user's telephone if this is its current, unused code; else None."""
    device, code = confirmed_device(user), _digits(typed)
    if device is None or not code or not device.is_readable:
        return None
    _cap_failures(device)
    return verify_token(user, device.persistent_id, code)


def use_recovery_code(user: User, typed: str, *, now: datetime) -> Device | None:
    """Return the device of the recovery codes if this is one of them, and spend the code; else None."""
    codes, code = StaticDevice.objects.filter(user=user).first(), _recovery_code(typed)
    if codes is None or not code:
        return None
    _cap_failures(codes)
    with transaction.atomic():
        device = verify_token(user, codes.persistent_id, _hash_recovery_code(codes, code))
        if device:
            record(Event.RECOVERY_CODE_USED, user.username[:80], actor=user.username, now=now)
    return device


def blocked_minutes(user: User, typed: str, *, now: datetime) -> int:
    """Return for how many minutes such a code is refused, even if right, after too many wrong ones; 0 if it isn't."""
    codes = StaticDevice.objects.filter(user=user).first() if _recovery_code(typed) else None
    device = confirmed_device(user) if _digits(typed) else codes
    if device is None:
        return 0
    _cap_failures(device)
    is_allowed, reason = device.verify_is_allowed()
    return 0 if is_allowed else ceil((reason["locked_until"] - now).total_seconds() / 60)


def recovery_codes_left(user: User) -> int:
    """Return the number of unused recovery codes."""
    return int(StaticToken.objects.filter(device__user=user).count())


def reset(user: User, *, now: datetime) -> None:
    """Delete telephone and recovery codes, so that the user sets up again at the next sign-in."""
    for kind in (Telephone, StaticDevice):
        kind.objects.filter(user=user).delete()
    record(Event.SECOND_FACTOR_RESET, user.username[:80], actor=user.username, now=now)


def protect_stored_secrets() -> int:
    """Seal keys and hash recovery codes that are stored in clear, as release 0.1.0 did; return how many there were."""
    clear = [device for device in Telephone.objects.all() if not sealing.is_sealed(device.key)]
    for device in clear:
        device.save(update_fields=["key"])
    codes = [code for code in StaticToken.objects.select_related("device") if len(code.token) == RECOVERY_CODE_LENGTH]
    for code in codes:
        hashed = _hash_recovery_code(code.device, code.token)
        StaticToken.objects.filter(pk=code.pk, token=code.token).update(token=hashed)
    return len(clear) + len(codes)


def lost_key_notice() -> str:
    """Return what to do about telephones that were sealed under another key than this site's; "" without any."""
    devices = Telephone.objects.filter(confirmed=True, user__is_active=True).select_related("user").order_by("user")
    people = [device.user for device in devices if not device.is_readable]
    if not people:
        return ""
    owners = [user for user in people if user.has_perm("content.manage_people")]
    return (
        f"The telephones of {', '.join(user.username for user in people)} were set up under another key than "
        f"{sealing.key_file()}. Put the old file back there and start again. If it is lost, make an owner a one-time "
        f"link: manage.py sign_in_link {(owners or people)[0].username} --lost-telephone. Owners then help the others "
        "under Staff → People. Passwords and recovery codes work as before."
    )


def _hash_recovery_code(device: StaticDevice, code: str) -> str:
    """Hash a code for the set that it belongs to; the same code in another set gets another hash."""
    return sealing.hash_code(code, salt=f"recovery code {device.user_id} {device.pk}")


def _lock_user(user: User) -> None:
    """Lock the user's row, so that of two set-ups at once one waits."""
    User.objects.select_for_update().get(pk=user.pk)


def _cap_failures(device: Telephone | StaticDevice) -> None:
    """Lower the device's count of failures to `MAX_FAILURES`: without an end the wait would become weeks."""
    if device.throttling_failure_count > MAX_FAILURES:
        device.throttling_failure_count = MAX_FAILURES
        type(device).objects.filter(pk=device.pk).update(throttling_failure_count=MAX_FAILURES)


def _digits(typed: str) -> str:
    """Return a telephone's code without spaces and hyphens, or "" if this is none."""
    code = _without_separators(typed)
    return code if code.isascii() and code.isdigit() and len(code) == DIGITS else ""


def _recovery_code(typed: str) -> str:
    """Return a recovery code as it is stored, or "" if this is none."""
    code = _without_separators(typed).upper()
    return code if len(code) == RECOVERY_CODE_LENGTH and set(code) <= set(ALPHABET) else ""


def _without_separators(typed: str) -> str:
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", typed))


def normalise_code(typed: str) -> str:
    """Return what was typed in capitals, without any sign that is not in `ALPHABET`."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)
