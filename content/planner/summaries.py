"""A plan in sentences for patients: what is in the way of a session, and what to do about it."""

from datetime import date

from django.utils.formats import date_format

from content.planner.plan import Away, Plan, Session, Span
from content.treatment.models import Treatment
from content.treatment.tokens import format_range, quote


def format_day(on: date) -> str:
    """Return the day as “Mon 7 Sept 2026”."""
    return date_format(on, "D j N Y").replace(".", "")


def format_days(span: Span) -> str:
    """Return the days as “on Mon 7 Sept 2026” or “between … and …”."""
    return (
        f"on {format_day(span.first)}"
        if span.first == span.last
        else f"between {format_day(span.first)} and {format_day(span.last)}"
    )


def offered(session: Session) -> str:
    """Return the days offered for a session: “on …”, “between … and …, or on …”, “on … or later”."""
    return f"{', or '.join(format_days(span) for span in session.offered)}{' or later' if session.is_open else ''}"


def judging(plan: Plan) -> str:
    """Return the first day to judge the result, or a range of days and what it depends on."""
    if plan.last.is_one_day:
        return format_day(plan.judge_window.first)
    until = "or later" if plan.last.is_open else f"to {format_day(plan.judge_window.last)}"
    return f"{format_day(plan.judge_window.first)} {until}, depending on your last session"


def gap(treatment: Treatment) -> str:
    """Return the rule about the time between sessions: each window assumes the earliest day of the one before."""
    least = format_range(treatment.weeks_between_min, treatment.weeks_between_min, "week", "weeks")
    return f"Leave at least {least} between sessions: if you take a later day for one, the next one moves too."


def conflicts(session: Session, treatment: Treatment) -> list[str]:
    """Return what is in the way of this session, then what to do about it; [] if every day is free."""
    reasons = [_reason(journey, treatment) for journey in session.conflicts]
    return [*reasons, booking_advice(session, treatment)] if reasons else []


def reminders(session: Session, treatment: Treatment) -> list[str]:
    """Return what to think of around journeys that leave the session free."""
    leaving = [_leaving_soon(journey, treatment) for journey in session.soon_away]
    return leaving + [_back_from_the_sun(journey) for journey in session.maybe_sunburnt]


def booking_advice(session: Session, treatment: Treatment) -> str:
    """Return when to book a session that journeys are in the way of."""
    if session.next_free is None:
        return f"Book it {offered(session)}."
    later = f"{format_day(session.next_free)} or later"
    if session.blocked_later:
        later += f", but not {', or '.join(format_days(span) for span in session.blocked_later)}"
    if session.number == 1:
        others = f" The other dates are counted from {format_day(session.next_free)}." if session.total > 1 else ""
        return f"Choose another day to begin: {later}.{others}"
    weeks = quote("weeks-between-sessions", treatment)
    then = f" Count {weeks} from that day to the session after it." if session.number < session.total else ""
    return (
        f"No day {weeks} after the session before is free. Ask us if a longer gap will do, "
        f"then book it for {later}.{then}"
    )


def _reason(away: Away, treatment: Treatment) -> str:
    if not away.is_sunny:
        return f"You are away {_from_to(away)}."
    weeks = quote("weeks-out-of-sun", treatment)
    return f"You are in the sun {_from_to(away)}. After a session the area has to stay out of the sun for {weeks}."


def _leaving_soon(away: Away, treatment: Treatment) -> str:
    hours = quote("hours-without-exercise", treatment)
    return f"You leave on {format_day(away.first)}. There is no sport, swimming or sauna for {hours} after a session."


def _back_from_the_sun(away: Away) -> str:
    back = format_day(away.last)
    return f"You come back from the sun on {back}. If the area is sunburnt, the session has to wait: call us."


def _from_to(away: Away) -> str:
    return (
        f"on {format_day(away.first)}"
        if away.first == away.last
        else f"from {format_day(away.first)} to {format_day(away.last)}"
    )
