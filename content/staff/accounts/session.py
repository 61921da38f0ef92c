"""A completed sign-in: a session that ends eight hours later, whatever is done in it, and a line in the ledger."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import lockout


def complete_sign_in(request: HttpRequest, user: User) -> None:
    """The sign-in is complete: end it in eight hours, forget wrong guesses, tell the ledger."""
    now = timezone.now()
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    lockout.reset_failures(user.username, request)
    record(Event.SIGNED_IN, user.username[:80], actor=user.username, now=now)


def next_url(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site; else where staff begin."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else str(settings.LOGIN_REDIRECT_URL)


def connect_receivers() -> None:
    """Tell the ledger of everyone who signs out."""
    user_logged_out.connect(_record_sign_out, dispatch_uid="session_tell")


def _record_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None and user.is_staff:
        record(Event.SIGNED_OUT, user.username[:80], actor=user.username, now=timezone.now())
