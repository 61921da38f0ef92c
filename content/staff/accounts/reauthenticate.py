"""Asking for the password or a code once more before what can't be undone, such as a signature."""

from django.contrib.auth.models import User
from django.http import HttpRequest

from content.staff.accounts import lockout, second_factor

WRONG_CREDENTIALS = "That is neither your password nor the code that your telephone shows now. Nothing was done."


def verify_credentials(request: HttpRequest, typed: str) -> bool:
    """Return whether `typed` is the user's password or an unused code of their telephone.

    Failures count towards the lockout; `failure_message` gives the sentence to show.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_active or lockout.is_locked(request, user.username):
        return False
    if user.check_password(typed) or second_factor.verify_totp(user, typed):
        lockout.reset_failures(user.username, request)
        return True
    lockout.record_failure(request, user.username)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # keeps axes from replacing the form's own answer
    return False


def failure_message(request: HttpRequest) -> str:
    """Return the sentence to show after `verify_credentials` returned False."""
    return lockout.LOCKED_MESSAGE if lockout.is_locked(request, request.user.get_username()) else WRONG_CREDENTIALS
