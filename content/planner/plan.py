"""When each session of a course may fall around days away, in whole days of the clinic's calendar.

How many weeks lie between sessions is a fact of the treatment (`content/treatment/models.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from content.treatment.models import Treatment

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A range of days, both ends included."""

    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        """Return whether they share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Away(Span):
    """Days away; `is_sunny` if the treated area would be in the sun."""

    is_sunny: bool = False


@dataclass(frozen=True)
class Session:
    """One session of `total`: its window, the days of it that are `free`, and the journeys in its way."""

    number: int
    total: int
    window: Span
    free: tuple[Span, ...]
    conflicts: tuple[Away, ...]
    next_free: date | None = None  # if no day of the window is free: the first free day after it
    blocked_later: tuple[Span, ...] = ()  # stretches after `next_free` that aren't free
    soon_away: tuple[Away, ...] = ()  # journeys that begin before sport and swimming are allowed again
    maybe_sunburnt: tuple[Away, ...] = ()  # journeys into the sun that end shortly before a day offered

    @property
    def offered(self) -> tuple[Span, ...]:
        """Return the free days of the window, or else the first free day after it."""
        return self.free if self.next_free is None else (Span(self.next_free, self.next_free),)

    @property
    def earliest(self) -> date:
        """Return the first day offered."""
        return self.offered[0].first

    @property
    def latest(self) -> date:
        """Return the last day offered."""
        return self.offered[-1].last

    @property
    def is_open(self) -> bool:
        """Return whether any free day after the one offered will do as well."""
        return self.next_free is not None

    @property
    def is_one_day(self) -> bool:
        """Return whether there is a single day to choose, as for the first session."""
        return self.earliest == self.latest and not self.is_open


@dataclass(frozen=True)
class Plan:
    """A course; `judge_window` spans the first days to judge the result, for the earliest and latest last session."""

    sessions: tuple[Session, ...]
    judge_window: Span
    away: tuple[Away, ...]

    @property
    def first(self) -> Session:
        """Return the first session."""
        return self.sessions[0]

    @property
    def last(self) -> Session:
        """Return the last session."""
        return self.sessions[-1]

    @property
    def is_free_of_conflicts(self) -> bool:
        """Return whether every day of every window is free."""
        return not any(session.conflicts for session in self.sessions)


def make_plan(first_on: date, sessions: int, away: list[Away], treatment: Treatment) -> Plan:
    """Return the plan of a course of at least one session, the first on `first_on` if that day is free.

    No session falls on a day away, nor within `weeks_out_of_sun` before days in the sun. Each window begins
    `weeks_between_min` after the first day offered for the session before, and ends `weeks_between_max` after the last.
    Raises OverflowError beyond the calendar's end.
    """
    journeys = tuple(sorted(away, key=lambda journey: (journey.first, journey.last)))
    course: list[Session] = []
    for number in range(1, sessions + 1):
        window = _window_after(course[-1], treatment) if course else Span(first_on, first_on)
        course.append(_session(number, sessions, window, journeys, treatment))
    wait = timedelta(weeks=treatment.weeks_before_judging)
    return Plan(tuple(course), Span(course[-1].earliest + wait, course[-1].latest + wait), journeys)


def _window_after(session: Session, treatment: Treatment) -> Span:
    return Span(
        session.earliest + timedelta(weeks=treatment.weeks_between_min),
        session.latest + timedelta(weeks=treatment.weeks_between_max),
    )


def _session(number: int, total: int, window: Span, away: tuple[Away, ...], treatment: Treatment) -> Session:
    blocked = _merged([_blocked_days(journey, treatment) for journey in away])
    free = tuple(_free(window, blocked))
    next_free = None if free else _first_free_after(window.last, blocked)
    considered = Span(window.first, next_free or window.last)
    chosen = free if next_free is None else (Span(next_free, date.max),)  # that day “or later”
    return Session(
        number,
        total,
        window,
        free,
        tuple(journey for journey in away if _blocked_days(journey, treatment).overlaps(considered)),
        next_free,
        tuple(span for span in blocked if next_free and span.first > next_free),
        tuple(journey for journey in away if _is_soon_after(journey, chosen, treatment)),
        tuple(journey for journey in away if _is_shortly_before(journey, chosen)),
    )


def _blocked_days(away: Away, treatment: Treatment) -> Span:
    """Return the days on which no session should be: those away, and those too shortly before days in the sun."""
    before = timedelta(weeks=treatment.weeks_out_of_sun) if away.is_sunny else timedelta()
    return Span(away.first - before + ONE_DAY if before else away.first, away.last)


def _is_soon_after(away: Away, chosen: tuple[Span, ...], treatment: Treatment) -> bool:
    """Return whether the journey may begin before sport and swimming are allowed again."""
    hours = max(treatment.hours_without_exercise, treatment.hours_in_cotton)
    days = timedelta(days=-(-hours // 24))
    before = Span(away.first - days, away.first - ONE_DAY)
    return not away.is_sunny and any(before.overlaps(span) for span in chosen)


def _is_shortly_before(away: Away, chosen: tuple[Span, ...]) -> bool:
    """Return whether the reader may come back from the sun in the week before a session."""
    after = Span(away.last, away.last + timedelta(weeks=1))
    return away.is_sunny and any(after.overlaps(span) for span in chosen)


def _merged(spans: list[Span]) -> list[Span]:
    """Return the same days in order, with adjacent and overlapping spans merged."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.first):
        if merged and span.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged


def _free(window: Span, blocked: list[Span]) -> Iterator[Span]:
    """Yield the stretches of the window that nothing blocks, in order."""
    day = window.first
    for span in blocked:
        if span.last < day:
            continue
        if span.first > window.last:
            break
        if span.first > day:
            yield Span(day, span.first - ONE_DAY)
        day = span.last + ONE_DAY
    if day <= window.last:
        yield Span(day, window.last)


def _first_free_after(day: date, blocked: list[Span]) -> date:
    """Return the first day after `day` that nothing blocks."""
    day += ONE_DAY
    return next((span.last + ONE_DAY for span in blocked if span.first <= day <= span.last), day)


def restrictions_after(session_on: date, treatment: Treatment) -> list[tuple[str, date]]:
    """Return what to avoid after a session on that day, each with the day from which it is allowed again."""
    hours = [
        ("clothes that rub", treatment.hours_in_cotton),
        ("make-up, fake tan or perfume on the area", treatment.hours_without_make_up),
        ("sport, swimming or a sauna", treatment.hours_without_exercise),
    ]
    allowed = [(words, session_on + timedelta(days=-(-number // 24))) for words, number in hours]
    creams = "retinoid creams, acids, scrubs, waxing or shaving on the area"
    allowed.append((creams, session_on + timedelta(days=treatment.days_without_scrubs)))
    allowed.append(("sun on the area (with SPF 50)", session_on + timedelta(weeks=treatment.weeks_out_of_sun)))
    return allowed
