"""Asking again who someone is, before what counts for good."""

from django.http import HttpRequest


def confirm(request: HttpRequest, typed: str) -> bool:
    """Whether `typed` is the password of the person who is signed in."""
    return bool(request.user.is_authenticated and request.user.check_password(typed))
