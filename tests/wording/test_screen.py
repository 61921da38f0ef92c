"""A screen never leaves out a pattern that matches."""

import re

import pytest

from content.wording.screen import Screen, alternatives, matches, needs


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("eras(?:e[sd]?|ing)", [{"eras"}]),
        (r"\bpain ?free\b", [{"pain"}, {"free"}]),
        ("(?:one|a) session", [{" session"}]),
        ("(?:one|two) sessions?", [{"one", "two"}, {" session"}]),
        ("(?:very )?(?:safe|sure)", [{"safe", "sure"}]),
        ("(?:no |zero )?", []),
        ("(?:no )*risk", [{"risk"}]),
        ("(?:no ){1,3}risk", [{"no "}, {"risk"}]),
        ("(?:no ){0,3}risk", [{"risk"}]),
        ("results?(?! (?:vary|differ))", [{"result"}]),
        (r"no\. ?one", [{"no."}, {"one"}]),
        (r"[(|]safe[)|]", [{"safe"}]),
        (r"100 ?%|\w+", []),
        ("(?P<unit>day|week)s", [{"day", "week"}]),
    ],
)
def test_needs_of_a_pattern(pattern: str, strings: list[set[str]]) -> None:
    assert [set(each) for each in needs(pattern)] == strings


def test_screen_keeps_what_may_match() -> None:
    screen = Screen(["eras(?:e|ing)", "(?:one|two) sessions?", r"\d+"])
    assert screen.possible("gone in two sessions") == [1, 2]
    assert screen.possible("sessions that erase") == [0, 2]


def test_alternatives_match_as_one_pattern_does() -> None:
    pattern, text = r"a(?:b|c)|ab[|)]?c|\|b|[|]", "abc ac |b | ab"
    parts = alternatives(pattern)
    assert parts == ("a(?:b|c)", "ab[|)]?c", r"\|b", "[|]")
    assert [each.span() for each in matches(parts, text)] == [each.span() for each in re.finditer(pattern, text)]
