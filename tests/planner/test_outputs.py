"""What a patient may take for a day to book: never too near, never away, and the same on page, drawing, file and paper.

The rule: a window begins the least weeks after the first day that the session before is offered on, and ends the most
weeks after the last. Days in it that aren't free aren't offered; where none is free, the first free day after it is,
“or later”, and all that follows is counted from that day. So whoever takes the first day each time keeps the least
weeks, and every output says that a later day moves what comes next.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import icalendar
import pytest
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from content.models import Treatment
from content.planner import calendar, page, summaries
from content.planner.plan import Away, Plan, make_plan
from tests.rendering import text_of

from .facts import FACTS

PLANS = 10_000 if os.environ.get("PLANNER_FULL") else 200
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SUNNY_WINTER = {"first": "2026-12-07", "sessions": "4", "from1": "2026-12-28", "to1": "2027-01-25", "sun1": "on"}


class Offered(NamedTuple):
    """The days of a session, and whether any later free one will do."""

    days: list[date]
    is_open: bool


class Course(NamedTuple):
    """What a plan is made of."""

    first: date
    sessions: int
    away: list[Away]
    facts: Treatment


# --- What each output says -------------------------------------------------------------------------------------------


def days_from(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def on_page(tree: Any) -> list[Offered]:
    """The days beside each session's heading."""
    return [Offered(list(times_of(one)), text_of(one).endswith("or later")) for one in tree.find_class("when")]


def times_of(line: Any) -> Iterator[date]:
    first = None
    for one in line.iter("time"):
        day = date.fromisoformat(one.get("datetime"))
        if first is None and (one.tail or "").strip() == "to":
            first = day
            continue
        yield from days_from(first or day, day)
        first = None


def drawn(tree: Any, start: date) -> list[list[date]]:
    """The days that each bar covers, without those that are drawn over."""
    return [list(days_of_bar(bar, start)) for bar in tree.find_class("course-bar")]


def days_of_bar(bar: Any, start: date) -> Iterator[date]:
    whole, *gaps = [tuple(map(float, re.findall(r"[\d.]+", path.get("d"))[::2])) for path in bar.iter("path")]
    assert whole[1] <= float(bar.get("viewbox").split()[2])
    for n in range(int(whole[0]), int(whole[1]) + 1):
        if not any(first < n < last for first, last in gaps):
            yield start + DAY * n


def in_file(data: bytes) -> tuple[dict[str, list[date]], dict[str, str]]:
    """The days of all events with the same title, and what is written in them."""
    days: dict[str, list[date]] = {}
    words: dict[str, str] = {}
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    for event in events:
        title = str(event["summary"])
        days.setdefault(title, []).extend(days_from(event.decoded("dtstart"), event.decoded("dtend") - DAY))
        words[title] = str(event["description"])
    assert len({str(event["uid"]) for event in events}) == len(events)
    return days, words


# --- The course whose second session falls into days in the sun ------------------------------------------------------


def test_a_window_that_days_in_the_sun_cover_moves_all_that_follow_on_the_page(today: date, client: Client) -> None:
    tree = html.fromstring(client.get("/plan-your-sessions/", SUNNY_WINTER).content.decode())
    answer = tree.find_class("plan-answer")[0]
    assert [text_of(one) for one in answer.find_class("when")] == [
        "Mon 7 Dec 2026",
        "Tue 26 Jan 2027 or later",
        "Tue 23 Feb 2027 to Tue 9 March 2027",
        "Tue 23 March 2027 to Tue 20 April 2027",
    ]
    assert text_of(answer.xpath(".//*[@role='status']")[0]).startswith(
        "4 sessions. The last falls between Tue 23 March 2027 and Tue 20 April 2027"
    )
    assert [text_of(one) for one in answer.find_class("conflicts")] == [
        "You are in the sun from Mon 28 Dec 2026 to Mon 25 Jan 2027. "
        "After a session the area has to stay out of the sun for 2 weeks. "
        "No day 4 to 6 weeks after the session before is free. Ask us if a longer gap will do, "
        "then book it for Tue 26 Jan 2027 or later. Count 4 to 6 weeks from that day to the session after it."
    ]
    assert [text_of(one) for one in answer.find_class("reminders")] == [
        "You come back from the sun on Mon 25 Jan 2027. If the area is sunburnt, the session has to wait: call us."
    ]
    assert "not before Tue 15 June 2027 to Tue 13 July 2027, depending on" in text_of(answer.find_class("judge")[0])
    assert (
        "Leave at least 4 weeks between sessions: if you take a later day for one, the next one moves too."
        in text_of(answer)
    )


