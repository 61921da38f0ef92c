"""Lockout: failed passwords and codes are counted together, and five in a row lock a user name for that IP address.

Capitals don't matter: each spelling of a name counts for all, and is locked with them (`counted_name`).
How many, and for how long, stands in the settings (`AXES_…`).
"""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import usernames

ATTEMPT_LIFETIME = timedelta(days=1)  # a lockout is shorter
LOCKED_MESSAGE = (
    "There were too many wrong passwords or codes. Wait half an hour, or ask the owner of the site for a one-time link."
)


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the name that failures are counted under, as `AXES_USERNAME_CALLABLE`."""
    username = (credentials or request.POST).get("username")
    return usernames.comparable(str(username)) if username else None


def is_locked(request: HttpRequest, username: str) -> bool:
    """Return whether this user name is locked for the client address of the request."""
    return bool(AxesProxyHandler.is_locked(request, {"username": username}))


def record_failure(request: HttpRequest, username: str) -> None:
    """Count a failed password or code of a user who is identified already."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def reset_failures(username: str, request: HttpRequest | None = None) -> None:
    """Delete the failures of this user name: from the request's client address, or without a request from all."""
    where = {}
    if request is not None:
        AxesProxyHandler.update_request(request)
        where = {"ip_address": request.axes_ip_address}  # type: ignore[attr-defined]  # axes puts it there
    AccessAttempt.objects.filter(username=usernames.comparable(username), **where).delete()


def delete_expired(now: datetime) -> None:
    """Delete attempts older than a day: a user name may have been a password typed into the wrong box."""
    AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPT_LIFETIME).delete()


def lockout_response(request: HttpRequest, reply: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Return the page for a locked user, with status 429."""
    return render(request, "staff/lockout.html", {"sentence": LOCKED_MESSAGE}, status=429)


def connect_receivers() -> None:
    """Record lockouts in the ledger, and keep submitted data out of the table of failed attempts."""
    user_locked_out.connect(_record_lockout, dispatch_uid="record_lockout")
    pre_save.connect(_drop_submitted_data, sender=AccessAttempt, dispatch_uid="drop_submitted_data")


def _record_lockout(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Record a lockout once, not for each attempt during it; unknown user names stay out of the ledger."""
    is_new = getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT
    user = usernames.find(username) if is_new else None
    if user:
        record(Event.SIGN_IN_LOCKED, user.username[:80], actor=user.username, now=timezone.now())


def _drop_submitted_data(sender: Any, instance: AccessAttempt, **kwargs: Any) -> None:
    instance.get_data = instance.post_data = ""
