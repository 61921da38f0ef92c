"""Who may do what: four roles as exact sets of permissions, and one sample sign-in for each on a local site."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

SEE = frozenset({"view_case", "view_casephoto", "view_clinician", "view_consent", "view_pair", "view_photo"})
WITHDRAW = frozenset({"withdraw_consent"})
GIVE_OUT = frozenset({"export_consent"})
PREPARE = frozenset({"add_case", "change_case", "delete_case", "add_consent", "change_consent"})

#: Code names of permissions in this app. Withdrawing is for everyone: it must never wait for somebody.
ROLES: dict[str, frozenset[str]] = {
    "Reception": SEE | WITHDRAW,
    "Nurse": SEE | WITHDRAW | PREPARE,
    "Doctor": SEE | WITHDRAW | GIVE_OUT | PREPARE | {"approve_case", "view_entry"},
    "Owner": SEE | WITHDRAW | GIVE_OUT | {"view_entry"},
}
SAMPLE = "sample-"  # what the user name of a sample sign-in begins with


def set_up_groups() -> None:
    """Make the groups, each with exactly its permissions."""
    for name, codenames in ROLES.items():
        found = list(Permission.objects.filter(content_type__app_label="content", codename__in=codenames))
        if {permission.codename for permission in found} != codenames:
            raise LookupError(f"Not every permission of {name} exists: run `manage.py migrate` first.")
        Group.objects.get_or_create(name=name)[0].permissions.set(found)


def sample_sign_ins(folder: Path) -> Path | None:
    """One account for each role, its generated password in a file only its owner can read; None on a real host.

    An account that is there already keeps its password. Accounts on a real host are made by people, for people.
    """
    if not settings.IS_LOCAL:
        return None
    file = folder / "sample-sign-ins.txt"
    kept = dict(line.split(": ", 1) for line in file.read_text().splitlines()) if file.exists() else {}
    for role in ROLES:
        name = f"{SAMPLE}{role.lower()}"
        password = kept.setdefault(name, secrets.token_urlsafe(15))
        user, is_new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
        if is_new:
            user.set_password(password)
            user.save()
        user.groups.set([Group.objects.get(name=role)])
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{name}: {password}\n" for name, password in kept.items()))
    fresh.rename(file)
    return file


def remove_sample_sign_ins() -> int:
    """Shut the sample accounts (what they did stays in the ledger); returns how many were open."""
    return get_user_model().objects.filter(username__startswith=SAMPLE, is_active=True).update(is_active=False)
