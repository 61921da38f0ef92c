"""The plan as a calendar file (RFC 5545): whole days, which no time zone moves, and titles that give nothing away."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from content.planner import summaries
from content.treatment.models import Treatment

from .plan import Plan, Session, Span


def make_calendar(plan: Plan, treatment: Treatment, *, domain: str, now: datetime, is_discreet: bool) -> bytes:
    """The file: a window for each session, and the day to judge the result.

    The same day and session always get the same UID, so that a file imported again takes the place of the first.
    `is_plain` says in titles what the appointments are for; without it they are “Appointment 2 of 4”. `now` is the
    instant at which the file is made, in UTC.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{domain}//Session plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for session in plan.sessions:
        calendar.add_component(_session(session, plan, treatment, domain, now, is_plain=is_discreet))
    title = "When to judge the result" if is_discreet else "A reminder from your plan"
    words = (
        f"From about this day you can judge the result: {summaries.format_days(plan.judge_window)}."
        if is_discreet
        else ""
    )
    calendar.add_component(
        _event(Span(plan.judge_window.first, plan.judge_window.first), title, words, _uid(plan, 0, domain), now)
    )
    return bytes(calendar.to_ical())


def _session(
    session: Session, plan: Plan, treatment: Treatment, domain: str, now: datetime, *, is_plain: bool
) -> Event:
    place = f"{session.number} of {len(plan.sessions)}"
    title = f"{treatment.name}: session {place}" if is_plain else f"Appointment {place}"
    words = [
        f"Any day {summaries.format_days(session.window)}." if not session.is_one_day else "",
        "A guide, not a booking.",
    ]
    if session.conflicts:
        words.insert(1, summaries.booking_advice(session, treatment))
    return _event(session.window, title, " ".join(filter(None, words)), _uid(plan, session.number, domain), now)


def _event(span: Span, title: str, words: str, uid: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", span.first)
    event.add("dtend", span.last + timedelta(days=1))  # the first day that no longer counts
    event.add("summary", title)
    if words:
        event.add("description", words)
    event.add("transp", "TRANSPARENT")  # it is a window, not a time that is taken
    event.add("class", "PRIVATE")
    return event


def _uid(plan: Plan, number: int, domain: str) -> str:
    first = plan.first.window.first
    return f"{uuid5(NAMESPACE_URL, f'{domain}/{first:%Y-%m-%d}/{number}')}@{domain.split(':', maxsplit=1)[0]}"
