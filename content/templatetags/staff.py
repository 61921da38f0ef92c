"""`{% staff_bar %}` and `{% checks_panel %}` above a page, for staff; readers get nothing."""

from typing import Any

from django import template
from django.template import Context

from content.staff.editing import bar
from content.staff.signoff import check_views

register = template.Library()


@register.inclusion_tag("staff/bar.html", takes_context=True)
def staff_bar(context: Context) -> dict[str, Any]:
    """Render the version's state, its next step and links."""
    return {"bar": bar.of_request(context["request"])}


@register.inclusion_tag("staff/checks_panel.html", takes_context=True)
def checks_panel(context: Context) -> dict[str, Any]:
    """Render the number of findings on the version that is edited or previewed."""
    return check_views.panel_context(context["request"])
