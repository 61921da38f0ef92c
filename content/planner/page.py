"""What the planner's page shows of an address: the form as filled in, and the plan or what is missing for one."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from clinic_site.headers import never_keep
from content.pages import published
from content.treatment.models import Treatment

from . import telling
from .forms import AREAS, PlanForm
from .plan import Plan, Session, make, until

AFTERCARE = "aftercare"  # the reverse_id of the page with advice for each area
KEY = "planner"  # that of the planner's own page
LONGEST = 40  # characters of a box that are worth sending on


@dataclass(frozen=True)
class Told:
    """A session with what is told about it."""

    session: Session
    conflicts: list[str]
    reminders: list[str]
    from_start: int  # days from the first session to the first day offered, for its bar
    to_end: int
    gaps: tuple[tuple[float, float], ...]  # the days between that aren't offered, from and to the middle of the night


@dataclass(frozen=True)
class Planned:
    """The page: `plan` is None until the form holds what it takes."""

    form: PlanForm
    treatment: Treatment
    plan: Plan | None = None
    told: tuple[Told, ...] = ()
    calendar: str = ""
    area: str = ""
    aftercare: str = ""

    @property
    def total(self) -> int:
        """The days from the first session to the last day offered; at least one, to be drawn."""
        return max(self.told[-1].to_end, 1) if self.told else 1

    @property
    def allowed_again(self) -> list[tuple[str, str]]:
        """What is allowed again on which day, after the first session."""
        if self.plan is None:
            return []
        return [(what, telling.day(on)) for what, on in until(self.plan.first.earliest, self.treatment)]

    @property
    def last_days(self) -> str:
        """The days of the last session."""
        return telling.offered(self.plan.last) if self.plan else ""

    @property
    def judging(self) -> str:
        """Before which days the result is not to be judged."""
        return telling.judging(self.plan) if self.plan else ""

    @property
    def gap(self) -> str:
        """The rule between sessions; "" where there is one session."""
        return telling.gap(self.treatment) if len(self.told) > 1 else ""


def of_request(request: HttpRequest, form: PlanForm, treatment: Treatment) -> Planned:
    """The page for this request; what it says of a reader is kept by nobody."""
    if not form.is_bound:
        return Planned(form, treatment)
    never_keep(request)
    if not form.is_valid():
        return Planned(form, treatment)
    made = make(form.cleaned_data["first"], form.cleaned_data["sessions"], form.away(), treatment)
    area = form.cleaned_data["area"]
    return Planned(
        form,
        treatment,
        made,
        tell(made, treatment),
        f"{reverse('session_plan')}?{query(form)}",
        AREAS.get(area, ""),
        _aftercare(request, area),
    )


def tell(made: Plan, treatment: Treatment) -> tuple[Told, ...]:
    """Each session with what is told about it, and its place in the drawing."""
    return tuple(_told(session, made.first.earliest, treatment) for session in made.sessions)


def _told(session: Session, start: date, treatment: Treatment) -> Told:
    gaps = [((one.last - start).days + 0.5, (two.first - start).days - 0.5) for one, two in pairwise(session.offered)]
    return Told(
        session,
        telling.conflicts(session, treatment),
        telling.reminders(session, treatment),
        (session.earliest - start).days,
        (session.latest - start).days,
        tuple(gaps),
    )


def query(form: PlanForm) -> str:
    """The form's own boxes as they were filled in, and nothing else of the address."""
    return urlencode([(name, form.data[name][:LONGEST]) for name in form.fields if form.data.get(name)])


def _aftercare(request: HttpRequest, area: str) -> str:
    """The address of the page on aftercare, at the advice for this area; "" while there is none."""
    found = next((one for one in published(request).values() if one.reverse_id == AFTERCARE), None)
    if found is None:
        return ""
    return f"{found.url}?area={area}" if area else found.url
