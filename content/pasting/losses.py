"""What was left out of a pasted text, in sentences for whoever pasted it."""

from collections import Counter

MAX_QUOTED = 60  # letters of struck-out words that are told
NAMES = {
    "picture": ("a picture", "{} pictures"),
    "comment": ("a comment", "{} comments"),
    "hidden": ("hidden text", "hidden text"),
    "colour": ("colours", "colours"),
}
FOR_A_TABLE = " became lines of text, one for each row. For a real table use the block “Options side by side”."


class Losses:
    """Counts what is left out, and keeps struck-out words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.struck: list[str] = []

    def sentences(self) -> list[str]:
        """Return a sentence on what was left out, and one on each other change that matters."""
        found = [
            (one if count == 1 else more).format(count)
            for key, (one, more) in NAMES.items()
            if (count := self.counts[key])
        ]
        sentences = [f"Left out: {', '.join(found)}."] if found else []
        if words := " ".join(self.struck):
            short = words if len(words) <= MAX_QUOTED else f"{words[:MAX_QUOTED].rsplit(' ', 1)[0]} …"
            sentences.append(f"Struck-out words were left out: “{short}”.")
        if tables := self.counts["table"]:
            sentences.append(("A table" if tables == 1 else f"{tables} tables") + FOR_A_TABLE)
        return sentences
