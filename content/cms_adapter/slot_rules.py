"""Rules of which slots and parents a block may stand in, enforced however the editor puts it there.

The CMS checks them only when one block is added: moving, pasting and copying whole slots bypass them, and links may be
dropped outside their list. So these views run the CMS's own, check the slot afterwards, and roll back if a block is
misplaced.
"""

from collections.abc import Callable

from cms.exceptions import PluginLimitReached
from cms.models import CMSPlugin, Placeholder
from cms.plugin_pool import plugin_pool
from cms.utils.plugins import has_reached_plugin_limit
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase

from clinic_site.http.whole_number import whole_number
from content.blocks.base import BlockPlugin
from content.cms_adapter import admin_views
from content.topics import SLOT_NAMES


def enforce_slots(name: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the CMS's view of that name, which is rolled back and answers 400 if a block ends up misplaced."""

    def view(request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            response = admin_views.block_view(name)(request)
            problem = next((sentence for slot in _affected_slots(request) for sentence in misplaced_blocks(slot)), "")
            if problem:
                transaction.set_rollback(True)
        return HttpResponseBadRequest(problem) if problem else response

    return view


def _affected_slots(request: HttpRequest) -> list[Placeholder]:
    """Return the slots that the request may have changed, except the clipboard, which may hold anything."""
    named = Q(pk__in=_posted_ids(request, "placeholder_id", "target_placeholder_id"))
    moved = Q(cmsplugin__pk__in=_posted_ids(request, "plugin_id", "plugin_parent"))
    return list(Placeholder.objects.filter(named | moved, slot__in=SLOT_NAMES).distinct())


def _posted_ids(request: HttpRequest, *names: str) -> list[int]:
    texts = {source.get(name, "") for source in (request.GET, request.POST) for name in names}
    return [number for text in texts if (number := whole_number(text)) is not None]


def has_room(slot: Placeholder, kind: str) -> bool:
    """Whether the slot takes one more block of this kind, by the numbers in `CMS_PLACEHOLDER_CONF`."""
    try:
        has_reached_plugin_limit(slot, kind, settings.LANGUAGE_CODE, template=getattr(slot.source, "template", None))
    except PluginLimitReached:
        return False
    return True


def misplaced_blocks(slot: Placeholder) -> list[str]:
    """Return a sentence for each misplaced block of the slot."""
    blocks = {block.pk: block for block in CMSPlugin.objects.filter(placeholder=slot)}
    return [sentence for block in blocks.values() if (sentence := _misplacement(block, blocks, slot.slot))]


def _misplacement(block: CMSPlugin, blocks: dict[int, CMSPlugin], slot: str) -> str:
    kind = plugin_pool.get_plugin(block.plugin_type)
    if not issubclass(kind, BlockPlugin) or not kind.is_allowed_in_slot(slot):
        return f"“{kind.name}” can't stand under “{SLOT_NAMES[slot]}”. Nothing was changed."
    parent = blocks.get(block.parent_id)
    if parent is None:
        return f"“{kind.name}” stands only inside its list. Nothing was changed." if kind.require_parent else ""
    parent_kind = plugin_pool.get_plugin(parent.plugin_type)
    if block.plugin_type not in (parent_kind.child_classes or []):
        return f"“{kind.name}” can't stand inside “{parent_kind.name}”. Nothing was changed."
    return ""
