"""`{% leaflet as … %}`: what a page prints at its end as a leaflet; and an address as a QR code."""

from functools import lru_cache

import segno
from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from content.blocks.area_advice import Leaflet, leaflet_for

register = template.Library()


@register.simple_tag(takes_context=True)
def leaflet(context: Context) -> Leaflet | None:
    """Return the leaflet, or None for a page that prints as it is; call it after the page's blocks."""
    return leaflet_for(context["request"])


@register.filter
@lru_cache(maxsize=64)  # drawing a code takes as long as the rest of its page
def qr_code(address: str) -> SafeString:
    """Return the address as an inline `<svg>`: no picture to load, no style that the policy would refuse."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308  squares alone; the address is encoded in them
