"""Members of staff, the doctor with the clinician's record that a signature takes."""

from django.contrib.auth.models import User
from django.test import Client

from content.models import Clinician
from tests.staff.members import member


def writer(role: str) -> Client:
    """The browser of someone with this role."""
    browser = member(role)
    if role == "Doctor":
        Clinician.objects.get_or_create(user=person(role), defaults={"shown_name": "Dr Sign", "title": "Dermatologist"})
    return browser


def person(role: str) -> User:
    """Whose browser that is."""
    return User.objects.get(username=f"a-{role.lower()}")
