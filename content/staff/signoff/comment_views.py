"""Where comments on a page's blocks are left, answered, settled and deleted."""

from collections.abc import Callable
from typing import Any

from cms.models import PageContent
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clinic_site.http.whole_number import whole_number
from content.comments import writing
from content.comments.models import Comment
from content.reviews import rules
from content.reviews.signing import RefusedError
from content.staff.views import content_or_404, render_page, staff_view

PAGES_WITH_COMMENTS = {"page_changes", "page_ask", "page_sign"}
DELETES_OWN = "Only whoever wrote a comment, or may publish the page, can delete it. You can settle it."


@require_POST
@staff_view("change_page", app="cms")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was pressed beside a block, and come back to it; what can't be kept is given back to copy."""
    content = content_or_404(pk)
    action = ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise PermissionDenied
    back = request.POST.get("back", "")
    try:
        anchor = action(request, content)
    except RefusedError as refusal:
        return _not_kept(request, " ".join(refusal.problems))
    name = back if back in PAGES_WITH_COMMENTS else "page_changes"
    return redirect(f"{reverse(name, args=[pk])}#{anchor}")


def _not_kept(request: HttpRequest, sentence: str) -> HttpResponse:
    words = request.POST.get("words", "").strip()
    typed = [("Your comment", words)] if words else []
    response = render_page(request, "staff/not_saved.html", "Not kept", sentence=sentence, typed=typed)
    response.status_code = 409
    return response


def _leave(request: HttpRequest, content: PageContent) -> str:
    block_id = whole_number(request.POST.get("block", ""))
    if block_id is None:
        raise RefusedError([writing.NO_SUCH_BLOCK])
    made = writing.leave(content, block_id, **_said(request))
    messages.success(request, "Your comment stands beside the block. Only staff can read it.")
    return _anchor(made)


def _answer(request: HttpRequest, content: PageContent) -> str:
    comment = _comment(request, content)
    writing.answer(comment, **_said(request))
    return _anchor(comment)


def _settle(request: HttpRequest, content: PageContent) -> str:
    comment = _comment(request, content)
    writing.settle(comment, user=request.user, now=timezone.now())
    messages.success(request, "The comment is settled.")
    return _anchor(comment)


def _delete(request: HttpRequest, content: PageContent) -> str:
    comment = _comment(request, content)
    if comment.author != request.user.get_username() and not rules.may_publish(request.user, content):
        raise PermissionDenied(DELETES_OWN)
    writing.delete(comment, user=request.user, now=timezone.now())
    messages.success(request, "The comment is deleted, with its answers.")
    return "changed-heading"


def _said(request: HttpRequest) -> dict[str, Any]:
    return {"words": request.POST.get("words", ""), "user": request.user, "now": timezone.now()}


def _comment(request: HttpRequest, content: PageContent) -> Comment:
    """Return the comment that was posted, if it is on this page, or raise 404."""
    pk = whole_number(request.POST.get("comment", "")) or 0
    return get_object_or_404(Comment, pk=pk, page=content.page_id)


def _anchor(comment: Comment) -> str:
    return f"comment-{comment.pk}"


ACTIONS: dict[str, Callable[[HttpRequest, PageContent], str]] = {
    "leave": _leave,
    "answer": _answer,
    "settle": _settle,
    "delete": _delete,
}
