"""Durations, counts and intervals are read with their units, in digits and in words."""

import pytest

from content.wording.amounts.quantities import DAY, HOUR, WEEK, quantities
from content.wording.text import fold


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("every other week", 2 * WEEK, 2 * WEEK),
        ("once a fortnight", 2 * WEEK, 2 * WEEK),
        ("twice a week", WEEK / 2, WEEK / 2),
        ("bi-weekly", 2 * WEEK, 2 * WEEK),
        ("every Monday", WEEK, WEEK),
        ("8–10 sessions", 8, 10),
        ("half a dozen sessions", 6, 6),
        ("fourteen separate needling sessions", 14, 14),
        ("1½ hours", 1.5 * HOUR, 1.5 * HOUR),
        ("an hour and a half", 1.5 * HOUR, 1.5 * HOUR),
        ("1 hour 30 minutes", 1.5 * HOUR, 1.5 * HOUR),
        ("three quarters of an hour", 0.75 * HOUR, 0.75 * HOUR),
        ("45 minutes to an hour", 0.75 * HOUR, HOUR),
        ("a day or two", DAY, 2 * DAY),
        ("forty-eight hours", 2 * DAY, 2 * DAY),
        ("a hundred and twenty minutes", 2 * HOUR, 2 * HOUR),
        ("a 48-hour wait", 2 * DAY, 2 * DAY),
        ("days 1–5", DAY, 5 * DAY),
        ("from day seven", 7 * DAY, 7 * DAY),
        ("Days without sunbathing: 3", 3 * DAY, 3 * DAY),
        ("2,805 people", 2805, 2805),
    ],
)
def test_quantity_is_read(text: str, least: float, most: float) -> None:
    [quantity] = quantities(fold(text))
    assert (quantity.least, quantity.most) == (least, most)


@pytest.mark.parametrize("text", ["a few days", "some sessions", "a clinic", "in a while"])
def test_what_says_no_number_is_none(text: str) -> None:
    assert quantities(fold(text)) == []
