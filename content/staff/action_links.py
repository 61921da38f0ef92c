"""Links and buttons of the staff's pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionLink:
    """A link or, where it changes something, a button; `of` is read out after its words, so that no two are alike."""

    label: str
    url: str
    is_post: bool = False
    subject: str = ""
