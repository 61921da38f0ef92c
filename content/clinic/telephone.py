"""Telephone numbers as staff type them: the form that is stored and shown, and the one that is dialled."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError

from clinic_site.http.typed_text import clean_line

WRITTEN = re.compile(r"\+?\(?[0-9][0-9 ()./\-‐‑‒–—−]{1,28}")
INTERNATIONAL_PREFIX = re.compile(r"\+|00(?=(?:[^0-9]*[0-9]){8})")  # not the 000 that is an emergency line
NOT_A_NUMBER = "Write the number with digits and spaces only, such as 01632 960123."
UNKNOWN_ABROAD = (
    "This number can’t be dialled. After + write the country’s number, then the rest without its first 0, "
    "such as +44 1632 960123."
)


def normalise(typed: str) -> str:
    """Return the number as it is stored, its signs single spaces; raises ValidationError if it can't be dialled.

    A number with the country's is one that a telephone abroad dials: “+44 (0)1632 …” loses its 0.
    """
    text = clean_line(unicodedata.normalize("NFKC", typed))
    if not WRITTEN.fullmatch(text):
        raise ValidationError(NOT_A_NUMBER)
    if prefix := INTERNATIONAL_PREFIX.match(text):
        number = _international(f"+{text[prefix.end() :]}")
        if number is None:
            raise ValidationError(UNKNOWN_ABROAD)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL).replace("-", " ")
    return " ".join(re.findall("[0-9]+", text))


@lru_cache(maxsize=32)
def dial_string(number: str) -> str:
    """Return a stored number for a `tel:` URI: its digits, after a plus if it names its country."""
    parsed = _international(number) if number.startswith("+") else None
    if parsed:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return re.sub(r"[^0-9+]", "", number)


def _international(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
