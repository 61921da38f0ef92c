"""Let into the staff's side only people with a role who have passed the second factor, whatever address they open."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clinic_site.http.headers import SIGN_IN_REQUIRED_PATHS, is_staff_user

EXEMPT_PATHS = {"/admin/login/", "/admin/logout/", "/staff/link/"}
NO_ROLE = "Your account has no role yet, so it may do nothing. Ask the owner of the site to give you one."
SECOND_FACTOR_REQUIRED = "Sign in with the code from your telephone first. Nothing was done."


class StaffAccessMiddleware:
    """Run after the middleware for readers and before the CMS's: people refused here meet neither page nor toolbar."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let staff through, redirect them to the second factor, or refuse; readers pass unchecked."""
        if not is_staff_user(request) or request.path_info in EXEMPT_PATHS:
            return self.get_response(request)
        if not has_role(request.user):
            if request.path_info.startswith(SIGN_IN_REQUIRED_PATHS):
                raise PermissionDenied(NO_ROLE)
            request.user = AnonymousUser()  # a reader like any other: no toolbar, no drafts
            return self.get_response(request)
        if lacks_second_factor(request) and request.path_info != (door := reverse("second_factor")):
            if request.method not in {"GET", "HEAD"}:
                raise PermissionDenied(SECOND_FACTOR_REQUIRED)
            return redirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def has_role(user: Any) -> bool:
    """Return whether this user has any permission at all: without a role they have none."""
    return bool(user.is_superuser or user.get_all_permissions())


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether this session was opened with a password alone."""
    return settings.SECOND_FACTOR and not request.user.is_verified()  # type: ignore[union-attr]  # django-otp's own
