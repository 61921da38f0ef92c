"""The accounts of staff, which the owner adds, changes, deactivates and reactivates; all is recorded, none deleted."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from content.clinic.models import Clinician
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts.models import SignInLink, Telephone


def all_accounts() -> QuerySet[User]:
    """Return all staff accounts, inactive ones last, each with `has_telephone`."""
    telephone = Telephone.objects.filter(user=OuterRef("pk"), confirmed=True)
    staff = User.objects.filter(is_staff=True).select_related("clinician").prefetch_related("groups")
    return staff.annotate(has_telephone=Exists(telephone)).order_by("-is_active", "username")


def managed_accounts() -> QuerySet[User]:
    """Return the accounts that the owner manages: all but the superusers'."""
    return all_accounts().filter(is_superuser=False)


def add(
    username: str, name: str, roles: Iterable[Group], clinician: Clinician | None, *, actor: str, now: datetime
) -> User:
    """Create an account without a password, which its person then sets with a one-time link."""
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
    """Set the person's name, exactly these roles and the clinician they sign as; return whether anything changed."""
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
    """Deactivate the account: its sessions and its open link end with the next request."""
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
    """Return what the ledger records about a person."""
    clinician = Clinician.objects.filter(user=user).first()
    roles = list(user.groups.order_by("name").values_list("name", flat=True))
    return {"name": user.first_name, "roles": roles, "signs_as": str(clinician) if clinician else ""}
