"""Where to look in a cropped photograph, as the class and the attributes that `focal.css` has rules for."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString

STEP = 10  # hundredths: each place has a rule in the stylesheet, since pages carry no style of their own
MIDDLE = 50


class HasFocus(Protocol):
    """A block or a portrait, with what matters in hundredths from the left and from the top."""

    focus_x: int
    focus_y: int


@dataclass(frozen=True)
class Focus:
    """A place in hundredths from the left and from the top, rounded to steps."""

    x: int
    y: int

    @classmethod
    def of(cls, chosen: HasFocus) -> "Focus":
        """Return the place that was chosen, rounded."""
        return cls(*(round(place / STEP) * STEP for place in (chosen.focus_x, chosen.focus_y)))

    @property
    def css_class(self) -> str:
        """A class to follow others, or "" for the middle, which needs no rule."""
        return "" if self.x == self.y == MIDDLE else " focal"

    @property
    def attributes(self) -> SafeString:
        """The attributes, each after a space, or none for the middle."""
        return format_html(' data-x="{}" data-y="{}"', self.x, self.y) if self.css_class else SafeString()
