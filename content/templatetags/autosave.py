"""`{% unsaved_text %}` in the head of each staff page: what its script needs so that nothing typed is lost."""

from typing import Any

from django import template
from django.template import Context

from clinic_site.http.headers import is_staff_user
from content.staff.accounts.access_middleware import lacks_second_factor
from content.staff.autosave import page

register = template.Library()


@register.inclusion_tag("staff/unsaved_text.html", takes_context=True)
def unsaved_text(context: Context) -> dict[str, Any]:
    """Render the data and the script; nothing for those who are not signed in yet."""
    request = context.get("request")
    if request is None or not is_staff_user(request) or lacks_second_factor(request):
        return {"data": None}
    return {"data": page.of_request(request, list(context.flatten().values()))}
