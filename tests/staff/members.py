"""Members of staff, each with the browser that they are signed in with."""

from django.contrib.auth.models import Group, User
from django.test import Client


def member(role: str) -> Client:
    """The browser of someone with this role, or with none."""
    user = User.objects.get_or_create(username=f"a-{role or 'nobody'}".lower(), defaults={"is_staff": True})[0]
    user.groups.set(Group.objects.filter(name=role))
    browser = Client()
    browser.force_login(user)
    return browser
