"""The links and buttons that lists of the staff's pages offer beside a row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionLink:
    """A link, or a POST button if `is_post`; `subject` is read out after the label, so that no two sound alike."""

    label: str
    url: str
    is_post: bool = False
    subject: str = ""
