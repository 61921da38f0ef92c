"""The calendar file of a plan."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic_site.http.headers import mark_no_store
from content.pages import published_pages
from content.treatment import current

from . import calendar, plan
from .forms import PlanForm
from .page import KEY, query


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Return the calendar file of the plan in the query, or redirect to the form, which shows the errors in it."""
    mark_no_store(request)
    page = next((page for page in published_pages(request).values() if page.reverse_id == KEY), None)
    treatment = current.of_request(request)
    if treatment is None or page is None:
        raise Http404
    form = PlanForm(request.GET, on=timezone.localdate(), treatment=treatment)
    if not form.is_valid():
        return redirect(f"{page.url}?{query(form) or 'first='}")
    course = plan.make_plan(form.cleaned_data["first"], form.cleaned_data["sessions"], form.away(), treatment)
    names_treatment = form.cleaned_data["say"]
    data = calendar.make_calendar(
        course, treatment, domain=settings.SITE_DOMAIN, now=timezone.now(), names_treatment=names_treatment
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointments.ics"'
    return response
