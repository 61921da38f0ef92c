"""The plan as a calendar file (RFC 5545): all-day events, which no time zone shifts, with discreet titles."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from content.planner import summaries
from content.treatment.models import Treatment

from .plan import Plan, Session, Span

SEQUENCE_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the seconds since then fit the 31 bits of calendars until 2094


def make_calendar(plan: Plan, treatment: Treatment, *, domain: str, now: datetime, names_treatment: bool) -> bytes:
    """Return the file: an event for each stretch of days offered for a session, and one for the day to judge.

    The same day and session always get the same UID, and each file a higher SEQUENCE than those before it, so that
    importing it replaces the events. No plan is stored, so the clock counts. `names_treatment` puts the treatment into
    the titles, which are “Appointment 2 of 4” without it. `now` is the UTC time stamp of the file.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{domain}//Session plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for session in plan.sessions:
        for event in _session(session, plan, treatment, domain, now, names_treatment=names_treatment):
            calendar.add_component(event)
    title = "When to judge the result" if names_treatment else "A reminder from your plan"
    words = f"Do not judge the result before {summaries.judging(plan)}." if names_treatment else ""
    calendar.add_component(
        _event(Span(plan.judge_window.first, plan.judge_window.first), title, words, _uid(plan, 0, domain), now)
    )
    return bytes(calendar.to_ical())


def _session(
    session: Session, plan: Plan, treatment: Treatment, domain: str, now: datetime, *, names_treatment: bool
) -> Iterator[Event]:
    place = f"{session.number} of {session.total}"
    title = f"{treatment.name}: session {place}" if names_treatment else f"Appointment {place}"
    days = "" if session.is_one_day else f"Any day {summaries.offered(session)}."
    when = summaries.booking_advice(session, treatment) if session.conflicts else days
    gap = summaries.gap(treatment) if session.total > 1 else ""
    words = " ".join(filter(None, [when, gap, "A guide, not a booking."]))
    for stretch, span in enumerate(session.offered):
        yield _event(span, title, words, _uid(plan, session.number, domain, stretch), now)


def _event(span: Span, title: str, words: str, uid: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", int((now - SEQUENCE_EPOCH).total_seconds()))
    event.add("dtstart", span.first)
    event.add("dtend", span.last + timedelta(days=1))  # exclusive
    event.add("summary", title)
    if words:
        event.add("description", words)
    event.add("transp", "TRANSPARENT")  # a window, in which the reader is free
    event.add("class", "PRIVATE")
    return event


def _uid(plan: Plan, number: int, domain: str, stretch: int = 0) -> str:
    first = plan.first.window.first
    name = f"{domain}/{first:%Y-%m-%d}/{number}" + (f"/{stretch}" if stretch else "")
    return f"{uuid5(NAMESPACE_URL, name)}@{domain.split(':', maxsplit=1)[0]}"
