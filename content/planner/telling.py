"""A plan in a patient's words: what is in the way of a session, and what to do about it."""

from datetime import date

from django.utils.formats import date_format

from content.treatment.models import Treatment
from content.treatment.tokens import in_words, quote

from .plan import Away, Plan, Session, Span


def day(on: date) -> str:
    """“Mon 7 Sept 2026”."""
    return date_format(on, "D j N Y").replace(".", "")


def days(span: Span) -> str:
    """“on Mon 7 September 2026”, “between … and …”."""
    return f"on {day(span.first)}" if span.first == span.last else f"between {day(span.first)} and {day(span.last)}"


def offered(session: Session) -> str:
    """The days of a session: “on …”, “between … and …, or on …”, “on … or later”."""
    return f"{', or '.join(days(span) for span in session.offered)}{' or later' if session.is_open else ''}"


def judging(plan: Plan) -> str:
    """Before which days the result is not to be judged: “Mon 7 Sept 2026”, or a range, and what it depends on."""
    if plan.last.is_one_day:
        return day(plan.judge.first)
    until = "or later" if plan.last.is_open else f"to {day(plan.judge.last)}"
    return f"{day(plan.judge.first)} {until}, depending on your last session"


def gap(treatment: Treatment) -> str:
    """The rule that every window rests on, said because a window begins with the earliest day of the session before."""
    least = in_words(treatment.weeks_between_min, treatment.weeks_between_min, "week", "weeks")
    return f"Leave at least {least} between sessions: if you take a later day for one, the next one moves too."


def conflicts(session: Session, treatment: Treatment) -> list[str]:
    """What is in the way of this session, then what to do about it; nothing where every day is free."""
    reasons = [_reason(one, treatment) for one in session.in_the_way]
    return [*reasons, advice(session, treatment)] if reasons else []


def reminders(session: Session, treatment: Treatment) -> list[str]:
    """What to think of around days away, though they leave the session free."""
    leaving = [_soon(one, treatment) for one in session.soon_away]
    return leaving + [_back_from_the_sun(one) for one in session.maybe_sunburnt]


def advice(session: Session, treatment: Treatment) -> str:
    """When to book a session that days away stand in the way of."""
    if session.next_free is None:
        return f"Book it {offered(session)}."
    later = f"{day(session.next_free)} or later"
    if session.not_then:
        later += f", but not {', or '.join(days(span) for span in session.not_then)}"
    if session.number == 1:
        others = f" The other dates are counted from {day(session.next_free)}." if session.of > 1 else ""
        return f"Choose another day to begin: {later}.{others}"
    weeks = quote("weeks-between-sessions", treatment)
    then = f" Count {weeks} from that day to the session after it." if session.number < session.of else ""
    return (
        f"No day {weeks} after the session before is free. Later is fine: book it for {later}. "
        f"You do not start again.{then}"
    )


def _reason(away: Away, treatment: Treatment) -> str:
    if not away.is_sunny:
        return f"You are away {_from_to(away)}."
    weeks = quote("weeks-out-of-sun", treatment)
    return f"You are in the sun {_from_to(away)}. After a session the area has to stay out of the sun for {weeks}."


def _soon(away: Away, treatment: Treatment) -> str:
    hours = quote("hours-without-exercise", treatment)
    return f"You leave on {day(away.first)}. There is no sport, swimming or sauna for {hours} after a session."


def _back_from_the_sun(away: Away) -> str:
    return f"You come back from the sun on {day(away.last)}. If the area is sunburnt, the session has to wait: call us."


def _from_to(away: Away) -> str:
    return f"on {day(away.first)}" if away.first == away.last else f"from {day(away.first)} to {day(away.last)}"
