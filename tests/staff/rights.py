"""Members of staff with the rights that their role has over pages."""

from django.contrib.auth.models import Permission, User
from django.test import Client

from content.models import Clinician
from tests.staff.people import member

CHANGE = {"view_page", "change_page", "change_pagecontent", "use_structure"}
CREATE = {"add_page", "add_pagecontent"}
PAGES = {
    "Reception": CHANGE,
    "Nurse": CHANGE | CREATE | {"publish_page"},
    "Doctor": CHANGE | CREATE | {"publish_page", "sign_page", "delete_versionlock", "change_treatment"},
    "Owner": CHANGE | {"publish_page", "change_user"},
}


def writer(role: str) -> Client:
    """The browser of someone with this role, who may do with pages what the role may."""
    browser = member(role)
    user = person(role)
    user.user_permissions.set(Permission.objects.filter(codename__in=PAGES[role]))
    if role == "Doctor":
        Clinician.objects.get_or_create(user=user, defaults={"shown_name": "Dr Sign", "title": "Dermatologist"})
    return browser


def person(role: str) -> User:
    """Whose browser that is."""
    return User.objects.get(username=f"a-{role.lower()}")
