"""What the page being rendered has shown: its headings, which "On this page" lists, and its blocks in words."""

from dataclasses import dataclass, field
from itertools import chain, count
from types import SimpleNamespace

from django.http import HttpRequest
from django.utils.text import slugify

REQUEST_ATTRIBUTE = "_outline"
RESERVED = {"main", "menu", "on-this-page", "when-to-get-help"}  # ids of the templates


@dataclass
class Outline:
    """Headings in the order in which blocks showed them, each as (anchor, text); and each block's noun and words.

    `part` is "" for a page of its own; where pages stand one after another it begins the anchors of each.
    """

    part: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[tuple[str, SimpleNamespace]] = field(default_factory=list)

    def anchor(self, heading: str) -> str:
        """An anchor for `heading` that no heading before it has."""
        taken = {*RESERVED, *(f"{name}{end}" for name, _ in self.headings for end in ("", "-heading"))}
        wanted = "-".join(filter(None, [self.part, slugify(heading) or "section"]))
        names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(name for name in names if taken.isdisjoint((name, f"{name}-heading")))

    def level(self, heading: str) -> int:
        """The level of the headings inside a block that shows `heading`, or goes on from the block before."""
        return 3 if heading or self.headings else 2


def start_part(request: HttpRequest, part: str) -> Outline:
    """A fresh outline for the page that is shown next."""
    outline = Outline(part)
    setattr(request, REQUEST_ATTRIBUTE, outline)
    return outline


def of_request(request: HttpRequest) -> Outline:
    """The outline of this request's page."""
    outline: Outline | None = getattr(request, REQUEST_ATTRIBUTE, None)
    if outline is None:
        outline = Outline()
        setattr(request, REQUEST_ATTRIBUTE, outline)
    return outline
