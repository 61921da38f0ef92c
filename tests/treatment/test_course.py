"""Weeks of a course of sessions."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.treatment.course import windows

weeks = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(sorted)


def test_windows_of_the_clinics_own_facts() -> None:
    assert [(window.number, window.earliest, window.latest) for window in windows(4, 4, 6)] == [
        (1, 0, 0),
        (2, 4, 6),
        (3, 8, 12),
        (4, 12, 18),
    ]


@given(st.integers(1, 30), weeks)
def test_windows_keep_the_least_and_the_most_between_neighbours(sessions: int, between: list[int]) -> None:
    course = windows(sessions, *between)
    assert len(course) == sessions
    for before, after in itertools.pairwise(course):
        assert after.earliest - before.earliest == between[0]
        assert after.latest - before.latest == between[1]


@pytest.mark.parametrize(("sessions", "least", "most"), [(0, 4, 6), (-1, 4, 6), (3, 0, 6), (3, 6, 4)])
def test_windows_refuse_what_is_no_course(sessions: int, least: int, most: int) -> None:
    with pytest.raises(ValueError, match=r"session|weeks"):
        windows(sessions, least, most)
