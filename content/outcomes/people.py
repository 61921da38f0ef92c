"""The names of people whose user names are stored."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Return each user name's full name, or itself where there is none, or no such account any more."""
    wanted = {name for name in usernames if name}
    users = get_user_model().objects.filter(username__in=wanted) if wanted else []
    return {name: name for name in wanted} | {
        user.get_username(): user.get_full_name() for user in users if user.get_full_name()
    }


def name_of(username: str) -> str:
    """Return this user name's full name, or itself."""
    return names_of([username]).get(username, username)
