"""The button that takes a row about one's own request off the start page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from content.outcomes.models import Became, Outcome
from content.reviews.models import Request
from content.staff.views import staff_view

STILL_WAITS = "It still waits. Take it back on its own page if nobody is to read it."


@require_POST
@staff_view()
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what this person has seen; what still waits stays, and somebody else's is not found.

    What was sent back is only hidden: its words stand on the draft and the case until somebody asks again.
    """
    rows = Outcome.objects.told_to(request.user)
    outcome = get_object_or_404(rows, pk=pk)
    if outcome.became == Became.WAITING and Request.objects.filter(content=outcome.content_id).exists():
        messages.info(request, STILL_WAITS)
        return redirect("staff_home")
    if outcome.became == Became.SENT_BACK:
        rows.filter(pk=pk).update(is_dismissed=True)
    else:
        outcome.delete()
    messages.success(request, f"Taken off this page: “{outcome.title}”.")
    return redirect("staff_home")
