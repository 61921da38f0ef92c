"""The headings of the page being rendered, for "On this page", and its blocks with the values that they show."""

import re
from dataclasses import dataclass, field
from itertools import chain, count
from types import SimpleNamespace

from django.http import HttpRequest
from django.utils.text import slugify

REQUEST_ATTRIBUTE = "_outline"
RESERVED = {"main", "menu", "on-this-page", "risks-and-who-should-wait", "when-to-get-help"}  # ids of the templates
ANSWER = re.compile(r"(?:^|-)answer-\d+-text$")  # no heading gets such an anchor


@dataclass
class Outline:
    """Headings in page order as (anchor, text), blocks as (noun, displayed fields), and how many answers fold out.

    `part` is the prefix of the anchors where several pages stand in one document, or "".
    """

    part: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[tuple[str, SimpleNamespace]] = field(default_factory=list)
    answers: int = 0

    def anchor(self, heading: str) -> str:
        """Return an anchor for `heading` that is unique on the page."""
        taken = {*RESERVED, *(f"{name}{end}" for name, _ in self.headings for end in ("", "-heading"))}
        base = "-".join(filter(None, [self.part, slugify(heading) or "section"]))
        names = chain([base], (f"{base}-{number}" for number in count(2)))
        return next(name for name in names if taken.isdisjoint((name, f"{name}-heading")) and not ANSWER.search(name))

    def answer_anchor(self) -> str:
        """Return the anchor of the page's next answer that folds out on its own."""
        self.answers += 1
        return "-".join(filter(None, [self.part, f"answer-{self.answers}-text"]))

    def level(self, heading: str) -> int:
        """Return the level of headings inside a block with this `heading`, or with "", under that of a block before."""
        return 3 if heading or self.headings else 2


def start_part(request: HttpRequest, part: str) -> Outline:
    """Set and return a new outline for the next page in the same document."""
    outline = Outline(part)
    setattr(request, REQUEST_ATTRIBUTE, outline)
    return outline


def of_request(request: HttpRequest) -> Outline:
    """Return the outline of this request's page."""
    outline: Outline | None = getattr(request, REQUEST_ATTRIBUTE, None)
    if outline is None:
        outline = Outline()
        setattr(request, REQUEST_ATTRIBUTE, outline)
    return outline
