"""The pages of the second factor: setting up a telephone, the code at each sign-in, and recovery codes."""

from base64 import b32encode
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login
from django_otp.models import Device

from content.staff.accounts import lockout, qr_code, reauthenticate, second_factor, session
from content.staff.accounts.models import Telephone
from content.staff.views import is_in_window, render_page

WRONG_CODE = (
    "That is not the code that your telephone shows now, or it was used already. Wait for the next one and type it."
)
BLOCKED = "There were too many wrong codes of this kind. Wait {} minutes, then type a new one."
UNREADABLE = (
    "This site was put back without the key for your telephone, so its codes can’t be checked. Type a recovery code, "
    "or ask the owner of the site for a one-time link, and tell them that your telephone doesn’t work."
)
SETUP_FAILED = (
    "That is not the code that the telephone shows now. Check that its clock is right, and type the newest one."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Ask for the code; lead users without a telephone through its set-up first."""
    user = _person(request)
    if request.user.is_verified():  # type: ignore[union-attr]  # django-otp's own
        return redirect(session.next_url(request))
    if device := second_factor.confirmed_device(user):
        return _check(request, user, device)
    if request.method == "POST" and request.POST.get("do") == "begin":
        second_factor.start_setup(user)
        return redirect(request.get_full_path())
    return _set_up(request, user, second_factor.pending_device(user))


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.is_staff:
        raise PermissionDenied
    return request.user


def _check(request: HttpRequest, user: User, telephone: Telephone) -> HttpResponse:
    problem = "" if telephone.is_readable else UNREADABLE
    if request.method == "POST":
        if lockout.is_locked(request, user.username):
            return lockout.lockout_response(request)
        typed = request.POST.get("code", "")
        device = second_factor.verify_totp(user, typed) or second_factor.use_recovery_code(
            user, typed, now=timezone.now()
        )
        if device:
            _complete(request, user, device)
            return redirect(_next(request))
        minutes = second_factor.blocked_minutes(user, typed, now=timezone.now())
        wrong = WRONG_CODE if telephone.is_readable else UNREADABLE
        problem = BLOCKED.format(minutes) if minutes > 1 else wrong
        lockout.record_failure(request, user.username)
    context: dict[str, Any] = {"problem": problem, "next": _next(request), "is_popup": is_in_window(request)}
    return render_page(request, "staff/second_factor.html", "Your code", **context)


def _set_up(request: HttpRequest, user: User, device: Telephone | None) -> HttpResponse:
    problem = ""
    if request.method == "POST" and device:
        if confirmed := second_factor.confirm_setup(user, request.POST.get("code", ""), now=timezone.now()):
            _complete(request, user, confirmed)
            return _show_codes(request, user)
        problem = SETUP_FAILED
    secret = b32encode(device.bin_key).decode() if device else ""
    return render_page(
        request,
        "staff/second_factor_set_up.html",
        "Set up your telephone",
        problem=problem,
        next=_next(request),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=qr_code.data_uri(device.config_url) if device else "",
        address=device.config_url if device else "",
    )


def _complete(request: HttpRequest, user: User, device: Device) -> None:
    otp_login(request, device)
    request.session.cycle_key()
    session.complete_sign_in(request, user)


def _next(request: HttpRequest) -> str:
    return session.next_url(request)


def _show_codes(request: HttpRequest, user: User) -> HttpResponse:
    codes = second_factor.generate_recovery_codes(user, now=timezone.now())
    return render_page(
        request, "staff/recovery_codes_new.html", "Your recovery codes", codes=codes, next=_next(request)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show how many recovery codes are left, and make ten new ones after reauthentication."""
    user, problem = _person(request), ""
    if not second_factor.confirmed_device(user):
        return redirect("second_factor")
    if request.method == "POST":
        if reauthenticate.verify_credentials(request, request.POST.get("typed", "")):
            return _show_codes(request, user)
        problem = reauthenticate.failure_message(request)
    left = second_factor.recovery_codes_left(user)
    return render_page(request, "staff/recovery_codes.html", "Recovery codes", left=left, problem=problem)
