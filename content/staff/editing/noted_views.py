"""The CMS's views that delete and move blocks, with a note of what they did, so that it can be undone."""

from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from clinic_site.http.whole_number import whole_number
from content.cms_adapter import admin_views
from content.cms_adapter.slot_rules import enforce_slots
from content.undo import changes
from content.undo.models import BlockChange

move_in_cms = enforce_slots("move_plugin")


def delete_block(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask whether to delete the block; on POST, delete it and note that."""
    view = admin_views.block_view("delete_plugin")
    if request.method != "POST":
        return view(request, pk)
    return _delete(request, list(CMSPlugin.objects.filter(pk=pk)), view, pk)


def clear_slot(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask whether to delete all blocks of a slot; on POST, delete them and note that."""
    view = admin_views.block_view("clear_placeholder")
    if request.method != "POST":
        return view(request, pk)
    return _delete(request, list(CMSPlugin.objects.filter(placeholder=pk, parent=None)), view, pk)


def _delete(request: HttpRequest, blocks: list[CMSPlugin], view: Any, pk: int) -> HttpResponseBase:
    with changes.noting_deletion(blocks, user=request.user, now=timezone.now()) as note:
        response: HttpResponseBase = view(request, pk)
        if not CMSPlugin.objects.filter(pk__in=[block.pk for block in blocks]).exists():
            note()
            _drop_message(request)
    return response


def _drop_message(request: HttpRequest) -> None:
    """Drop the CMS's own sentence, which would be shown on some later page: the notice says what was deleted."""
    for message in list(messages.get_messages(request))[:-1]:
        messages.add_message(request, message.level, message.message, message.extra_tags)


def move_block(request: HttpRequest) -> HttpResponseBase:
    """Move, cut out or paste a block, and note the first two."""
    number = whole_number(request.POST.get("plugin_id"))
    block = CMSPlugin.objects.filter(pk=number).first() if number is not None else None
    target = _target(request)
    if block is None or request.POST.get("move_a_copy", "0").lower() not in {"", "0", "false"}:
        response = move_in_cms(request)
        if block is not None and response.status_code < 400 and isinstance(target, PageContent):
            changes.forget_cut(target, user=request.user)
        return response
    now = timezone.now()
    is_cut = bool(request.POST.get("placeholder_id")) and not isinstance(target, PageContent)
    noting = (
        changes.noting_deletion([block], user=request.user, now=now, kind=BlockChange.Kind.CUT)
        if is_cut
        else changes.noting_move(block, user=request.user, now=now)
    )
    with noting as note:
        response = move_in_cms(request)
        if response.status_code < 400:
            note()
    return response


def _target(request: HttpRequest) -> Any:
    """Return the version that a block is moved or pasted into; None for the clipboard."""
    number = whole_number(request.POST.get("placeholder_id"))
    slot = Placeholder.objects.filter(pk=number).first() if number is not None else None
    return slot.source if slot else None
