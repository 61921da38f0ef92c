"""Who gets through to the site's own side: someone with a role, after the second factor; checked at every address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from cms.models import PageContent
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clinic_site.headers import CLOSED_PATHS, is_staff

LEFT_OPEN = {"/admin/login/", "/admin/logout/", "/staff/link/"}
NO_ROLE = "Your account has no role yet, so it may do nothing. Ask the owner of the site to give you one."
NO_CODE = "Sign in with the code from your telephone first. Nothing was done."
SHOWS_AN_OBJECT = {f"cms_placeholder_render_object_{mode}" for mode in ("edit", "structure", "preview")}
#: What the CMS changes on live pages at once, for whoever may write drafts: here it takes the right to publish.
LIVE_AT_ONCE = {
    "cms_page_set_home",
    "cms_page_move_page",
    "cms_page_advanced",
    "cms_page_get_permissions",
    "cms_pagecontent_change_innavigation",
}
NO_PUBLISHING = "This changes what readers see at once. Ask a colleague who may publish pages."


class StaffDoorMiddleware:
    """After the visitors' middleware, before the CMS's: whoever is not let through meets neither page nor toolbar."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, send to the second factor, or refuse; readers are not asked anything."""
        if not is_staff(request) or request.path_info in LEFT_OPEN:
            return self.get_response(request)
        if not may_do_anything(request.user):
            if request.path_info.startswith(CLOSED_PATHS):
                raise PermissionDenied(NO_ROLE)
            request.user = AnonymousUser()  # a reader like any other: no toolbar, no drafts
            return self.get_response(request)
        if lacks_second_factor(request) and request.path_info != (door := reverse("second_factor")):
            if request.method not in {"GET", "HEAD"}:
                raise PermissionDenied(NO_CODE)
            return redirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The editor shows pages alone (the CMS would try any record and fail); live ones change by publishers."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in SHOWS_AN_OBJECT and str(args[0]) != str(ContentType.objects.get_for_model(PageContent).pk):
            raise Http404
        if name in LIVE_AT_ONCE and is_staff(request) and not request.user.has_perm("cms.publish_page"):
            raise PermissionDenied(NO_PUBLISHING)


def may_do_anything(user: Any) -> bool:
    """Whether this person has a role: somebody without any permission has none."""
    return bool(user.is_superuser or user.get_all_permissions())


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this is a session of a password alone."""
    return settings.SECOND_FACTOR and not request.user.is_verified()  # type: ignore[union-attr]  # django-otp's own
