"""`{% staff_bar %}` above a page, for staff (readers get nothing), and parts of the staff's own pages."""

from typing import Any

from cms.models import PageContent
from django import template
from django.template import Context

from content.reviews.diff import CHANGED, BlockDiff
from content.staff.editing import bar, placement
from content.staff.signoff import check_views

register = template.Library()


@register.inclusion_tag("staff/placement_changes.html")
def placement_changes(content: PageContent) -> dict[str, Any]:
    """Render what changed in the page's address and in the menu since it went live; nothing if nothing did."""
    lines = placement.changes_since_live(content)
    part = BlockDiff(CHANGED, "Address and menu", "", lines) if lines else None
    return {"part": part, "moves": placement.menu_moves_since_live(content)}


@register.inclusion_tag("staff/bar.html", takes_context=True)
def staff_bar(context: Context) -> dict[str, Any]:
    """Render the version's state, what stops it, its next step and links."""
    request = context["request"]
    return {"bar": bar.of_request(request), "checks": check_views.panel_counts(request)}
