"""A plan in a patient's words: what is in the way of a session, and what to do about it."""

from datetime import date

from django.utils.formats import date_format

from content.planner.plan import Away, Session, Span
from content.treatment.models import Treatment
from content.treatment.tokens import quote


def format_day(on: date) -> str:
    """“Mon 7 Sept 2026”."""
    return date_format(on, "D j N Y").replace(".", "")


def format_days(span: Span) -> str:
    """“on Mon 7 September 2026”, “between … and …”."""
    return (
        f"on {format_day(span.first)}"
        if span.first == span.last
        else f"between {format_day(span.first)} and {format_day(span.last)}"
    )


def conflicts(session: Session, treatment: Treatment) -> list[str]:
    """What is in the way of this session, then what to do about it; nothing where every day is free."""
    reasons = [_reason(one, treatment) for one in session.conflicts]
    return [*reasons, booking_advice(session, treatment)] if reasons else []


def reminders(session: Session, treatment: Treatment) -> list[str]:
    """What to think of around days away, though they leave the session free."""
    leaving = [_soon(one, treatment) for one in session.soon_away]
    return leaving + [_back_from_the_sun(one) for one in session.maybe_sunburnt]


def booking_advice(session: Session, treatment: Treatment) -> str:
    """When to book a session that days away stand in the way of."""
    if session.free:
        return f"Book it {', or '.join(format_days(span) for span in session.free)}."
    assert session.next_free is not None  # noqa: S101  the other half of what `Session` says of itself
    if session.number == 1:
        return f"Choose another day to begin: {format_day(session.next_free)} or later."
    weeks = quote("weeks-between-sessions", treatment)
    return (
        f"No day of this window is left. Later is fine: book it for {format_day(session.next_free)} or later. "
        f"You do not start again. Count {weeks} from that day to the session after it."
    )


def _reason(away: Away, treatment: Treatment) -> str:
    if not away.is_sunny:
        return f"You are away {_from_to(away)}."
    weeks = quote("weeks-out-of-sun", treatment)
    return f"You are in the sun {_from_to(away)}. After a session the area has to stay out of the sun for {weeks}."


def _soon(away: Away, treatment: Treatment) -> str:
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
