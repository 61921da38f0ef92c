"""That the person at the keyboard is the one who signed in: asked before what can't be undone, such as a signature."""

from django.contrib.auth.models import User
from django.http import HttpRequest

from content.staff.accounts import lockout, second_factor

WRONG_CREDENTIALS = "That is neither your password nor the code that your telephone shows now. Nothing was done."


def verify_credentials(request: HttpRequest, typed: str) -> bool:
    """Whether `typed` is this person's password, or a code of their telephone that was not used yet.

    Wrong guesses count with those at the sign-in; `why_not` has the sentence.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_active or lockout.is_locked(request, user.username):
        return False
    if user.check_password(typed) or second_factor.verify_totp(user, typed):
        lockout.reset_failures(user.username, request)
        return True
    lockout.record_failure(request, user.username)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # the page that asked answers itself, nothing typed is lost
    return False


def failure_message(request: HttpRequest) -> str:
    """The sentence to show after a `confirm` that was refused."""
    return lockout.LOCKED_MESSAGE if lockout.is_locked(request, request.user.get_username()) else WRONG_CREDENTIALS
