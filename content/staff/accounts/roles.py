"""Roles: four exact sets of permissions, and on a local site one sample account for each.

Which kinds of page a role may sign or publish with them is in `content/reviews/rules.py`.
"""

import secrets
from pathlib import Path

from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet

from clinic_site.atomic_file import replacing
from content.blocks.base import BlockPlugin
from content.clinic.models import Clinician

VIEW = frozenset(
    f"content.view_{name}"
    for name in ("answer", "case", "casephoto", "clinic", "clinician", "consent", "librarypicture", "pair", "photo")
)
WITHDRAW = frozenset({"content.withdraw_consent", "content.take_down_librarypicture"})
EXPORT = frozenset({"content.export_consent"})
PREPARE_CASES = frozenset(
    f"content.{name}" for name in ("add_case", "change_case", "delete_case", "add_consent", "change_consent")
)
EDIT_CLINIC = frozenset({"content.change_clinic"})
VIEW_LEDGER = frozenset({"content.view_entry", "content.view_signoff"})
VIEW_ARCHIVE = frozenset({"content.view_snapshot"})  # what patients saw on any day
DELETE_FEEDBACK = frozenset({"content.delete_words"})  # of readers: somebody may have typed a name
#: To write drafts; `permissions` adds those on the blocks.
WRITE = frozenset(
    {
        "cms.change_page",
        "cms.use_structure",
        "content.add_librarypicture",
        "content.change_librarypicture",
        "content.delete_librarypicture",  # only what nothing uses
        "djangocms_text.view_text",  # the list of pages in the editor's box for links
        "djangocms_versioning.change_pagecontentversion",  # the list of versions, to compare them
    }
)
PUBLISH = frozenset({"cms.publish_page"})  # which kinds of page: content/reviews/rules.py

RECEPTION = VIEW | WITHDRAW | WRITE | EDIT_CLINIC
NURSE = RECEPTION | PREPARE_CASES | PUBLISH | VIEW_ARCHIVE | DELETE_FEEDBACK | {"cms.add_page"}
DOCTOR = (
    NURSE
    | EXPORT
    | VIEW_LEDGER
    | {
        "content.approve_case",
        "content.sign_page",
        "content.change_treatment",
        "djangocms_versioning.delete_versionlock",  # take over what somebody else has begun
    }
)
OWNER = (
    RECEPTION
    | PUBLISH
    | EXPORT
    | VIEW_LEDGER
    | VIEW_ARCHIVE
    | DELETE_FEEDBACK
    | {
        "content.manage_people",
        "content.add_clinician",
        "content.change_clinician",
        "content.delete_clinician",
    }
)
#: Everyone may withdraw a consent and take a picture down, which must never wait. Nobody may delete a page or has a
#: permission of `auth`.
ROLES = {"Reception": RECEPTION, "Nurse": NURSE, "Doctor": DOCTOR, "Owner": OWNER}
DOCTOR_ROLE = "Doctor"
SAMPLE_CLINICIAN = "Dr A. Example"
SAMPLE_PREFIX = "sample-"  # what the user name of a sample sign-in begins with


def permissions(role: str) -> frozenset[str]:
    """Return the permissions of a role as `app.codename`, with those on every kind of block."""
    kinds = [kind for kind in plugin_pool.get_all_plugins() if issubclass(kind, BlockPlugin)]
    blocks = {f"content.{verb}_{kind.model._meta.model_name}" for kind in kinds for verb in ("add", "change", "delete")}
    return ROLES[role] | blocks


def set_up_groups() -> None:
    """Create the groups and set exactly their permissions; raise LookupError if a permission doesn't exist yet."""
    existing = {
        f"{permission.content_type.app_label}.{permission.codename}": permission for permission in _all_permissions()
    }
    for name in ROLES:
        wanted = permissions(name)
        if not wanted <= existing.keys():
            raise LookupError(f"Not every permission of {name} exists: run `manage.py migrate` first.")
        Group.objects.get_or_create(name=name)[0].permissions.set([existing[label] for label in wanted])


def _all_permissions() -> QuerySet[Permission]:
    return Permission.objects.select_related("content_type")


def create_sample_accounts(folder: Path) -> Path | None:
    """Create an account for each role; return the file with their passwords, or None on a real host.

    Existing accounts retain their passwords. Accounts on a real host are made by people, for people.
    """
    if not settings.IS_LOCAL:
        return None
    file = folder / "sample-sign-ins.txt"
    passwords = dict(line.split(": ", 1) for line in file.read_text().splitlines()) if file.exists() else {}
    for role in ROLES:
        name = f"{SAMPLE_PREFIX}{role.lower()}"
        password = passwords.setdefault(name, secrets.token_urlsafe(15))
        user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if is_new:
            user.set_password(password)
            user.save()
        user.groups.set([Group.objects.get(name=role)])
        if role == DOCTOR_ROLE:
            _link_sample_clinician(user)
    with replacing(file, mode=0o600) as out:
        out.write("".join(f"{name}: {password}\n" for name, password in passwords.items()).encode())
    return file


def _link_sample_clinician(user: User) -> None:
    """Let the sample doctor sign, so that a local site can be tried out completely."""
    clinician = Clinician.objects.filter(shown_name=SAMPLE_CLINICIAN, is_sample=True, user=None).first()
    if clinician and not Clinician.objects.filter(user=user).exists():
        clinician.user = user
        clinician.save(update_fields=["user"])


def deactivate_sample_accounts() -> int:
    """Deactivate the sample accounts, whose ledger entries stay; return how many were active."""
    return User.objects.filter(username__startswith=SAMPLE_PREFIX, is_active=True).update(is_active=False)
