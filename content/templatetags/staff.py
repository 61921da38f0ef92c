"""`{% staff_bar %}`: the bar above a page, for staff; visitors get nothing."""

from typing import Any

from django import template
from django.template import Context

from content.staff.editing import bar
from content.staff.signoff import check_views

register = template.Library()


@register.inclusion_tag("staff/bar.html", takes_context=True)
def staff_bar(context: Context) -> dict[str, Any]:
    """Where this version stands, the next step and the ways on."""
    return {"bar": bar.of_request(context["request"])}


@register.inclusion_tag("staff/checks_panel.html", takes_context=True)
def checks_panel(context: Context) -> dict[str, Any]:
    """How many things the checks say of the version that is edited or previewed."""
    return check_views.panel_context(context["request"])
