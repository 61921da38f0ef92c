"""The page of a person's first steps, each ticked by what was really done on their practice page."""

from typing import Any

from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from content.reviews.practice import Step
from content.reviews.practice import steps as practice_steps
from content.staff.help import practice
from content.staff.views import render_page, staff_view

STEP_HELP = {
    Step.MADE: "It looks like a page of the site. Patients can’t see it, and it can’t go live.",
    Step.CHANGED: "Open it and press “Blocks” in the bar. Press “Open” beside a block. Change a row, then save.",
    Step.ASKED: "“What changed” shows your words beside the old ones. Look at them, then ask for sign-off. "
    "Nobody is troubled by it.",
    Step.DISCARDED: "This is how you drop a draft that you don’t need. All of it goes.",
}


@staff_view("change_page", app="cms")
def show(request: HttpRequest) -> HttpResponse:
    """Show the steps; on POST, create the practice page or start over."""
    if request.method == "POST":
        create = practice.start_over if request.POST.get("do") == "over" else practice.create_practice_page
        create(request.user, now=timezone.now())
        messages.success(request, "Your practice page is ready.")
        return redirect("staff_practice")
    draft = practice.practice_version(request.user)
    steps = [
        {
            "step": status.step,
            "how": STEP_HELP[status.step],
            "is_done": status.is_done,
            "links": _links(status.step, draft),
        }
        for status in practice_steps(request.user)
    ]
    following = next((status["step"] for status in steps if not status["is_done"]), None)
    return render_page(
        request,
        "staff/practice.html",
        "First steps",
        steps=steps,
        following=following,
        has_page=draft is not None,
        help="start-here",
    )


def _links(step: Step, draft: Any) -> list[tuple[str, str]]:
    """Return the links to where the step is done, as pairs of URL and label."""
    if draft is None or step == Step.MADE:
        return []
    if step == Step.CHANGED:
        return [(get_object_edit_url(draft), "Open your practice page")]
    if step == Step.ASKED:
        return [
            (reverse("page_changes", args=[draft.pk]), "What changed"),
            (reverse("page_ask", args=[draft.pk]), "Ask for sign-off"),
        ]
    version = Version.objects.get_for_content(draft)
    discard = reverse("admin:djangocms_versioning_pagecontentversion_discard", args=[version.pk])
    return [(get_object_preview_url(draft), "Look at it once more"), (discard, "Throw the draft away")]
