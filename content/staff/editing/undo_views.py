"""Undoes deletions and moves in a draft, and puts single blocks back as they are on the live page."""

from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from clinic_site.http.whole_number import whole_number
from content.reviews import draft_locks
from content.staff.views import content_or_404, staff_view
from content.undo import changes, live_copies
from content.undo.draft_rules import RefusedError

OWN_PAGES = ("/admin/cms/placeholder/object/", "/staff/pages/")  # where the notice may stand


@staff_view("change_page", app="cms")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the notice of what was deleted or moved; on POST, undo it or hide the notice."""
    content = content_or_404(pk)
    if request.method != "POST":
        return render(request, "staff/undo_notice.html", notice_context(request, content, request.GET.get("next", "")))
    key = whole_number(request.POST.get("hide") or request.POST.get("undo")) or 0
    if "hide" in request.POST:
        changes.hide(content, key)
        return _back(request, get_object_edit_url(content))
    try:
        messages.success(request, changes.undo(content, key, user=request.user, now=timezone.now()))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return _back(request, get_object_edit_url(content))


def notice_context(request: HttpRequest, content: PageContent, next_url: str) -> dict[str, Any]:
    """Return the context of the notice above a draft: nothing to undo for those who can't change it now."""
    now = timezone.now()
    is_free = draft_locks.lock_against(content, request.user, now) is None
    undoable = changes.undoable(content, now) if is_free else []
    return {"content": content, "newest": next(iter(undoable), None), "earlier": undoable[1:], "next_url": next_url}


def notice_of_request(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the notice on a page of the editor; {} for readers and on other pages."""
    toolbar = getattr(request, "toolbar", None)
    is_editor = toolbar and toolbar.show_toolbar and (toolbar.edit_mode_active or toolbar.structure_mode_active)
    content = toolbar.get_object() if toolbar and is_editor else None
    if not isinstance(content, PageContent) or not request.user.has_perm("cms.change_page"):
        return {}
    return notice_context(request, content, request.path)


@staff_view("change_page", app="cms")
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one block of a draft back as it is on the live page."""
    content = content_or_404(pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        offer = request.POST.get("offer", "")
        messages.success(request, live_copies.accept(content, offer, user=request.user, now=timezone.now()))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("page_changes", pk=pk)


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Return to the page of this site that the form was on."""
    url = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return redirect(url if is_safe and url.startswith(OWN_PAGES) else otherwise)
