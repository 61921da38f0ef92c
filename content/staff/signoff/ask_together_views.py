"""Asking for several drafts with one press, from the start page."""

from cms.models import PageContent
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from djangocms_versioning.constants import DRAFT

from clinic_site.http.whole_number import whole_number
from content.reviews import draft_locks, signing
from content.reviews.models import Request
from content.staff.signoff.sign_views import ask
from content.staff.views import staff_view

NOTHING_TICKED = "Tick the pages that you ask for first."
WAITS_ALREADY = "it waits already."
GONE = "One of the drafts is no longer there."


@require_POST
@staff_view("change_page", app="cms")
def ask_together(request: HttpRequest) -> HttpResponse:
    """Ask for each ticked draft, and say which were asked for and which not, and why."""
    ticked = {number for pk in request.POST.getlist("page") if (number := whole_number(pk)) is not None}
    drafts = PageContent.admin_manager.filter(pk__in=ticked, versions__state=DRAFT, page__practice=None)
    asked, problems = [], []
    for draft in drafts.select_related("page").order_by("page__path"):
        problem = _ask(request, draft)
        if problem:
            problems.append(f"“{draft.title}” was not asked for: {problem}")
        else:
            asked.append(f"“{draft.title}”")
    if asked:
        messages.success(request, f"Asked for {', '.join(asked)}. This page says what becomes of it.")
    if len(ticked) > len(asked) + len(problems):
        problems.append(GONE)
    for problem in problems if ticked else [NOTHING_TICKED]:
        messages.error(request, problem)
    return redirect("staff_home")


def _ask(request: HttpRequest, draft: PageContent) -> str:
    """Ask for one draft, and return why not, or ""."""
    try:
        with transaction.atomic():
            signing.locked_version(draft)
            if Request.objects.filter(content=draft).exists():
                return WAITS_ALREADY
            if lock := draft_locks.lock_against(draft, request.user, timezone.now()):
                return lock.status
            ask(draft, user=request.user)
    except signing.RefusedError as refusal:
        return " ".join(refusal.problems)
    return ""