def test_a_window_that_days_in_the_sun_cover_moves_all_that_follow_in_the_drawing(today: date, client: Client) -> None:
    tree = html.fromstring(client.get("/plan-your-sessions/", SUNNY_WINTER).content.decode())
    bars = tree.find_class("course-bar")
    assert [[path.get("d") for path in bar.iter("path")] for bar in bars] == [
        ["M0 .5H0"], ["M50 .5H50"], ["M78 .5H92"], ["M106 .5H134"],
    ]  # fmt: skip
    assert {bar.get("viewbox") for bar in bars} == {"0 0 134 1"}


@pytest.mark.parametrize("say", ["", "on"])
def test_a_window_that_days_in_the_sun_cover_moves_all_that_follow_in_the_file(
    db: None, clock: object, client: Client, say: str
) -> None:
    reply = client.get("/session-plan.ics", {**SUNNY_WINTER, "say": say})
    events = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
    assert [(event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        (date(2026, 12, 7), date(2026, 12, 8)),
        (date(2027, 1, 26), date(2027, 1, 27)),
        (date(2027, 2, 23), date(2027, 3, 10)),
        (date(2027, 3, 23), date(2027, 4, 21)),
        (date(2027, 6, 15), date(2027, 6, 16)),
    ]
    assert "book it for Tue 26 Jan 2027 or later." in str(events[1]["description"])
    assert "Any day between Tue 23 Feb 2027 and Tue 9 March 2027." in str(events[2]["description"])
    assert all("Leave at least 4 weeks between sessions" in str(event["description"]) for event in events[:4])
    if say:
        assert "before Tue 15 June 2027 to Tue 13 July 2027, depending on" in str(events[4]["description"])


def test_days_away_inside_a_window_are_left_out_of_every_output(today: date, client: Client, clock: object) -> None:
    boxes = {"first": "2027-01-04", "sessions": "2", "from1": "2027-02-03", "to1": "2027-02-05"}
    tree = html.fromstring(client.get("/plan-your-sessions/", boxes).content.decode())
    said = "Mon 1 Feb 2027 to Tue 2 Feb 2027, or Sat 6 Feb 2027 to Mon 15 Feb 2027"
    assert tree.find_class("when")[1].text_content() == said
    paths = tree.find_class("course-bar")[1].iter("path")
    assert [path.get("d") for path in paths] == ["M28 .5H42", "M29.5 .5H32.5"]
    days, words = in_file(client.get("/session-plan.ics", {**boxes, "say": "on"}).content)
    free = [*days_from(date(2027, 2, 1), date(2027, 2, 2)), *days_from(date(2027, 2, 6), date(2027, 2, 15))]
    assert days["Microneedling for stretch marks: session 2 of 2"] == free
    between = "between Mon 1 Feb 2027 and Tue 2 Feb 2027, or between Sat 6 Feb 2027 and Mon 15 Feb 2027"
    assert f"Book it {between}." in words["Microneedling for stretch marks: session 2 of 2"]
    assert f"The last falls {between}" in text_of(tree.xpath("//*[@role='status']")[0])


def test_a_first_day_away_moves_every_output_to_the_day_that_is_free(
    today: date, client: Client, clock: object
) -> None:
    boxes = {"first": "2027-01-04", "sessions": "2", "from1": "2027-01-10", "to1": "2027-01-16", "sun1": "on"}
    tree = html.fromstring(client.get("/plan-your-sessions/", boxes).content.decode())
    assert [text_of(one) for one in tree.find_class("when")] == [
        "Sun 17 Jan 2027 or later",
        "Sun 14 Feb 2027 to Sun 28 Feb 2027",
    ]
    until = text_of(tree.find_class("until")[0])
    assert "Sun on the area (with SPF 50) again from Sun 31 Jan 2027" in until
    assert "A sunbed not during your course" in until
    days, _ = in_file(client.get("/session-plan.ics", {**boxes, "say": "on"}).content)
    assert next(iter(days.values())) == [date(2027, 1, 17)]


# --- Any course, reckoned day by day ---------------------------------------------------------------------------------


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Courses whose days away lie where the sessions do, of treatments with weeks of their own."""
    first = draw(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
    least = draw(st.integers(1, 10))
    facts = Treatment(**{field.attname: getattr(FACTS, field.attname) for field in Treatment._meta.fields})
    facts.weeks_between_min, facts.weeks_between_max = least, least + draw(st.integers(0, 6))
    facts.weeks_out_of_sun, facts.weeks_before_judging = draw(st.integers(1, 6)), draw(st.integers(1, 30))
    journeys = st.tuples(st.integers(-60, 300), st.one_of(st.integers(0, 60), st.integers(0, 600)), st.booleans())
    away = [
        Away(first + DAY * start, first + DAY * (start + length), is_sunny)
        for start, length, is_sunny in draw(st.lists(journeys, max_size=3))
    ]
    return Course(first, draw(st.integers(1, 8)), away, facts)


def is_bad(day: date, course: Course) -> bool:
    before = timedelta(weeks=course.facts.weeks_out_of_sun)
    return any(
        one.first <= day <= one.last or (one.is_sunny and timedelta() < one.first - day < before) for one in course.away
    )


def reckoned(course: Course) -> Iterator[Offered]:
    """The same by going through the calendar day by day."""
    earliest = latest = course.first
    for _ in range(course.sessions):
        days = [day for day in days_from(earliest, latest) if not is_bad(day, course)]
        is_open = not days
        while not days:
            latest += DAY
            days = [] if is_bad(latest, course) else [latest]
        yield Offered(days, is_open)
        earliest = days[0] + timedelta(weeks=course.facts.weeks_between_min)
        latest = days[-1] + timedelta(weeks=course.facts.weeks_between_max)


def plan_of(course: Course) -> Plan:
    return make_plan(course.first, course.sessions, course.away, course.facts)


def offered(plan: Plan) -> list[Offered]:
    return [
        Offered([day for span in one.offered for day in days_from(span.first, span.last)], one.is_open)
        for one in plan.sessions
    ]


@settings(max_examples=PLANS, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses())
def test_no_day_offered_is_nearer_than_the_least_weeks_to_the_first_of_the_session_before(course: Course) -> None:
    least, most = (timedelta(weeks=n) for n in (course.facts.weeks_between_min, course.facts.weeks_between_max))
    made = offered(plan_of(course))
    for before, after in pairwise(made):
        assert min(after.days) - min(before.days) >= least
        assert after.is_open or max(after.days) - max(before.days) <= most
    assert made == list(reckoned(course))


@settings(max_examples=PLANS, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses())
def test_no_day_offered_in_any_output_is_away_and_all_say_the_same(course: Course) -> None:
    plan, truth = plan_of(course), list(reckoned(course))
    tree = shown(plan, course.facts)
    days, words = in_file(calendar.make_calendar(plan, course.facts, domain="x", now=NOW, names_treatment=True))
    titles = [f"{course.facts.name}: session {n} of {course.sessions}" for n in range(1, course.sessions + 1)]
    assert [days[title] for title in titles] == [one.days for one in truth]
    assert course.sessions == 1 or all("Leave at least" in words[title] for title in titles)
    judge = truth[-1].days[0] + timedelta(weeks=course.facts.weeks_before_judging)
    assert days["When to judge the result"] == [judge]
    assert summaries.judging(plan) in words["When to judge the result"]
    assert on_page(tree) == truth
    assert drawn(tree, truth[0].days[0]) == [one.days for one in truth]
    assert not any(is_bad(day, course) for one in on_page(tree) for day in one.days)
    assert (course.sessions == 1) is ("Leave at least" not in text_of(tree))
    check_ends(tree, truth[-1], course)


def shown(plan: Plan, facts: Treatment) -> Any:
    planned = page.PlannerPage(None, facts, plan, page.session_summaries(plan, facts), "/session-plan.ics")
    return html.fromstring(f"<div>{render_to_string('planner/plan.html', {'planned': planned})}</div>")


def check_ends(tree: Any, last: Offered, course: Course) -> None:
    """What is said of the last session and of the day to judge is counted from the days that it is offered on."""
    status = text_of(tree.xpath("//*[@role='status']")[0])
    first, end = summaries.format_day(last.days[0]), summaries.format_day(last.days[-1])
    assert first in status
    assert end in status
    wait = timedelta(weeks=course.facts.weeks_before_judging)
    judge = text_of(tree.find_class("judge")[0])
    if last.is_open:
        assert f"on {first} or later" in status
        assert f"not before {summaries.format_day(last.days[0] + wait)} or later, depending" in judge
    elif len(last.days) > 1:
        assert (
            f"not before {summaries.format_day(last.days[0] + wait)} to {summaries.format_day(last.days[-1] + wait)}, dep"
            in judge
        )
    else:
        assert f"not before {summaries.format_day(last.days[0] + wait)}. Skin" in judge


@settings(max_examples=PLANS, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses())
def test_or_later_leaves_out_every_day_away_that_comes_after(course: Course) -> None:
    end = max([one.last for one in course.away], default=course.first) + DAY
    for session in plan_of(course).sessions:
        if session.is_open:
            after = days_from(session.earliest, max(end, session.earliest))
            left_out = {day for span in session.blocked_later for day in days_from(span.first, span.last)}
            assert left_out == {day for day in after if is_bad(day, course)}
            advice = summaries.booking_advice(session, course.facts)
            assert all(summaries.format_days(span) in advice for span in session.blocked_later)
        else:
            assert session.blocked_later == ()
