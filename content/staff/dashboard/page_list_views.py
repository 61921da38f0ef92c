"""The list of pages and its buttons."""

from typing import Any

from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_edit_url
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from content.reviews import draft_locks
from content.reviews.signing import lock_page
from content.staff.dashboard import page_list
from content.staff.views import content_or_404, render_page, staff_view

LANGUAGE = settings.LANGUAGE_CODE


@staff_view("change_page", "cms")
def all_pages(request: HttpRequest) -> HttpResponseBase:
    """List every page with its next step."""
    rights = page_list.Rights.of(request.user, now=timezone.now())
    return render_page(request, "staff/page_list.html", "Pages", pages=page_list.load_rows(rights))


@require_POST
@staff_view("change_page", "cms")
def edit_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open the page's draft in the editor; create the draft if there is none."""
    with transaction.atomic():
        version = _draft_or_live(_lock_page(pk))
        if version is None:
            messages.error(request, "This page has neither a live version nor a draft. Put an old version back first.")
            return redirect("staff_home")
        if version.state == PUBLISHED:
            version = version.copy(request.user)
        elif lock := draft_locks.lock_against(version.content, request.user, timezone.now()):
            messages.error(request, lock.sentence)
            return redirect("staff_home")
    return redirect(get_object_edit_url(version.content))


def _lock_page(pk: int) -> Page:
    """Return the page of this version, locked until the transaction ends."""
    content = content_or_404(pk)
    lock_page(content.page_id)
    page: Page = content.page
    return page


def _draft_or_live(page: Page) -> Version | None:
    contents = PageContent.admin_manager.filter(page=page, language=LANGUAGE)
    for state in (DRAFT, PUBLISHED):
        if content := contents.filter(versions__state=state).first():
            return Version.objects.get_for_content(content)
    return None


def override_page_tree(request: HttpRequest) -> Any:
    """Replace the CMS's page tree, which offers actions that are then refused and is too wide for a telephone.

    Superusers move and delete pages there: their links carry a query, which names the language.
    """
    if request.user.is_superuser and request.GET:
        return admin.site.admin_view(admin.site.get_model_admin(PageContent).changelist_view)(request)
    return redirect("page_list")
