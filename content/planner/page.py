"""What the planner's page shows of an address: the form as filled in, and the plan or what is missing for one."""

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

AFTERCARE_ID = "aftercare"  # the reverse_id of the page with advice for each area
KEY = "planner"  # that of the planner's own page
MAX_VALUE_LENGTH = 40  # characters of a box that are worth sending on


@dataclass(frozen=True)
class SessionSummary:
    """A session with what is told about it."""

    session: Session
    conflicts: list[str]
    reminders: list[str]
    from_start: int  # days from the first session to the first day offered, for its bar
    to_end: int
    gaps: tuple[tuple[float, float], ...]  # the days between that aren't offered, from and to the middle of the night


@dataclass(frozen=True)
class PlannerPage:
    """The page: `plan` is None until the form holds what it takes."""

    form: PlanForm
    treatment: Treatment
    plan: Plan | None = None
    sessions: tuple[SessionSummary, ...] = ()
    calendar: str = ""
    area: str = ""
    aftercare: str = ""

    @property
    def total(self) -> int:
        """The days from the first session to the last day offered; at least one, to be drawn."""
        return max(self.sessions[-1].to_end, 1) if self.sessions else 1

    @property
    def allowed_again(self) -> list[tuple[str, str]]:
        """What is allowed again on which day, after the first session."""
        if self.plan is None:
            return []
        return [
            (what, summaries.format_day(on))
            for what, on in restrictions_after(self.plan.first.earliest, self.treatment)
        ]

    @property
    def last_days(self) -> str:
        """The days of the last session."""
        return summaries.offered(self.plan.last) if self.plan else ""

    @property
    def judging(self) -> str:
        """Before which days the result is not to be judged."""
        return summaries.judging(self.plan) if self.plan else ""

    @property
    def gap(self) -> str:
        """The rule between sessions; "" where there is one session."""
        return summaries.gap(self.treatment) if len(self.sessions) > 1 else ""


def of_request(request: HttpRequest, form: PlanForm, treatment: Treatment) -> PlannerPage:
    """The page for this request; what it says of a reader is kept by nobody."""
    if not form.is_bound:
        return PlannerPage(form, treatment)
    mark_no_store(request)
    if not form.is_valid():
        return PlannerPage(form, treatment)
    made = make_plan(form.cleaned_data["first"], form.cleaned_data["sessions"], form.away(), treatment)
    area = form.cleaned_data["area"]
    return PlannerPage(
        form,
        treatment,
        made,
        session_summaries(made, treatment),
        f"{reverse('session_plan')}?{query(form)}",
        AREAS.get(area, ""),
        _aftercare(request, area),
    )


def session_summaries(made: Plan, treatment: Treatment) -> tuple[SessionSummary, ...]:
    """Each session with what is told about it, and its place in the drawing."""
    return tuple(_session_summary(session, made.first.earliest, treatment) for session in made.sessions)


def _session_summary(session: Session, start: date, treatment: Treatment) -> SessionSummary:
    gaps = [((one.last - start).days + 0.5, (two.first - start).days - 0.5) for one, two in pairwise(session.offered)]
    return SessionSummary(
        session,
        summaries.conflicts(session, treatment),
        summaries.reminders(session, treatment),
        (session.earliest - start).days,
        (session.latest - start).days,
        tuple(gaps),
    )


def query(form: PlanForm) -> str:
    """The form's own boxes as they were filled in, and nothing else of the address."""
    return urlencode([(name, form.data[name][:MAX_VALUE_LENGTH]) for name in form.fields if form.data.get(name)])


def _aftercare(request: HttpRequest, area: str) -> str:
    """The address of the page on aftercare, at the advice for this area; "" while there is none."""
    found = next((one for one in published_pages(request).values() if one.reverse_id == AFTERCARE_ID), None)
    if found is None:
        return ""
    return f"{found.url}?area={area}" if area else found.url
