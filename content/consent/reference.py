"""Reference codes, which stand for a patient here; only the clinic's own records say which patient."""

import re
import secrets

from django.core.exceptions import ValidationError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without characters that are mistaken for others
PATTERN = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def fresh() -> str:
    """Return a random code such as K7QF-2M9D."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{characters[:4]}-{characters[4:]}"


def normalised(typed: str) -> str:
    """Return the code as it is stored, however it was typed; invalid input is returned as it is."""
    characters = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    code = f"{characters[:4]}-{characters[4:]}"
    return code if PATTERN.fullmatch(code) else typed.strip()


def validate_reference(value: str) -> None:
    """Raise ValidationError for an invalid code."""
    if not PATTERN.fullmatch(value):
        raise ValidationError("Write the code as it stands on the form, such as K7QF-2M9D.")
