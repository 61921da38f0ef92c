"""A completed sign-in: a session that ends after eight hours even when in use, and an entry in the ledger."""

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
    """Limit the session to eight hours, reset the user's failures and record the sign-in."""
    now = timezone.now()
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    lockout.reset_failures(user.username, request)
    record(Event.SIGNED_IN, user.username[:80], actor=user.username, now=now)


def next_url(request: HttpRequest) -> str:
    """Return the `next` address if it is on this site, else the staff's start page."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_safe and url.startswith("/") else str(settings.LOGIN_REDIRECT_URL)


def connect_receivers() -> None:
    """Record sign-outs in the ledger."""
    user_logged_out.connect(_record_sign_out, dispatch_uid="record_sign_out")


def _record_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None and user.is_staff:
        record(Event.SIGNED_OUT, user.username[:80], actor=user.username, now=timezone.now())
