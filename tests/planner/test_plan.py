"""Windows, days away and the day to judge, as a patient would reckon them on a paper calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.planner import summaries
from content.planner.plan import Away, Plan, Session, Span, make_plan, restrictions_after
from content.treatment.course import windows

from .facts import FACTS

MONDAY = date(2027, 1, 4)


def plan(*away: Away, sessions: int = 4, first: date = MONDAY) -> Plan:
    return make_plan(first, sessions, list(away), FACTS)


def second(*away: Away) -> Session:
    """The second session, whose window is Mon 1 to Mon 15 February 2027."""
    return plan(*away).sessions[1]


def february(first: int, last: int, *, is_sunny: bool = False) -> Away:
    return Away(date(2027, 2, first), date(2027, 2, last), is_sunny)


def test_windows_and_the_day_to_judge_are_counted_in_weeks_from_the_first_session() -> None:
    made = plan()
    assert [(one.window.first, one.window.last) for one in made.sessions] == [
        (date(2027, 1, 4), date(2027, 1, 4)),
        (date(2027, 2, 1), date(2027, 2, 15)),
        (date(2027, 3, 1), date(2027, 3, 29)),
        (date(2027, 3, 29), date(2027, 5, 10)),
    ]
    assert made.judge_window == Span(date(2027, 6, 21), date(2027, 8, 2))
    assert made.is_free_of_conflicts


def test_a_leap_day_and_clocks_that_change_move_no_day_of_the_week() -> None:
    leap = plan(first=date(2028, 2, 29), sessions=8)
    assert {one.window.first.weekday() for one in leap.sessions} == {date(2028, 2, 29).weekday()}
    assert plan(first=date(2027, 2, 28)).sessions[1].window.first == date(2027, 3, 28)  # the night clocks go forward
    assert plan(first=date(2027, 10, 3)).sessions[1].window.first == date(2027, 10, 31)  # the night they go back


def test_one_session_has_no_window_and_one_day_to_judge() -> None:
    made = plan(sessions=1)
    assert made.last.is_one_day
    assert made.judge_window == Span(date(2027, 3, 29), date(2027, 3, 29))


@pytest.mark.parametrize(
    ("away", "free"),
    [
        (february(3, 5), [(1, 2), (6, 15)]),
        (february(1, 14), [(15, 15)]),
        (february(10, 28), [(1, 9)]),
        (february(1, 15), []),
        (february(16, 20), [(1, 15)]),
        # Two weeks before days in the sun are no days for a session.
        (february(20, 27, is_sunny=True), [(1, 6)]),
        (february(16, 20, is_sunny=True), [(1, 2)]),
        (Away(date(2027, 3, 1), date(2027, 3, 7), is_sunny=True), [(1, 15)]),
        (Away(date(2027, 2, 28), date(2027, 3, 7), is_sunny=True), [(1, 14)]),
        (Away(date(2027, 1, 18), date(2027, 1, 31), is_sunny=True), [(1, 15)]),
    ],
)
def test_days_away_and_the_weeks_before_the_sun_are_taken_out_of_a_window(
    away: Away, free: list[tuple[int, int]]
) -> None:
    assert second(away).free == tuple(Span(date(2027, 2, a), date(2027, 2, b)) for a, b in free)


def test_where_no_day_is_left_the_next_one_free_is_said_across_all_journeys() -> None:
    blocked = second(february(1, 18), february(19, 25))
    assert blocked.free == ()
    assert blocked.next_free == date(2027, 2, 26)
    again = second(february(1, 18), Away(date(2027, 2, 19), date(2027, 2, 28)), february(10, 12))
    assert again.next_free == date(2027, 3, 1)


def test_what_is_in_the_way_is_told_with_what_to_do() -> None:
    assert summaries.conflicts(second(february(3, 5)), FACTS) == [
        "You are away from Wed 3 Feb 2027 to Fri 5 Feb 2027.",
        "Book it between Mon 1 Feb 2027 and Tue 2 Feb 2027, or between Sat 6 Feb 2027 and Mon 15 Feb 2027.",
    ]
    assert summaries.conflicts(second(february(1, 15, is_sunny=True)), FACTS) == [
        "You are in the sun from Mon 1 Feb 2027 to Mon 15 Feb 2027. "
        "After a session the area has to stay out of the sun for 2 weeks.",
        "No day 4 to 6 weeks after the session before is free. Ask us if a longer gap will do, "
        "then book it for Tue 16 Feb 2027 or later. Count 4 to 6 weeks from that day to the session after it.",
    ]
    assert summaries.conflicts(second(february(16, 20)), FACTS) == []


def test_a_first_session_in_days_away_asks_for_another_day_and_the_others_are_counted_from_it() -> None:
    away = Away(date(2027, 1, 10), date(2027, 1, 16), is_sunny=True)
    made = plan(away)
    assert summaries.conflicts(made.first, FACTS)[-1] == (
        "Choose another day to begin: Sun 17 Jan 2027 or later. The other dates are counted from Sun 17 Jan 2027."
    )
    assert made.sessions[1].window == Span(date(2027, 2, 14), date(2027, 2, 28))
    alone = plan(away, sessions=1)
    assert summaries.conflicts(alone.first, FACTS)[-1] == "Choose another day to begin: Sun 17 Jan 2027 or later."
    assert summaries.judging(alone) == "Sun 11 April 2027 or later, depending on your last session"


def test_days_away_after_the_first_free_one_are_left_out_of_or_later() -> None:
    blocked = second(february(1, 18), february(22, 24), february(24, 26))
    assert blocked.offered == (Span(date(2027, 2, 19), date(2027, 2, 19)),)
    assert "book it for Fri 19 Feb 2027 or later, but not between Mon 22 Feb 2027 and Fri 26 Feb 2027. Count" in (
        summaries.booking_advice(blocked, FACTS)
    )


def test_after_the_last_session_there_is_none_to_count_to() -> None:
    last = plan(february(1, 20), sessions=2).last
    assert summaries.booking_advice(last, FACTS).endswith("book it for Sun 21 Feb 2027 or later.")


def test_the_windows_after_one_begin_with_its_first_free_day_and_end_with_its_last() -> None:
    late, early = plan(february(1, 9)), plan(february(5, 20))
    assert late.sessions[2].window == Span(date(2027, 3, 10), date(2027, 3, 29))
    assert early.sessions[2].window == Span(date(2027, 3, 1), date(2027, 3, 18))


@given(st.dates(date(2026, 1, 1), date(2036, 12, 31)), st.integers(1, 8))
def test_without_days_away_the_windows_are_those_of_the_course_that_is_drawn(first: date, sessions: int) -> None:
    drawn = [
        (first + timedelta(weeks=one.earliest), first + timedelta(weeks=one.latest)) for one in windows(sessions, 4, 6)
    ]
    assert [(one.earliest, one.latest) for one in plan(sessions=sessions, first=first).sessions] == drawn


def test_a_journey_soon_after_and_one_back_from_the_sun_are_thought_of() -> None:
    assert summaries.reminders(second(february(17, 20)), FACTS) == [
        "You leave on Wed 17 Feb 2027. There is no sport, swimming or sauna for 72 hours after a session."
    ]
    back = second(Away(date(2027, 1, 20), date(2027, 1, 30), is_sunny=True))
    assert summaries.reminders(back, FACTS) == [
        "You come back from the sun on Sat 30 Jan 2027. If the area is sunburnt, the session has to wait: call us."
    ]
    assert summaries.reminders(second(Away(date(2027, 1, 18), date(2027, 1, 24), is_sunny=True)), FACTS) == []
    late = second(Away(date(2027, 1, 20), date(2027, 2, 20), is_sunny=True))
    assert summaries.reminders(late, FACTS) == [
        "You come back from the sun on Sat 20 Feb 2027. If the area is sunburnt, the session has to wait: call us."
    ]
    assert summaries.reminders(second(february(12, 25)), FACTS) == [
        "You leave on Fri 12 Feb 2027. There is no sport, swimming or sauna for 72 hours after a session."
    ]
    early = second(february(6, 15), february(17, 20))  # no day shortly before the second journey is offered
    assert summaries.reminders(early, FACTS) == [
        "You leave on Sat 6 Feb 2027. There is no sport, swimming or sauna for 72 hours after a session."
    ]


def test_what_is_allowed_again_is_counted_from_the_facts() -> None:
    assert [on for _, on in restrictions_after(MONDAY, FACTS)] == [
        date(2027, 1, 6),
        date(2027, 1, 6),
        date(2027, 1, 7),
        date(2027, 1, 11),
        date(2027, 1, 18),
    ]
