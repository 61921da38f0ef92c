"""A completed sign-in: how long it lasts, where it leads, and its entry in the ledger.

A session ends eight hours after the last thing that its person did, and twelve after the sign-in whatever they do.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from clinic_site import disk_room
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import lockout

SIGNED_IN_AT = "signed_in_at"  # in the session, in seconds
LONGEST = timedelta(hours=12)  # from the sign-in
LAG, LEAST = timedelta(minutes=5), timedelta(seconds=1)  # a session in use is prolonged no more often than that


def complete_sign_in(request: HttpRequest, user: User) -> None:
    """Limit the session, reset the user's failures and record the sign-in."""
    now = timezone.now()
    request.session[SIGNED_IN_AT] = int(now.timestamp())
    request.session.set_expiry(now + _idle())
    lockout.reset_failures(user.username, request)
    record(Event.SIGNED_IN, user.username[:80], actor=user.username, now=now)


def prolong(request: HttpRequest, *, now: datetime, lag: timedelta = LAG) -> None:
    """Let the session last eight hours more, but no longer than twelve after the sign-in.

    Does nothing where that would win less than `lag`, nor on a full disk, on which a session can't be saved.
    """
    ends_at = _latest_end(request, now)
    if ends_at is not None and ends_at - request.session.get_expiry_date() > lag and disk_room.has_room():
        request.session.set_expiry(ends_at)


def may_prolong(request: HttpRequest, *, now: datetime) -> bool:
    """Return whether staying signed in would let the session last longer than it does."""
    ends_at = _latest_end(request, now)
    return ends_at is not None and ends_at - request.session.get_expiry_date() > timedelta(minutes=1)


def end_of(request: HttpRequest) -> datetime:
    """Return when the session ends if nothing more is done, in the clinic's time."""
    return timezone.localtime(request.session.get_expiry_date())


def seconds_left(request: HttpRequest, *, now: datetime) -> int:
    """Return how long the session lasts if nothing more is done."""
    return max(0, int((end_of(request) - now).total_seconds()))


def _latest_end(request: HttpRequest, now: datetime) -> datetime | None:
    """Return the last instant that the session may have now, or None if its sign-in isn't known."""
    signed_in_at = request.session.get(SIGNED_IN_AT)
    if signed_in_at is None:
        return None
    return min(now + _idle(), datetime.fromtimestamp(signed_in_at, UTC) + LONGEST)


def _idle() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


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
