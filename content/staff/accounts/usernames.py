"""Finds accounts by user name, whatever its capitals; those that differ in nothing else are reported, never merged."""

import unicodedata
from collections import defaultdict

from django.contrib.auth.models import User

MAX_LENGTH = 150  # of a stored user name; some capitals become two letters


def comparable(username: str) -> str:
    """Return the form in which user names are compared and their failures counted."""
    return unicodedata.normalize("NFKC", username).casefold()[:MAX_LENGTH]


def find(typed: str) -> User | None:
    """Return the account of this user name: the one spelled so, else the only active one that differs in capitals."""
    matches = [user for user in User.objects.all() if comparable(user.username) == comparable(typed)]
    exact = [user for user in matches if user.username == typed]
    others = [user for user in matches if user.is_active]
    return exact[0] if exact else others[0] if len(others) == 1 else None


def case_twins() -> list[str]:
    """Return a sentence for each group of active accounts whose user names differ in capitals only."""
    groups = defaultdict(list)
    for username in User.objects.filter(is_active=True).order_by("username").values_list("username", flat=True):
        groups[comparable(username)].append(username)
    return [
        f"The user names {' and '.join(f'“{name}”' for name in names)} differ in capitals only. Each signs in as it is "
        "spelled, and wrong passwords are counted for all of them together. Shut those that nobody needs."
        for names in groups.values()
        if len(names) > 1
    ]
