"""Parses whole numbers in requests."""

LARGEST_KEY = 2**63 - 1  # largest primary key of either database


def whole_number(text: object, *, most: int = LARGEST_KEY) -> int | None:
    """Return the number that `text` spells in ASCII digits, without sign or spaces; None unless it is 0 to `most`."""
    digits = str(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))):
        return None
    number = int(digits)
    return number if number <= most else None
