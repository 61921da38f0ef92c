"""Reads whole numbers that browsers send."""

LARGEST_KEY = 2**63 - 1  # of a row in either database


def whole_number(text: object, *, most: int = LARGEST_KEY) -> int | None:
    """Return the number that `text` writes in ASCII digits, without sign or spaces; None if it is no 0 to `most`."""
    written = str(text)
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(most))):
        return None
    number = int(written)
    return number if number <= most else None
