"""Members of staff, the doctor with the clinician's record that a signature takes."""

from django.contrib.auth.models import User
from django.test import Client

from content.models import Clinician
from tests.staff.members import member


def writer(role: str) -> Client:
    """The browser of someone with this role."""
    browser = member(role)
    if role == "Doctor":
        user = person(role)
        if not Clinician.objects.filter(user=user).exists():  # in bulk: nothing is told of it, so nothing is read again
            Clinician.objects.bulk_create([Clinician(shown_name="Dr Sign", title="Dermatologist", user=user)])
    return browser


def person(role: str) -> User:
    """Whose browser that is."""
    return User.objects.get(username=f"a-{role.lower()}")
