"""The second factor: a code from the person's telephone, or one of ten recovery codes on paper, each good once."""

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
    """The telephone whose codes this person signs in with."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_device(user: User) -> TOTPDevice | None:
    """The telephone that this person has begun to set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def start_setup(user: User) -> None:
    """Make the secret for a telephone that is to be set up; nothing where one is in use."""
    with transaction.atomic():
        _lock_user(user)
        if confirmed_device(user) is None:
            TOTPDevice.objects.filter(user=user).delete()
            TOTPDevice.objects.create(user=user, name="telephone", confirmed=False)


def confirm_setup(user: User, code: str, *, now: datetime) -> TOTPDevice | None:
    """Put the telephone into use if it shows this code, else None; what codes it had before are good no more."""
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
    """Ten new recovery codes, in the place of all older ones; they are to be shown once."""
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
    """The telephone, if it shows this code and the code was not used yet."""
    device, code = confirmed_device(user), _digits(typed)
    return verify_token(user, device.persistent_id, code) if device and len(code) == DIGITS else None


def use_recovery_code(user: User, typed: str, *, now: datetime) -> Device | None:
    """The recovery codes, if this is one of them; it is spent by being asked."""
    paper = StaticDevice.objects.filter(user=user).first()
    if paper is None:
        return None
    with transaction.atomic():
        found = verify_token(user, paper.persistent_id, normalise_code(typed))
        if found:
            record(Event.RECOVERY_CODE_USED, user.username[:80], actor=user.username, now=now)
    return found


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are still good."""
    return int(StaticToken.objects.filter(device__user=user).count())


def reset(user: User, *, now: datetime) -> None:
    """Forget telephone and recovery codes: the person sets up anew at the next sign-in."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()
    record(Event.SECOND_FACTOR_RESET, user.username[:80], actor=user.username, now=now)


def _lock_user(user: User) -> None:
    """Of two that set up at once, one waits for the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _digits(typed: str) -> str:
    """The code without the spaces that telephones show in it; empty where it is none."""
    code = "".join(typed.split())
    return code if code.isascii() and code.isdigit() else ""


def normalise_code(typed: str) -> str:
    """What was typed, without hyphens and spaces, in the signs that our codes are made of."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)
