"""The CMS's forms of blocks: how their addresses name them, and how the CMS answers once one is saved."""

from urllib.parse import urlencode

from cms.models import Placeholder
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from clinic_site.http.whole_number import whole_number

#: The form of a new block has one address for all; these parameters say where it is to stand, and which kind it is.
NEW_BLOCK_PARAMETERS = ("placeholder_id", "plugin_parent", "plugin_type")
CLOSE_FRAME = "admin/cms/page/plugin/confirm_form.html"


def form_address(request: HttpRequest) -> str:
    """Return the address of the form that a request is about, without parameters that are not part of its name."""
    named = [(name, request.GET[name]) for name in NEW_BLOCK_PARAMETERS if request.GET.get(name)]
    return f"{request.path}?{urlencode(named)}" if named else request.path


def slot_of_new_block(request: HttpRequest) -> Placeholder | None:
    """Return the slot into which the form of a new block puts it, or None for any other form."""
    number = whole_number(request.GET.get("placeholder_id"))
    return Placeholder(pk=number) if number else None


def is_close_frame(response: HttpResponseBase) -> bool:
    """Return whether this is the CMS's answer to a block that was saved, which closes its window."""
    return isinstance(response, TemplateResponse) and response.template_name == CLOSE_FRAME
