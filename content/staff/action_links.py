"""Links and buttons of the staff's pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A link or, where it changes something, a button; `of` is read out after its words, so that no two are alike."""

    words: str
    url: str
    is_post: bool = False
    of: str = ""
