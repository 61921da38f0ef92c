"""`{% staff_bar %}` and `{% undo_notice %}` on a page, for staff only, and parts of their own pages."""

from collections.abc import Iterable
from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from django import template
from django.template import Context

from content.reviews.diff import CHANGED, BlockDiff
from content.staff.editing import bar, undo_views
from content.staff.placement import changes as placement
from content.staff.signoff import check_views
from content.topics import SLOT_NAMES
from content.undo import labels

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


@register.inclusion_tag("staff/undo_notice.html", takes_context=True)
def undo_notice(context: Context) -> dict[str, Any]:
    """Render what was deleted or moved last in the draft that is edited, with a button to undo it."""
    return undo_views.notice_of_request(context["request"])


@register.inclusion_tag("staff/undo_notice.html", takes_context=True)
def undo_notice_of(context: Context, content: PageContent) -> dict[str, Any]:
    """Render the same on a page of ours about this draft, which links to `css/components/undo-notice.css`."""
    request = context["request"]
    return undo_views.notice_context(request, content, request.path)


@register.filter
def delete_question(record: CMSPlugin | Placeholder) -> str:
    """Return the sentence that asks whether to delete a block, or all blocks of a slot."""
    if isinstance(record, CMSPlugin):
        return labels.delete_question(record, record.get_descendants().count())
    count = record.get_plugins().filter(parent=None).count()
    blocks = f"all {count} blocks" if count > 1 else "the one block"
    return f"Delete {blocks} under “{SLOT_NAMES.get(record.slot, record.slot)}”?"


@register.filter
def deleted_with(model_count: Iterable[tuple[str, int]], opts: Any) -> str:
    """Return what is deleted with records of one kind, from the admin's counts: `, with 4 photographs`."""
    others = (f", with {count} {name}" for name, count in model_count if count and name != opts.verbose_name_plural)
    return "".join(others)
