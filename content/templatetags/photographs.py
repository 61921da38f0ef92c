"""`{% picture %}`: a photograph as a `<picture>` with all its renditions."""

from typing import Any

from django import template
from django.urls import reverse

from content.images.models import Photo
from content.images.specs import FORMATS, Format, height_at, widths_for

register = template.Library()
FALLBACK_WIDTH = 960  # pixels of width for a browser that reads neither `srcset` nor `<picture>`


@register.inclusion_tag("components/photograph.html")
def picture(
    photo: Photo, sizes: str, alt: str = "", *, is_first: bool = False, is_decorative: bool = False
) -> dict[str, Any]:
    """Render `photo` as a `<picture>`: `sizes` as in HTML, `alt` replaces its own, `is_first` loads it at once.

    An `is_decorative` one has empty words, which tells screen readers to leave it out.

    Raise ValueError without any alternative text: such a photograph is lost on those who can't see it.
    """
    alternative = "" if is_decorative else alt or photo.alt
    if not alternative and not is_decorative:
        raise ValueError(f"Photograph {photo.pk} has no words for what it shows.")
    widths = widths_for(photo.shown_size[0])
    folder, last = _folder(photo), FORMATS[-1]
    fallback = max((width for width in widths if width <= FALLBACK_WIDTH), default=widths[0])
    return {
        "sources": [(kind.media_type, _srcset(folder, kind, widths)) for kind in FORMATS[:-1]],
        "src": f"{folder}{fallback}.{last.suffix}",
        "srcset": _srcset(folder, last, widths),
        "width": widths[-1],
        "height": height_at(widths[-1], photo.shown_size),
        "sizes": sizes,
        "alt": alternative,
        "is_first": is_first,
    }


@register.simple_tag
def largest_url(photo: Photo) -> str:
    """Return the URL of the largest rendition, in the format that every browser reads."""
    return f"{_folder(photo)}{widths_for(photo.shown_size[0])[-1]}.{FORMATS[-1].suffix}"


def _srcset(folder: str, kind: Format, widths: list[int]) -> str:
    return ", ".join(f"{folder}{width}.{kind.suffix} {width}w" for width in widths)


def _folder(photo: Photo) -> str:
    """Return the common prefix of all rendition URLs: reversing each would cost more than all else on a card."""
    return reverse("rendition", args=[photo.token, 10, "x"]).removesuffix("10.x")
