"""`{% staff_bar %}`: the bar above a page, for staff; visitors get nothing."""

from typing import Any

from django import template
from django.template import Context

from content.staff import bar

register = template.Library()


@register.inclusion_tag("staff/bar.html", takes_context=True)
def staff_bar(context: Context) -> dict[str, Any]:
    """Where this version stands, the next step and the ways on."""
    return {"bar": bar.of_request(context["request"])}
