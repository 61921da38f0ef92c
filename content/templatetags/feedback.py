"""`{% was_this_clear %}`: the question at the end of a page that readers see."""

from typing import Any

from django import template
from django.template import Context

from content.pages import PublishedPage

from .clinic import current_content

register = template.Library()


@register.inclusion_tag("components/was_this_clear.html", takes_context=True)
def was_this_clear(context: Context) -> dict[str, Any]:
    """Render the question for the version shown; nothing on the home page and in the editor."""
    toolbar = getattr(context["request"], "toolbar", None)
    is_in_editor = toolbar and (
        toolbar.edit_mode_active or toolbar.structure_mode_active or toolbar.preview_mode_active
    )
    if is_in_editor:
        return {"version": None}
    if isinstance(page := context.get("page"), PublishedPage):  # which the view has read already
        return {"version": page.content_id}
    content = current_content(context)
    return {"version": content.pk if content and not content.page.is_home else None}
