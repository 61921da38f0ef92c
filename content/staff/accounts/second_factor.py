"""The second factor: a code from the person's telephone, or one of ten printed recovery codes, each valid once.

`access_middleware` asks for it at every staff address; the setting SECOND_FACTOR turns it off on a local site only.
"""

import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.consent.reference import ALPHABET
from content.ledger.models import Event
from content.ledger.writer import record

RECOVERY_CODE_COUNT, RECOVERY_CODE_LENGTH = 10, 8
DIGITS = 6


def confirmed_device(user: User) -> TOTPDevice | None:
    """Return the telephone whose codes this user signs in with, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_device(user: User) -> TOTPDevice | None:
    """Return the telephone that this user has begun to set up, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def start_setup(user: User) -> None:
    """Create the secret for a telephone that is to be set up, unless one is confirmed already."""
    with transaction.atomic():
        _lock_user(user)
        if confirmed_device(user) is None:
            TOTPDevice.objects.filter(user=user).delete()
            TOTPDevice.objects.create(user=user, name="telephone", confirmed=False)


def confirm_setup(user: User, code: str, *, now: datetime) -> TOTPDevice | None:
    """Confirm the pending telephone if this is its code, and return it; else return None."""
    with transaction.atomic():
        _lock_user(user)
        device = pending_device(user)
        if device is None or confirmed_device(user) is not None or not device.verify_token(_digits(code)):
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
        StaticToken.objects.bulk_create(StaticToken(device=device, token=token) for token in tokens)
        record(Event.RECOVERY_CODES_MADE, user.username[:80], actor=user.username, now=now)
    return [f"{token[:4]}-{token[4:]}" for token in tokens]


def verify_totp(user: User, typed: str) -> Device | None:
    """Return the user's telephone if this is its current, unused code; else None."""
    device, code = confirmed_device(user), _digits(typed)
    return verify_token(user, device.persistent_id, code) if device and len(code) == DIGITS else None


def use_recovery_code(user: User, typed: str, *, now: datetime) -> Device | None:
    """Return the device of the recovery codes if this is one of them, and spend the code; else None."""
    codes = StaticDevice.objects.filter(user=user).first()
    if codes is None:
        return None
    with transaction.atomic():
        device = verify_token(user, codes.persistent_id, normalise_code(typed))
        if device:
            record(Event.RECOVERY_CODE_USED, user.username[:80], actor=user.username, now=now)
    return device


def recovery_codes_left(user: User) -> int:
    """Return the number of unused recovery codes."""
    return int(StaticToken.objects.filter(device__user=user).count())


def reset(user: User, *, now: datetime) -> None:
    """Delete telephone and recovery codes, so that the user sets up again at the next sign-in."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()
    record(Event.SECOND_FACTOR_RESET, user.username[:80], actor=user.username, now=now)


def _lock_user(user: User) -> None:
    """Lock the user's row, so that of two set-ups at once one waits."""
    User.objects.select_for_update().get(pk=user.pk)


def _digits(typed: str) -> str:
    """Return the code without spaces, or "" if it is not made of digits."""
    code = "".join(typed.split())
    return code if code.isascii() and code.isdigit() else ""


def normalise_code(typed: str) -> str:
    """Return what was typed in capitals, without any sign that is not in `ALPHABET`."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)
