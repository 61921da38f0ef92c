"""The code by which the public knows a case."""

import re
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # without characters that are mistaken for others
LENGTH = 10
CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def fresh_code() -> str:
    """Return a random public code, unrelated to a consent's reference."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
