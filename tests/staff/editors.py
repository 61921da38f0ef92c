"""People who may change drafts, each with a browser."""

from django.contrib.auth.models import Permission, User
from django.db.models import Q
from django.test import Client

CMS = {"view_page", "change_page", "change_pagecontent", "use_structure", "add_cmsplugin", "change_cmsplugin"}


def editor(name: str, *more: str, full_name: str = "") -> User:
    """A member of staff who may change the blocks and settings of drafts, and has these permissions besides."""
    first, _, last = full_name.partition(" ")
    user = User.objects.create(username=name, first_name=first, last_name=last, is_staff=True)
    blocks = Q(content_type__app_label="content") & Q(
        codename__regex=r"^(add|change|delete)_(prose|callout|questions)$"
    )
    wanted = blocks | Q(codename__in=CMS | {"view_case", "withdraw_consent", *more})
    user.user_permissions.set(Permission.objects.filter(wanted))
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    """Signed in."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user)
    return browser
