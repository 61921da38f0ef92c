"""Reference codes: what stands for a patient here; which patient it is, only the clinic's own records say."""

import re
import secrets

from django.core.exceptions import ValidationError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
PATTERN = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def fresh() -> str:
    """A random code such as K7QF-2M9D."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def normalised(typed: str) -> str:
    """The code as it is stored, from the way in which someone typed it; what is no code comes back as it is."""
    plain = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    found = f"{plain[:4]}-{plain[4:]}"
    return found if PATTERN.fullmatch(found) else typed.strip()


def validate_reference(value: str) -> None:
    """Refuse what is no code."""
    if not PATTERN.fullmatch(value):
        raise ValidationError("Write the code as it stands on the form, such as K7QF-2M9D.")
