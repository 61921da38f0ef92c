"""When each session may fall, and what to do about days away; days of the clinic's calendar, so no clock moves them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from content.treatment.course import windows
from content.treatment.models import Treatment

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Away(Span):
    """Days away; `is_sunny` where the treated area would be in the sun."""

    is_sunny: bool = False


@dataclass(frozen=True)
class Session:
    """One session: its window, the days in it that are `free`, and what is in the way."""

    number: int
    window: Span
    free: tuple[Span, ...]
    conflicts: tuple[Away, ...]
    next_free: date | None = None  # where no day of the window is free: the first day after it that is
    soon_away: tuple[Away, ...] = ()  # a journey that begins before sport and swimming are allowed again
    maybe_sunburnt: tuple[Away, ...] = ()  # a journey into the sun that ends shortly before the window, or in it

    @property
    def before(self) -> int:
        """The number of the session before."""
        return self.number - 1

    @property
    def is_one_day(self) -> bool:
        """Whether the window is a single day, as that of the first session is."""
        return self.window.first == self.window.last


@dataclass(frozen=True)
class Plan:
    """A course. `judge` is when the result may first be judged, reckoned from the earliest and latest last session."""

    sessions: tuple[Session, ...]
    judge_window: Span
    away: tuple[Away, ...]

    @property
    def first(self) -> Session:
        """The first session."""
        return self.sessions[0]

    @property
    def last(self) -> Session:
        """The last session."""
        return self.sessions[-1]

    @property
    def is_free_of_conflicts(self) -> bool:
        """Whether every day of every window is free."""
        return not any(session.conflicts for session in self.sessions)


def make_plan(first_on: date, sessions: int, away: list[Away], treatment: Treatment) -> Plan:
    """The plan of a course whose first session is on `first_on`.

    Windows come from `course.windows`. No session falls on a day away, nor so shortly before days in the sun that the
    skin would still have to stay out of it (`weeks_out_of_sun`). Raises OverflowError beyond the calendar's end.
    """
    course = windows(sessions, treatment.weeks_between_min, treatment.weeks_between_max)
    ordered = sorted(away, key=lambda one: (one.first, one.last))
    made = tuple(
        _session(
            window.number,
            Span(first_on + timedelta(weeks=window.earliest), first_on + timedelta(weeks=window.latest)),
            ordered,
            treatment,
        )
        for window in course
    )
    wait = timedelta(weeks=treatment.weeks_before_judging)
    judge = Span(made[-1].window.first + wait, made[-1].window.last + wait)
    return Plan(made, judge, tuple(ordered))


def _session(number: int, window: Span, away: list[Away], treatment: Treatment) -> Session:
    blocked = [(one, _blocked_days(one, treatment)) for one in away]
    free = tuple(_free(window, [span for _, span in blocked]))
    return Session(
        number,
        window,
        free,
        tuple(one for one, span in blocked if span.overlaps(window)),
        None if free else _first_free_after(window.last, [span for _, span in blocked]),
        tuple(one for one in away if _is_soon_after(one, window, treatment)),
        tuple(one for one in away if one.is_sunny and Span(one.last, one.last + timedelta(weeks=1)).overlaps(window)),
    )


def _blocked_days(away: Away, treatment: Treatment) -> Span:
    """The days on which no session should be: those away, and those too shortly before days in the sun."""
    before = timedelta(weeks=treatment.weeks_out_of_sun) if away.is_sunny else timedelta()
    return Span(away.first - before + ONE_DAY if before else away.first, away.last)


def _is_soon_after(away: Away, window: Span, treatment: Treatment) -> bool:
    """Whether the journey may begin while sport and swimming are still to be left alone."""
    hours = max(treatment.hours_without_exercise, treatment.hours_in_cotton)
    days = timedelta(days=-(-hours // 24))
    return not away.is_sunny and Span(away.first - days, away.first - ONE_DAY).overlaps(window)


def _free(window: Span, blocked: list[Span]) -> Iterator[Span]:
    """The stretches of the window that nothing blocks, in order."""
    day = window.first
    for span in sorted(blocked, key=lambda one: one.first):
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
    """The first day after `day` that nothing blocks."""
    day += ONE_DAY
    for span in sorted(blocked, key=lambda one: one.first):
        if span.first <= day <= span.last:
            day = span.last + ONE_DAY
    return day


def restrictions_after(session_on: date, treatment: Treatment) -> list[tuple[str, date]]:
    """After a session on that day: what to leave alone, and from which day on it is allowed again."""
    hours = [
        ("clothes that rub", treatment.hours_in_cotton),
        ("make-up, fake tan or perfume on the area", treatment.hours_without_make_up),
        ("sport, swimming or a sauna", treatment.hours_without_exercise),
    ]
    allowed = [(words, session_on + timedelta(days=-(-number // 24))) for words, number in hours]
    creams = "retinoid creams, acids, scrubs, waxing or shaving on the area"
    allowed.append((creams, session_on + timedelta(days=treatment.days_without_scrubs)))
    allowed.append(("sunbathing or a sunbed", session_on + timedelta(weeks=treatment.weeks_out_of_sun)))
    return allowed
