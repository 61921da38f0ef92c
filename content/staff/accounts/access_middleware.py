"""Let into the staff's side only people with a role who have passed the second factor, whatever address they open."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from cms.models import Page, PageContent
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clinic_site.http.headers import SIGN_IN_REQUIRED_PATHS, is_staff_user
from clinic_site.http.whole_number import whole_number
from content.reviews import rules

EXEMPT_PATHS = {"/admin/login/", "/admin/logout/", "/staff/link/"}
NO_ROLE = "Your account has no role yet, so it may do nothing. Ask the owner of the site to give you one."
SECOND_FACTOR_REQUIRED = "Sign in with the code from your telephone first. Nothing was done."
EDITOR_ENDPOINTS = {f"cms_placeholder_render_object_{mode}" for mode in ("edit", "structure", "preview")}
#: What the CMS changes of a whole page at once, live or not, for whoever may write drafts: here it takes the right to
#: make live every live page that is touched.
PAGE_TREE_ENDPOINTS = {"cms_page_set_home", "cms_page_move_page"}
IMMEDIATE_ENDPOINTS = PAGE_TREE_ENDPOINTS | {"cms_pagecontent_change_innavigation"}
#: Keys that this site's own code looks pages up by, and who must sign in to read: for who looks after the whole site.
SUPERUSER_ENDPOINTS = {"cms_page_advanced", "cms_page_change", "cms_page_get_permissions"}
#: These ask nobody whether a version is live, or who holds the draft, and no page of ours leads to them.
DISABLED_ENDPOINTS = {"cms_page_edit_title_fields", "cms_placeholder_edit_field", "cms_pagecontent_copy_language"}
NO_PUBLISHING = "This changes what readers see at once. Ask a colleague who may publish pages."
NO_SIGNING = "This changes pages with medical content, for readers at once. Ask a doctor."
SUPERUSER_ONLY = "These settings are for who looks after the whole site. Nothing was changed."
EDIT_IN_DRAFT = "Texts are changed in a draft of the page. Nothing was changed."


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

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The editor shows pages alone (the CMS would try any record and fail); live ones change by publishers."""
        name = request.resolver_match.url_name if request.resolver_match else None
        number = str(kwargs.get("object_id", args[0] if args and name in PAGE_TREE_ENDPOINTS else "1"))
        if whole_number(number) is None:
            raise Http404  # "_31" is 1 to the admin: a way round what stands in front of its addresses
        if name in DISABLED_ENDPOINTS:
            raise PermissionDenied(EDIT_IN_DRAFT)
        if name in SUPERUSER_ENDPOINTS and is_staff_user(request) and not request.user.is_superuser:
            raise PermissionDenied(SUPERUSER_ONLY)
        if name in EDITOR_ENDPOINTS and str(args[0]) != str(ContentType.objects.get_for_model(PageContent).pk):
            raise Http404
        if name in IMMEDIATE_ENDPOINTS and is_staff_user(request) and not request.user.has_perm("cms.publish_page"):
            raise PermissionDenied(NO_PUBLISHING)
        if (
            name in PAGE_TREE_ENDPOINTS
            and is_staff_user(request)
            and not may_publish_subtree(request.user, int(number))
        ):
            raise PermissionDenied(NO_SIGNING)


def has_role(user: Any) -> bool:
    """Return whether this user has any permission at all: without a role they have none."""
    return bool(user.is_superuser or user.get_all_permissions())


def may_publish_subtree(user: Any, page_id: int) -> bool:
    """Whether this person may make live each live page that changes with this one: it, and those below it."""
    path = Page.objects.filter(pk=page_id).values_list("path", flat=True).first()
    live = PageContent.objects.filter(page__path__startswith=path) if path else PageContent.objects.none()
    return all(rules.may_publish(user, content) for content in live)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether this session was opened with a password alone."""
    return settings.SECOND_FACTOR and not request.user.is_verified()  # type: ignore[union-attr]  # django-otp's own
