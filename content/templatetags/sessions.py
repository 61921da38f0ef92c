"""`{% session_notice %}` before a session ends, and `{% sign_in_reason %}`: why somebody has to sign in again."""

import re
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from content.staff.accounts import session
from content.staff.sessions.middleware import ASKED_AGAIN, is_signed_in
from content.staff.sessions.models import InterruptedSave
from content.staff.sessions.stale_form import OUT_OF_DATE

register = template.Library()

NOTICE_SECONDS = 10 * 60
GOES_ON = re.compile(r"/staff/go-on/([\w-]{43})/")
KEPT = "You were signed out. Nothing that you typed is lost: sign in as {}, and it is saved."
NOT_DONE = "You were signed out, so what you pressed was not done. Sign in, and press it once more."
STALE = "This page was out of date. Sign in here."


@register.inclusion_tag("staff/session_notice.html", takes_context=True)
def session_notice(context: Context) -> dict[str, Any]:
    """Render the notice, hidden until it is time; for readers, and where nobody is signed in, nothing."""
    request = context.get("request")
    if request is None or not is_signed_in(request):
        return {}
    now = timezone.now()
    return {
        "seconds": (seconds := session.seconds_left(request, now=now)),
        "at": f"{session.end_of(request):%H:%M}",
        "may_stay": session.may_prolong(request, now=now) or seconds > NOTICE_SECONDS,
        "is_due": seconds <= NOTICE_SECONDS,
        "notice_seconds": NOTICE_SECONDS,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def sign_in_reason(context: Context, going_to: str) -> str:
    """Return why somebody has to sign in again, or "" for whoever comes to sign in."""
    kept = (match := GOES_ON.match(going_to)) and InterruptedSave.objects.filter(token=match[1]).first()
    if kept:
        return KEPT.format(kept.user.get_username())
    asked_for = context["request"].GET
    return NOT_DONE if ASKED_AGAIN in asked_for else STALE if OUT_OF_DATE in asked_for else ""
