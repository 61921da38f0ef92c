"""What the planner's page shows: the form as filled in, and its plan or its errors."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from clinic_site.http.headers import mark_no_store
from content.pages import published_pages
from content.planner import summaries
from content.treatment.models import Treatment

from .forms import AREAS, PlanForm
from .plan import Plan, Session, make_plan, restrictions_after

AFTERCARE_ID = "aftercare"  # reverse_id of the page with advice for each area
KEY = "planner"  # reverse_id of the planner's page
MAX_VALUE_LENGTH = 40  # characters of a field that are passed on in a link


@dataclass(frozen=True)
class SessionSummary:
    """A session with the sentences about it and its place in the diagram."""

    session: Session
    conflicts: list[str]
    reminders: list[str]
    from_start: int  # days from the first session to the first day offered, where its bar begins
    to_end: int
    gaps: tuple[tuple[float, float], ...]  # days in its bar that aren't offered, from midnight to midnight


@dataclass(frozen=True)
class PlannerPage:
    """The page; `plan` is None unless the form is valid."""

    form: PlanForm
    treatment: Treatment
    plan: Plan | None = None
    sessions: tuple[SessionSummary, ...] = ()
    calendar: str = ""
    area: str = ""
    aftercare: str = ""

    @property
    def total(self) -> int:
        """Return the days from the first session to the last day offered: the diagram's width, so at least one."""
        return max(self.sessions[-1].to_end, 1) if self.sessions else 1

    @property
    def allowed_again(self) -> list[tuple[str, str]]:
        """Return what is allowed again after the first session, and from which day on."""
        if self.plan is None:
            return []
        return [
            (what, summaries.format_day(on))
            for what, on in restrictions_after(self.plan.first.earliest, self.treatment)
        ]

    @property
    def last_days(self) -> str:
        """Return the days offered for the last session in words."""
        return summaries.offered(self.plan.last) if self.plan else ""

    @property
    def judging(self) -> str:
        """Return the days before which the result should not be judged, in words."""
        return summaries.judging(self.plan) if self.plan else ""

    @property
    def gap(self) -> str:
        """Return the rule about the time between sessions, or "" if there is one session."""
        return summaries.gap(self.treatment) if len(self.sessions) > 1 else ""


def of_request(request: HttpRequest, form: PlanForm, treatment: Treatment) -> PlannerPage:
    """Return the page for this request, marked as no-store if it holds what a reader typed."""
    if not form.is_bound:
        return PlannerPage(form, treatment)
    mark_no_store(request)
    if not form.is_valid():
        return PlannerPage(form, treatment)
    plan = make_plan(form.cleaned_data["first"], form.cleaned_data["sessions"], form.away(), treatment)
    area = form.cleaned_data["area"]
    return PlannerPage(
        form,
        treatment,
        plan,
        session_summaries(plan, treatment),
        f"{reverse('session_plan')}?{query(form)}",
        AREAS.get(area, ""),
        _aftercare(request, area),
    )


def session_summaries(plan: Plan, treatment: Treatment) -> tuple[SessionSummary, ...]:
    """Return the summary of each session."""
    return tuple(_session_summary(session, plan.first.earliest, treatment) for session in plan.sessions)


def _session_summary(session: Session, start: date, treatment: Treatment) -> SessionSummary:
    gaps = [
        ((before.last - start).days + 0.5, (after.first - start).days - 0.5)
        for before, after in pairwise(session.offered)
    ]
    return SessionSummary(
        session,
        summaries.conflicts(session, treatment),
        summaries.reminders(session, treatment),
        (session.earliest - start).days,
        (session.latest - start).days,
        tuple(gaps),
    )


def query(form: PlanForm) -> str:
    """Return the query of the form as filled in, without any other parameters."""
    return urlencode([(name, form.data[name][:MAX_VALUE_LENGTH]) for name in form.fields if form.data.get(name)])


def _aftercare(request: HttpRequest, area: str) -> str:
    """Return the URL of the aftercare page with the advice for this area, or "" if it isn't published."""
    page = next((page for page in published_pages(request).values() if page.reverse_id == AFTERCARE_ID), None)
    if page is None:
        return ""
    return f"{page.url}?area={area}" if area else page.url
