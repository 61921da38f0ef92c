"""`{% picture %}`: a photograph as a `<picture>` with every width and format that was made of it."""

from typing import Any

from django import template
from django.urls import reverse

from content.images.models import Photo
from content.images.specs import FORMATS, Format, height_at, widths_for

register = template.Library()
FALLBACK_WIDTH = 960  # pixels of width for a browser that reads neither `srcset` nor `<picture>`


@register.inclusion_tag("components/photograph.html")
def picture(photo: Photo, sizes: str, alt: str = "", *, is_first: bool = False) -> dict[str, Any]:
    """`photo` as a `<picture>`; `sizes` as in HTML, `alt` instead of the photograph's own, `is_first` loads it at once.

    Raises ValueError where nothing says what is shown: a photograph without words is lost on those who can't see it.
    """
    words = alt or photo.alt
    if not words:
        raise ValueError(f"Photograph {photo.pk} has no words for what it shows.")
    widths = widths_for(photo.shown_size[0])
    folder, last = _folder(photo), FORMATS[-1]
    shown = max((width for width in widths if width <= FALLBACK_WIDTH), default=widths[0])
    return {
        "sources": [(one.media_type, _srcset(folder, one, widths)) for one in FORMATS[:-1]],
        "src": f"{folder}{shown}.{last.suffix}",
        "srcset": _srcset(folder, last, widths),
        "width": widths[-1],
        "height": height_at(widths[-1], photo.shown_size),
        "sizes": sizes,
        "alt": words,
        "is_first": is_first,
    }


@register.simple_tag
def largest_url(photo: Photo) -> str:
    """The address of its largest rendition, in the format that every browser reads."""
    return f"{_folder(photo)}{widths_for(photo.shown_size[0])[-1]}.{FORMATS[-1].suffix}"


def _srcset(folder: str, kind: Format, widths: list[int]) -> str:
    return ", ".join(f"{folder}{width}.{kind.suffix} {width}w" for width in widths)


def _folder(photo: Photo) -> str:
    """What the addresses of all renditions begin with: reversing each would cost more than all else on a card."""
    return reverse("rendition", args=[photo.token, 10, "x"]).removesuffix("10.x")
