"""When each session may fall, and what to do about days away; days of the clinic's calendar, so no clock moves them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

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
    of: int  # how many the course has
    window: Span
    free: tuple[Span, ...]
    conflicts: tuple[Away, ...]
    next_free: date | None = None  # where no day of the window is free: the first day after it that is
    not_then: tuple[Span, ...] = ()  # stretches after `next_free` that aren't free
    soon_away: tuple[Away, ...] = ()  # a journey that begins before sport and swimming are allowed again
    maybe_sunburnt: tuple[Away, ...] = ()  # a journey into the sun that ends shortly before a day offered

    @property
    def offered(self) -> tuple[Span, ...]:
        """The days that every output shows: the free ones of the window, or else the first free day after it."""
        return self.free if self.next_free is None else (Span(self.next_free, self.next_free),)

    @property
    def earliest(self) -> date:
        """The first day offered."""
        return self.offered[0].first

    @property
    def latest(self) -> date:
        """The last day offered, from which the next session may be as late as it may."""
        return self.offered[-1].last

    @property
    def is_open(self) -> bool:
        """Whether any free day after the one offered will do as well."""
        return self.next_free is not None

    @property
    def is_one_day(self) -> bool:
        """Whether there is a single day to choose, as there is for the first session."""
        return self.earliest == self.latest and not self.is_open


@dataclass(frozen=True)
class Plan:
    """A course. `judge_window` is when the result may first be judged, by the earliest and latest last session."""

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
    """The plan of a course of at least one session whose first is wanted on `first_on`.

    No session falls on a day away, nor so shortly before days in the sun that the skin would still have to stay out of
    it (`weeks_out_of_sun`). Each window is carried forward from the days that the session before can really have: it
    begins the least weeks after the first of them and ends the most weeks after the last. Where that session has only a
    day after its window, both are counted from that day. Raises OverflowError beyond the calendar's end.
    """
    ordered = tuple(sorted(away, key=lambda one: (one.first, one.last)))
    made: list[Session] = []
    for number in range(1, sessions + 1):
        window = _window_after(made[-1], treatment) if made else Span(first_on, first_on)
        made.append(_session(number, sessions, window, ordered, treatment))
    wait = timedelta(weeks=treatment.weeks_before_judging)
    return Plan(tuple(made), Span(made[-1].earliest + wait, made[-1].latest + wait), ordered)


def _window_after(session: Session, treatment: Treatment) -> Span:
    return Span(
        session.earliest + timedelta(weeks=treatment.weeks_between_min),
        session.latest + timedelta(weeks=treatment.weeks_between_max),
    )


def _session(number: int, of: int, window: Span, away: tuple[Away, ...], treatment: Treatment) -> Session:
    blocked = _merged([_blocked_days(one, treatment) for one in away])
    free = tuple(_free(window, blocked))
    next_free = None if free else _first_free_after(window.last, blocked)
    tried = Span(window.first, next_free or window.last)
    chosen = free if next_free is None else (Span(next_free, date.max),)  # that day “or later”
    return Session(
        number,
        of,
        window,
        free,
        tuple(one for one in away if _blocked_days(one, treatment).overlaps(tried)),
        next_free,
        tuple(span for span in blocked if next_free and span.first > next_free),
        tuple(one for one in away if _is_soon_after(one, chosen, treatment)),
        tuple(one for one in away if _is_shortly_before(one, chosen)),
    )


def _blocked_days(away: Away, treatment: Treatment) -> Span:
    """The days on which no session should be: those away, and those too shortly before days in the sun."""
    before = timedelta(weeks=treatment.weeks_out_of_sun) if away.is_sunny else timedelta()
    return Span(away.first - before + ONE_DAY if before else away.first, away.last)


def _is_soon_after(away: Away, chosen: tuple[Span, ...], treatment: Treatment) -> bool:
    """Whether the journey may begin while sport and swimming are still to be left alone."""
    hours = max(treatment.hours_without_exercise, treatment.hours_in_cotton)
    days = timedelta(days=-(-hours // 24))
    before = Span(away.first - days, away.first - ONE_DAY)
    return not away.is_sunny and any(before.overlaps(span) for span in chosen)


def _is_shortly_before(away: Away, chosen: tuple[Span, ...]) -> bool:
    """Whether the reader may come back from the sun in the week before a session."""
    after = Span(away.last, away.last + timedelta(weeks=1))
    return away.is_sunny and any(after.overlaps(span) for span in chosen)


def _merged(spans: list[Span]) -> list[Span]:
    """The same days in order, stretches that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: one.first):
        if merged and span.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged


def _free(window: Span, blocked: list[Span]) -> Iterator[Span]:
    """The stretches of the window that nothing blocks, in order."""
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
    """The first day after `day` that nothing blocks."""
    day += ONE_DAY
    return next((span.last + ONE_DAY for span in blocked if span.first <= day <= span.last), day)


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
