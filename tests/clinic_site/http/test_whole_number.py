"""Whole numbers from addresses and forms."""

import pytest

from clinic_site.http.whole_number import LARGEST_KEY, whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), (str(LARGEST_KEY), LARGEST_KEY), (12, 12)]
)
def test_whole_number_is_read(text: object, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 7", "+7", "-7", "7.0", "1_000", "٧", "²", "7\x00", "9" * 19, "9" * 5000, None])
def test_anything_else_is_none(text: object) -> None:
    assert whole_number(text) is None


def test_number_above_the_most_is_none() -> None:
    assert whole_number("8", most=8) == 8
    assert whole_number("9", most=8) is None
    assert whole_number("10", most=8) is None
