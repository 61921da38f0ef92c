"""Links and buttons of the staff's pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Step:
    """A link or, where it changes something, a button; `of` is read out after its words, so that no two are alike."""

    words: str
    url: str
    is_post: bool = False
    of: str = ""


def address(name: str, *args: Any) -> str:
    """The address of that name, or "" while nothing answers there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
