"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.http.typed_day import NotADayError, parse_day

MARCH = date(2027, 3, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "31/03/2027", "31/3/2027", "31-03-2027", "31.03.2027", "31. 3. 2027", "31 3 2027", "31–03–2027",
        "2027-03-31", "2027/03/31", "2027.3.31", "31 March 2027", "31\u00a0Mar\u202f2027", "31st of March, 2027",
        "Wed 31 March 2027", "March 31, 2027", "31-Mar-2027", "３１/３/２０２７", "٣١/٣/٢٠٢٧",
    ],
)  # fmt: skip
def test_day_is_read_in_each_usual_spelling(typed: str) -> None:
    assert parse_day(typed) == parse_day(typed, has_short_years=True) == MARCH


@pytest.mark.parametrize("typed", ["1 Sept 2027", "1 sep. 2027", "01.09.2027", "September 1 2027"])
def test_month_may_be_shortened(typed: str) -> None:
    assert parse_day(typed) == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("typed", "day"), [("31/3/27", MARCH), ("01.04.27", date(2027, 4, 1)), ("1 Apr 27", date(2027, 4, 1))]
)
def test_year_of_two_digits_is_read_only_where_it_may_be(typed: str, day: date) -> None:
    assert parse_day(typed, has_short_years=True) == day
    with pytest.raises(NotADayError, match="year with four digits"):
        parse_day(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0027-03-31", "Write the year with four digits"),
        ("31/3/7", "Write the year with four digits"),
        ("31/3/027", "Write the year with four digits"),
        ("3/31/2027", "Write the day first, then the month"),
        ("29/02/2027", "There is no such day"),
        ("31 June 2027", "There is no such day"),
        ("0/3/2027", "There is no such day"),
        ("31/0/2027", "There is no such day"),
        ("soon", "Write the day like this"),
        ("31/3-2027", "Write the day like this"),
        ("1 Ma 2027", "Write the day like this"),
        ("20270331", "Write the day like this"),
        ("", "Write the day like this"),
        ("1" * 100_000, "Write the day like this"),
    ],
)
@pytest.mark.parametrize("has_short_years", [False, True])
def test_anything_else_gets_a_sentence(typed: str, sentence: str, has_short_years: bool) -> None:  # noqa: FBT001  a parameter of the test
    with pytest.raises(NotADayError, match=sentence):
        parse_day(typed, has_short_years=has_short_years)


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_every_day_comes_back(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day
