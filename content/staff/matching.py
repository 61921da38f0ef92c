"""How the searches of the staff’s side read a query: each of its words has to be there, in any capitals and accents."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MAX_LENGTH = 100
BEFORE, AFTER = 60, 120  # characters of an excerpt around its first word


@dataclass(frozen=True)
class Query:
    """The words of a query, folded."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> "Query":
        """Return the query that was typed."""
        return cls(tuple(dict.fromkeys(fold(typed[:MAX_LENGTH]).split())))

    def fits(self, text: str) -> bool:
        """Return whether each word stands in the text; False without any."""
        folded = fold(text)
        return bool(self.words) and all(word in folded for word in self.words)

    def excerpt(self, texts: Iterable[str]) -> str:
        """Return the words around the first match, if the texts together hold each word; else ""."""
        whole = " · ".join(" ".join(text.split()) for text in texts if text.strip())
        if not self.fits(whole):
            return ""
        at = min(fold(whole).find(word) for word in self.words)
        start, end = max(0, at - BEFORE), at + AFTER
        if start:
            start = whole.find(" ", start, at) + 1 or start  # at the beginning of a word
        return f"{'…' if start else ''}{whole[start:end].strip()}{'…' if end < len(whole) else ''}"


def fold(text: str) -> str:
    """Return the text in small letters and without accents, in which places stay nearly where they were."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()
