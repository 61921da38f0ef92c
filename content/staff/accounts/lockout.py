"""Wrong guesses at passwords and codes: counted together, and after five the door is shut for half an hour."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from content.ledger.models import Event
from content.ledger.writer import record

LOCKED_MESSAGE = (
    "There were too many wrong passwords or codes. Wait half an hour, or ask the owner of the site for a one-time link."
)


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether this name is shut for the address that asks."""
    return bool(AxesProxyHandler.is_locked(request, {"username": username}))


def record_failure(request: HttpRequest, username: str) -> None:
    """Count a wrong code or password of someone who is known by name already."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def reset_failures(username: str, request: HttpRequest | None = None) -> None:
    """Forget the wrong guesses of this name: from the address that asks, or from everywhere."""
    where = {}
    if request is not None:
        AxesProxyHandler.update_request(request)
        where = {"ip_address": request.axes_ip_address}  # type: ignore[attr-defined]  # axes puts it there
    AccessAttempt.objects.filter(username=username, **where).delete()


def lockout_response(request: HttpRequest, reply: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What someone reads whose door is shut; status 429."""
    return render(request, "staff/lockout.html", {"sentence": LOCKED_MESSAGE}, status=429)


def connect_receivers() -> None:
    """Tell the ledger of locks, and keep what was typed out of the table of wrong guesses."""
    user_locked_out.connect(_record_lockout, dispatch_uid="guesses_tell")
    pre_save.connect(_drop_submitted_data, sender=AccessAttempt, dispatch_uid="guesses_forget")


def _record_lockout(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Once for each lock, not for each try at a shut door; a name that is nobody's stays out of the ledger."""
    is_new = getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT
    if is_new and User.objects.filter(username=username).exists():
        record(Event.SIGN_IN_LOCKED, username[:80], actor=username, now=timezone.now())


def _drop_submitted_data(sender: Any, instance: AccessAttempt, **kwargs: Any) -> None:
    instance.get_data = instance.post_data = ""
