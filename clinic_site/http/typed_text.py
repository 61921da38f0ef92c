"""Cleans text that people typed or pasted: what carries meaning in any script stays, any kind of space is a space."""

import unicodedata

#: They show letters in another order than they are stored in; nobody types them.
OVERRIDES = "\u202d\u202e"


def clean_lines(text: str) -> str:
    """Return the text with its line ends as "\\n", and each line as `clean_line` returns it.

    Joiners, direction marks and signs that this Python doesn't know yet, such as new emoji, are kept: words in Persian,
    Hindi or Hebrew are wrong without them. Removed are control characters, halves of surrogate pairs and `OVERRIDES`.
    A text of which nothing can be seen is empty.
    """
    lines = "\n".join(_clean(line) for line in text.splitlines()).strip()
    return lines if any(_is_visible(sign) for sign in lines) else ""


def clean_line(text: str) -> str:
    """Return the text on one line, its spaces single and ordinary; see `clean_lines` for what is removed."""
    return " ".join(clean_lines(text).split())


def _clean(line: str) -> str:
    kept = (" " if sign.isspace() else sign for sign in line)
    return "".join(sign for sign in kept if unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in OVERRIDES)


def _is_visible(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign) != "Cf"
