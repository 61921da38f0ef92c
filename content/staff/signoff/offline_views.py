"""The page on which a page is taken offline or restored, and the replacements for the CMS's delete views."""

from cms.models import Page, PageContent
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, UNPUBLISHED
from djangocms_versioning.models import Version

from content.cms_adapter import admin_views
from content.gallery.page import REVERSE_ID as GALLERY
from content.publishing import offline, url_history
from content.reviews.signing import RefusedError
from content.staff.views import content_or_404, render_page, require_publisher, staff_view


@staff_view("publish_page", app="cms")
def offline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would happen; on POST, take the page offline or restore it as a draft."""
    content = content_or_404(pk)
    live = PageContent.objects.filter(page=content.page, language=content.language).first()
    shown = live or content
    require_publisher(request, shown)
    if request.method == "POST":
        return _restore(request, content) if request.POST.get("do") == "back" else _take_offline(request, shown)
    return _render(request, shown, live, [])


def _render(request: HttpRequest, shown: PageContent, live: PageContent | None, problems: list[str]) -> HttpResponse:
    last = _last_live(shown)
    return render_page(
        request,
        "staff/page_offline.html",
        f"Put back: {shown.title}" if last and not live else f"Take offline: {shown.title}",
        help="take-offline",
        content=shown,
        live=live,
        address=url_history.current_url(shown.page_id),
        consequences=offline.consequences(shown) if live else None,
        problems=problems or (offline.refusals(shown, request.user) if live else []),
        last=last,
        draft=PageContent.admin_manager.filter(page=shown.page, versions__state=DRAFT).first(),
        is_gallery=shown.page.reverse_id == GALLERY,
    )


def _last_live(content: PageContent) -> Version | None:
    """Return the version that was live last, or None."""
    version: Version | None = (
        offline.versions_of(content).filter(state=UNPUBLISHED).order_by("-modified", "-pk").first()
    )
    return version


def _take_offline(request: HttpRequest, shown: PageContent) -> HttpResponse:
    try:
        offline.take_offline(shown, user=request.user, now=timezone.now())
    except RefusedError as refusal:
        return _render(request, shown, shown if url_history.current_url(shown.page_id) else None, refusal.problems)
    messages.success(request, f"“{shown.title}” is offline. Its address says that it is no longer shown.")
    return redirect("page_offline", pk=shown.pk)


def _restore(request: HttpRequest, content: PageContent) -> HttpResponse:
    last = _last_live(content)
    try:
        draft = offline.restore_as_draft(last.content if last else content, user=request.user, now=timezone.now())
    except RefusedError as refusal:
        for problem in refusal.problems:
            messages.error(request, problem)
        return redirect("page_offline", pk=content.pk)
    messages.success(request, "It is back as a draft. Read it, then publish it.")
    return redirect("page_sign", pk=draft.pk)


@staff_member_required
def override_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace the CMS's "unpublish", which doesn't show the consequences."""
    version = get_object_or_404(Version.objects.filter(content_type__model="pagecontent"), pk=pk)
    return redirect("page_offline", pk=version.object_id)


@staff_member_required
def override_delete_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stands in front of the CMS's own delete of a page: only a page that nobody ever saw can be deleted."""
    found = get_object_or_404(Page, pk=pk)
    if offline.has_history(found):
        return _deletion_refused(request, found)
    return admin_views.delete_page(request, pk)


@staff_member_required
def override_delete_content(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace the CMS's delete of a page's content, which is always refused."""
    return _deletion_refused(request, content_or_404(pk).page)


@staff_member_required
def override_page_changelist(request: HttpRequest) -> HttpResponse:
    """Replace the CMS's plain list of pages, whose bulk action would delete several pages at once."""
    if request.method == "POST":
        raise PermissionDenied("Pages are not deleted. Open the page and take it offline.")
    return redirect("admin:cms_pagecontent_changelist")


def _deletion_refused(request: HttpRequest, page: Page) -> HttpResponse:
    content = PageContent.admin_manager.filter(page=page).order_by("-pk").first()
    response = render_page(request, "staff/page_not_deleted.html", f"Not deleted: {page}", content=content)
    response.status_code = 403
    return response
