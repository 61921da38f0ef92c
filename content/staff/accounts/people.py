"""The accounts of staff: given, changed, shut and opened again by the owner; never deleted, all in the ledger."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.clinic.models import Clinician
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts.models import SignInLink


def all_accounts() -> QuerySet[User]:
    """All who have an account, those that are shut last, each with whether a telephone is set up."""
    telephone = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    found = User.objects.filter(is_staff=True).select_related("clinician").prefetch_related("groups")
    return found.annotate(has_telephone=Exists(telephone)).order_by("-is_active", "username")


def managed_accounts() -> QuerySet[User]:
    """Whom the owner looks after: everyone except those who look after the whole website."""
    return all_accounts().filter(is_superuser=False)


def add(
    username: str, name: str, roles: Iterable[Group], clinician: Clinician | None, *, actor: str, now: datetime
) -> User:
    """A new account without a password: its person sets one with a one-time link."""
    with transaction.atomic():
        user = User(username=username, first_name=name, is_staff=True)
        user.set_unusable_password()
        user.save()
        user.groups.set(roles)
        _link_clinician(user, clinician)
        record(Event.PERSON_ADDED, username[:80], actor=actor, now=now, detail=_ledger_detail(user))
    return user


def change(
    user: User, name: str, roles: Iterable[Group], clinician: Clinician | None, *, actor: str, now: datetime
) -> bool:
    """Give the person this name, exactly these roles and this name to sign with; whether that changed anything."""
    with transaction.atomic():
        before = _ledger_detail(user)
        user.first_name = name
        user.save(update_fields=["first_name"])
        user.groups.set(roles)
        _link_clinician(user, clinician)
        after = _ledger_detail(User.objects.get(pk=user.pk))
        detail = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if detail:
            record(Event.PERSON_CHANGED, user.username[:80], actor=actor, now=now, detail=detail)
    return bool(detail)


def deactivate(user: User, *, actor: str, now: datetime) -> None:
    """End the account: open sessions and an open link with it, from the next request on."""
    _set_active(user, Event.PERSON_DEACTIVATED, actor=actor, now=now, is_active=False)


def reactivate(user: User, *, actor: str, now: datetime) -> None:
    """Let the person sign in again, with the password and the telephone from before."""
    _set_active(user, Event.PERSON_REACTIVATED, actor=actor, now=now, is_active=True)


def _set_active(user: User, event: Event, *, actor: str, now: datetime, is_active: bool) -> None:
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=not is_active).update(is_active=is_active):
            SignInLink.objects.filter(user=user).delete()
            record(event, user.username[:80], actor=actor, now=now)


def _link_clinician(user: User, clinician: Clinician | None) -> None:
    for former in Clinician.objects.filter(user=user).exclude(pk=clinician.pk if clinician else 0):
        former.user = None
        former.save(update_fields=["user"])
    if clinician and clinician.user_id != user.pk:
        clinician.user = user
        clinician.save(update_fields=["user"])


def _ledger_detail(user: User) -> dict[str, object]:
    """What the ledger says of a person."""
    clinician = Clinician.objects.filter(user=user).first()
    roles = list(user.groups.order_by("name").values_list("name", flat=True))
    return {"name": user.first_name, "roles": roles, "signs_as": str(clinician) if clinician else ""}
