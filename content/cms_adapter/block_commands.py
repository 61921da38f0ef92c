"""Commands to the CMS's editor that come from a page of ours: what they post, and which block was saved.

The editor's own views run them, so that rights, locks, slots and signals are the same wherever a press comes from.
"""

from urllib.parse import urlencode

from cms.models import CMSPlugin, Placeholder
from cms.plugin_pool import plugin_pool
from cms.toolbar.utils import get_toolbar_from_request
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from content.blocks.base import BlockPlugin

Values = dict[str, str | int]


def as_command(request: HttpRequest, values: Values) -> HttpRequest:
    """Return the request with these values posted, as the editor's script would send them."""
    request.POST, request.GET = QueryDict(urlencode(values)), QueryDict(urlencode({"cms_path": request.path}))
    return request


def move_to(block: CMSPlugin, position: int) -> Values:
    """Return what moves a block, with all inside it, to a position of its slot."""
    values: Values = {"plugin_id": block.pk, "target_position": position, "target_language": block.language}
    return {**values, "plugin_parent": block.parent_id} if block.parent_id else values


def move_before(block: CMSPlugin, neighbour: CMSPlugin) -> Values:
    """Return what moves a block above the one before it."""
    return move_to(block, neighbour.position)


def move_behind(block: CMSPlugin, neighbour: CMSPlugin) -> Values:
    """Return what moves a block below the one after it; the CMS counts in what is inside the two."""
    return move_to(block, neighbour.position + _size(neighbour) - _size(block))


def move_to_slot(block: CMSPlugin, slot: Placeholder) -> Values:
    """Return what moves a block to the end of another slot."""
    last = slot.get_last_plugin_position(block.language) or 0
    return {**move_to(block, last + 1), "placeholder_id": slot.pk}


def copy_to_clipboard(block: CMSPlugin, clipboard: Placeholder) -> Values:
    """Return what puts a copy of a block on this person's clipboard."""
    return {
        "source_plugin_id": block.pk,
        "source_placeholder_id": block.placeholder_id,
        "source_language": block.language,
        "target_language": block.language,
        "target_placeholder_id": clipboard.pk,
    }


def paste_behind(block: CMSPlugin, clipboard: Placeholder) -> Values:
    """Return what puts the clipboard's block right below `block`."""
    copied = clipboard.get_plugins(block.language).filter(parent=None)[0]
    values = {"plugin_id": copied.pk, "placeholder_id": block.placeholder_id, "move_a_copy": "true"}
    return {**move_to(block, block.position + _size(block)), **values}


def clipboard_of(request: HttpRequest) -> Placeholder:
    """Return this person's clipboard, which the CMS makes with their first request."""
    clipboard: Placeholder = get_toolbar_from_request(request).clipboard
    return clipboard


def edit_url(block: CMSPlugin, *, back: str) -> str:
    """Return the URL of a block's form as a page of its own, which leads back to the path `back`."""
    return reverse("admin:cms_placeholder_edit_plugin", args=[block.pk], query={"cms_path": back, "in_list": 1})


def add_url(slot: Placeholder, kind: type[BlockPlugin], *, back: str, parent: CMSPlugin | None = None) -> str:
    """Return the URL of the form of a new block at the end of a slot, or of its list `parent`, as a page of its own."""
    language = settings.LANGUAGE_CODE
    position = slot.get_next_plugin_position(language, parent=parent, insert_order="last")
    query: Values = {
        "placeholder_id": slot.pk,
        "plugin_type": kind.__name__,
        "plugin_language": language,
        "plugin_position": position,
        **({"plugin_parent": parent.pk} if parent else {}),
        "cms_path": back,
        "in_list": 1,
    }
    return reverse("admin:cms_placeholder_add_plugin", query=query)


def kinds_for_slot(slot: str) -> list[type[BlockPlugin]]:
    """Return the kinds of block that may be added to a slot, by their names."""
    kinds = [kind for kind in _kinds() if kind.is_allowed_in_slot(slot) and not kind.require_parent]
    return sorted(kinds, key=lambda kind: str(kind.name))


def kinds_inside(block: CMSPlugin) -> list[type[BlockPlugin]]:
    """Return the kinds of block that may stand inside this one."""
    names = plugin_pool.get_plugin(block.plugin_type).child_classes or []
    return [kind for kind in _kinds() if kind.__name__ in names]


def saved_block(response: HttpResponseBase) -> CMSPlugin | None:
    """Return the block that was saved, from the CMS's answer."""
    context = response.context_data if isinstance(response, TemplateResponse) else None
    block = (context or {}).get("plugin")
    return block if isinstance(block, CMSPlugin) else None


def _kinds() -> list[type[BlockPlugin]]:
    return [kind for kind in plugin_pool.get_all_plugins() if issubclass(kind, BlockPlugin)]


def _size(block: CMSPlugin) -> int:
    """Return how many positions a block takes: itself and all that is inside it."""
    return 1 + int(block._get_descendants_count())
