"""The page on which a draft is given its time to go live."""

from datetime import datetime

from cms.models import PageContent
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from content.publishing import schedule
from content.publishing.models import Schedule
from content.reviews import gate, rules
from content.staff import form_fields
from content.staff.views import content_or_404, render_page, require_publisher, staff_view


class ScheduleForm(forms.Form):
    """A day and a time in the clinic's local time."""

    day = form_fields.day_field()
    time = form_fields.time_field()

    def clean_time(self) -> datetime | None:
        """Return the moment of day and time together, so that an error about it stands beside the time."""
        day = self.cleaned_data.get("day")
        return form_fields.combine_local(day, self.cleaned_data["time"]) if day else None


@staff_view("publish_page", app="cms")
def schedule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Set, change or cancel the time."""
    content = content_or_404(pk)
    require_publisher(request, content)
    planned = Schedule.objects.filter(content=content).first()
    if request.method == "POST" and request.POST.get("do") == "cancel":
        schedule.cancel(content, user=request.user, now=timezone.now())
        messages.success(request, "It will not go live by itself any more.")
        return redirect("page_schedule", pk=pk)
    form = ScheduleForm(request.POST if request.method == "POST" else None, initial=_initial(planned))
    if request.method == "POST" and form.is_valid() and _apply(request, content, form):
        return redirect("page_schedule", pk=pk)
    return render_page(
        request,
        "staff/page_schedule.html",
        f"Set a time to go live: {content.title}",
        help="schedule",
        content=content,
        planned=planned,
        form=form,
        problems=gate.problems(content),
        is_medical=rules.needs_signature(content),
        zone=timezone.get_default_timezone_name(),
    )


def _apply(request: HttpRequest, content: PageContent, form: ScheduleForm) -> bool:
    """Schedule the draft and return True, or add the problems to the form and return False."""
    at = form.cleaned_data["time"]
    try:
        schedule.schedule_publication(content, user=request.user, goes_live_at=at, now=timezone.now())
    except schedule.RefusedError as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
        return False
    messages.success(request, f"It goes live by itself on {format_moment(at)}.")
    return True


def _initial(planned: Schedule | None) -> dict[str, object]:
    """Return the form's initial values."""
    if planned is None:
        return {}
    local = timezone.localtime(planned.goes_live_at)
    return {"day": local.date(), "time": local.time()}


def format_moment(moment: datetime) -> str:
    """Return the moment in local time with the time zone, which tells the two hours of an autumn night apart."""
    return f"{timezone.localtime(moment):%A %-d %B %Y, %H:%M %Z}"
