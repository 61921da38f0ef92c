"""Reads days that people type, the day before the month, as in Britain; what could be read in two ways is refused."""

import re
import unicodedata
from datetime import date

from clinic_site.http.typed_text import clean_line

MIN_YEAR = 1900  # a smaller one is a year of two digits, which a date picker passes on as 0027
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")  # telephones and word processors write them for a hyphen
DAY, MONTH_NUMBER, YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{1,4})"
NTH, MONTH_NAME = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})\.?"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"{DAY}(?P<sep> ?[-/. ] ?){MONTH_NUMBER}(?P=sep){YEAR}",
        r"(?P<year>\d{4})(?P<sep>[-/. ])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        rf"{WEEKDAY}{NTH}[- ](?:of )?{MONTH_NAME},?[- ]{YEAR}",
        rf"{WEEKDAY}{MONTH_NAME} {NTH},? {YEAR}",
    )
]
EXAMPLE = "31/03/2027"
UNREADABLE = f"Write the day like this: {EXAMPLE}."
MONTH_FIRST = f"Write the day first, then the month, like this: {EXAMPLE}."
SHORT_YEAR = f"Write the year with four digits, like this: {EXAMPLE}."
NO_SUCH_DAY = "There is no such day in the calendar. Choose another."


class NotADayError(ValueError):
    """One sentence that says what is wrong with what was typed, and what to do."""


def parse_day(typed: str, *, has_short_years: bool = False) -> date:
    """Return the day that `typed` names; raises NotADayError.

    `has_short_years` reads the year 27 as 2027: only for days that lie about now, never for somebody's age.
    """
    text = unicodedata.normalize("NFKC", clean_line(typed[:100])).translate(DASHES).casefold()
    match = next((match for pattern in PATTERNS if (match := pattern.fullmatch(text))), None)
    month = _month(match["month"]) if match else 0
    if match is None or month == 0:
        raise NotADayError(UNREADABLE)
    day, year = int(match["day"]), int(match["year"])
    if has_short_years and len(match["year"]) == 2:
        year += 2000
    if year < MIN_YEAR:
        raise NotADayError(SHORT_YEAR)
    if month > 12 >= day > 0:
        raise NotADayError(MONTH_FIRST)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADayError(NO_SUCH_DAY) from None


def _month(text: str) -> int:
    """Return the number of the month, which is 0 for a word that begins no month's name."""
    if text.isdecimal():
        return int(text) or 13  # which no calendar has
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(text)), 0)
