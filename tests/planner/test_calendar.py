"""The calendar file, read back by two programs that know nothing of each other."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from cms.models import PageContent
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from content.planner import calendar
from content.planner.plan import Away, make_plan
from tests.factories import author

from .facts import FACTS

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = {"first": "2027-01-04", "sessions": "4"}


def file_of(first: date, sessions: int = 4, *away: Away, names_treatment: bool = False) -> bytes:
    plan = make_plan(first, sessions, list(away), FACTS)
    return calendar.make_calendar(plan, FACTS, domain="clinic.example:8000", now=NOW, names_treatment=names_treatment)


def read_by_both(data: bytes) -> list[tuple[str, date, date, str]]:
    """Each event as (title, first day, first day after it, UID); both programs read the same."""
    one = [
        (str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend"), str(event["uid"]))
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]
    other = [
        (event.summary.value, event.dtstart.value, event.dtend.value, event.uid.value)
        for event in vobject.readOne(data.decode()).vevent_list
    ]
    assert one == other
    return one


def test_each_window_is_whole_days_with_a_title_that_gives_nothing_away() -> None:
    read = read_by_both(file_of(date(2027, 1, 4)))
    assert [event[:3] for event in read] == [
        ("Appointment 1 of 4", date(2027, 1, 4), date(2027, 1, 5)),
        ("Appointment 2 of 4", date(2027, 2, 1), date(2027, 2, 16)),
        ("Appointment 3 of 4", date(2027, 3, 1), date(2027, 3, 30)),
        ("Appointment 4 of 4", date(2027, 3, 29), date(2027, 5, 11)),
        ("A reminder from your plan", date(2027, 6, 21), date(2027, 6, 22)),
    ]
    assert all(type(day) is date for event in read for day in event[1:3])  # no hour, so no time zone


def test_nothing_in_it_says_what_it_is_for_unless_the_reader_wants_it() -> None:
    away = Away(date(2027, 2, 1), date(2027, 2, 20), is_sunny=True)
    quiet = file_of(date(2027, 1, 4), 4, away).decode().replace("\r\n ", "").lower()
    for word in ("microneedling", "stretch", "skin", "treatment", "the sun", "result", "session 2"):
        assert word not in quiet, word
    assert "book it for sun 21 feb 2027 or later" in quiet.replace("\\", "")
    assert b"Microneedling for stretch marks: session 2 of 4" in file_of(date(2027, 1, 4), names_treatment=True)


def test_the_same_day_and_session_keep_their_names_and_others_get_others() -> None:
    uids = [event[3] for event in read_by_both(file_of(date(2027, 1, 4)))]
    longer = [event[3] for event in read_by_both(file_of(date(2027, 1, 4), 6, names_treatment=True))]
    assert uids == longer[:4] + longer[-1:]
    assert len(set(longer)) == 7
    assert not set(longer) & {event[3] for event in read_by_both(file_of(date(2027, 1, 5), 6))}


def replaces(new: bytes, old: bytes) -> bool:
    """Whether a calendar that holds the old file takes each event of the new one (RFC 5546, section 2.1.5)."""
    held = {event["uid"]: event for event in icalendar.Calendar.from_ical(old).walk("VEVENT")}
    return all(
        (event["sequence"], event.decoded("last-modified"), event.decoded("dtstamp"))
        > (held[event["uid"]]["sequence"], held[event["uid"]].decoded("last-modified"), NOW)
        and event["sequence"] > held[event["uid"]]["sequence"]
        for event in icalendar.Calendar.from_ical(new).walk("VEVENT")
    )


def test_a_plan_that_was_changed_replaces_the_one_before() -> None:
    away = Away(date(2027, 2, 1), date(2027, 2, 20))
    later = calendar.make_calendar(
        make_plan(date(2027, 1, 4), 4, [away], FACTS),
        FACTS,
        domain="clinic.example:8000",
        now=NOW + timedelta(seconds=1),
        names_treatment=True,
    )
    assert replaces(later, file_of(date(2027, 1, 4)))
    assert not replaces(file_of(date(2027, 1, 4)), later)


def test_sequence_is_a_number_that_calendars_can_hold() -> None:
    plan = make_plan(date(2090, 1, 1), 1, [], FACTS)
    for now in (NOW, datetime(2093, 12, 31, tzinfo=UTC)):
        data = calendar.make_calendar(plan, FACTS, domain="x", now=now, names_treatment=False)
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
            assert 0 <= event["sequence"] < 2**31


def test_the_file_is_one_that_calendars_take() -> None:
    data = file_of(date(2027, 1, 4))
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = icalendar.Calendar.from_ical(data)
    assert read["version"] == "2.0"
    assert "method" not in read  # it is no invitation
    for event in read.walk("VEVENT"):
        assert event["transp"] == "TRANSPARENT"
        assert event.decoded("dtstamp") == NOW
        assert "organizer" not in event


@settings(max_examples=150, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(1, 8))
def test_both_read_the_windows_that_the_page_shows(first: date, sessions: int) -> None:
    plan = make_plan(first, sessions, [], FACTS)
    read = read_by_both(calendar.make_calendar(plan, FACTS, domain="x", now=NOW, names_treatment=False))
    windows = [(one.window.first, one.window.last + timedelta(days=1)) for one in plan.sessions]
    assert [event[1:3] for event in read[:-1]] == windows


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Europe/London", "Pacific/Kiritimati"])
@pytest.mark.parametrize("first", ["2027-03-28", "2027-10-31", "2028-02-29", "2026-12-31"])
def test_no_time_zone_moves_a_day(zone: str, first: str, client: Client, db: None, clock: object) -> None:
    with timezone.override(ZoneInfo(zone)):
        reply = client.get("/session-plan.ics", {"first": first, "sessions": "1"})
    assert read_by_both(reply.content)[0][1] == date.fromisoformat(first)


def test_it_is_sent_as_a_file_that_nobody_keeps(client: Client, db: None, clock: object) -> None:
    reply = client.get("/session-plan.ics", GOOD)
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    assert reply["Content-Disposition"] == 'attachment; filename="appointments.ics"'
    assert "no-store" in reply["Cache-Control"]
    assert client.head("/session-plan.ics", GOOD).status_code == 200
    assert client.post("/session-plan.ics", GOOD).status_code in {403, 405}


def test_a_mistake_leads_back_to_the_form_that_tells_of_it(client: Client, db: None, clock: object) -> None:
    reply = client.get("/session-plan.ics", {**GOOD, "sessions": "99", "other": "x"}, follow=True)
    assert reply.redirect_chain == [("/plan-your-sessions/?first=2027-01-04&sessions=99", 302)]
    assert "Choose a number from 1 to 8." in reply.content.decode()
    assert client.get("/session-plan.ics", follow=True).status_code == 200


def test_without_the_page_there_is_no_file(client: Client, db: None, clock: object) -> None:
    content = PageContent.objects.get(page__reverse_id="planner")
    content.versions.get().unpublish(author())
    assert client.get("/session-plan.ics", GOOD).status_code == 404
