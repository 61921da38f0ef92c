"""A rule for new passwords, beside Django's: nothing that somebody guesses who knows the clinic and its people."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from content.clinic.models import Clinic

MIN_UNEXPECTED = 8  # characters that don't follow from those before them
MIN_COMMON_LENGTH = 6  # letters; a shorter word is a small part of the password
MIN_NAME_LENGTH = 4  # shorter names are part of many words
LONGEST_STEP = 3  # characters of a row of keys, of the alphabet or of digits that may follow each other
ROWS = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiopü",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
]
NEXT_KEYS = {pair for row in ROWS for pair in [*pairwise(row), *pairwise(reversed(row))]}
LOOK_ALIKES = str.maketrans("013457@$!|€", "oieastasiie")
TOO_REGULAR = (
    "This password repeats itself or runs along the alphabet or the keys, so it is guessed first. "
    "Put together a few words that have nothing to do with each other."
)
TOO_COMMON = "This password is a common one with digits or signs added, so it is guessed first. Choose several words."
HAS_NAME = "This password has a name in it that others know: yours, the clinic’s or the website’s. Leave it out."


class GuessablePasswordValidator:
    """Refuses repeats, sequences, dressed-up common passwords, and the names of the person, clinic and website."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with one sentence that says what is wrong and what to do."""
        if len(unexpected_characters(password)) < MIN_UNEXPECTED:
            raise ValidationError(TOO_REGULAR, code="password_too_regular")
        written = _letters(password), _letters(password.translate(LOOK_ALIKES))
        words = {_without_repetition(text) for text in (written[0], _letters(_core(password).translate(LOOK_ALIKES)))}
        if any(len(word) >= MIN_COMMON_LENGTH for word in words & CommonPasswordValidator().passwords):
            raise ValidationError(TOO_COMMON, code="password_too_common")
        if any(name in text or name[::-1] in text for name in _names(user) for text in written):
            raise ValidationError(HAS_NAME, code="password_has_name")

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return "Leave out repeats, sequences such as 12345, your own name and the clinic’s. Several words are best."


def unexpected_characters(password: str) -> str:
    """Return the password without what follows from the characters before: repeats, sequences, a part said again."""
    text = _plain(password)
    kept, run = text[:1], 1
    for before, now in pairwise(text):
        run = run + 1 if (before, now) in NEXT_KEYS else 1
        if before != now and run < LONGEST_STEP:
            kept += now
    return _without_repetition(kept)


def _without_repetition(text: str) -> str:
    """Return only the first of the parts if the whole is one part again and again, the last perhaps cut short."""
    for length in range(1, len(text) // 2 + 1):
        if text == (text[:length] * len(text))[: len(text)]:
            return text[:length]
    return text if len(set(text)) >= MIN_UNEXPECTED // 2 else "".join(sorted(set(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _core(text: str) -> str:
    """Return the text from its first letter to its last."""
    letters = [place for place, sign in enumerate(text) if sign.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _letters(text: str) -> str:
    """Return the letters alone, without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalpha())


def _names(user: Any) -> Iterator[str]:
    """Yield the names that others know, as letters: whole, and each of the person's own on its own."""
    clinic = Clinic.objects.first()
    names = [settings.SITE_DOMAIN.split(":")[0].removeprefix("www.").split(".")[0]]
    names += [clinic.name, clinic.full_name] if clinic else []
    for field in ("username", "first_name", "last_name"):
        name = str(getattr(user, field, "") or "")
        names += [name, *name.replace(".", " ").replace("-", " ").split()]
    yield from (letters for name in names if len(letters := _letters(name)) >= MIN_NAME_LENGTH)
