"""The page with the list of a draft's blocks: open, add, move, copy and delete, by keyboard and without a script."""

from typing import Any

from cms.models import CMSPlugin, PageContent
from cms.plugin_pool import plugin_pool
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from clinic_site.http.whole_number import whole_number
from content.cms_adapter import block_commands as commands
from content.cms_adapter import block_forms
from content.cms_adapter.block_commands import Values
from content.reviews import draft_locks, states
from content.staff.dashboard import next_step
from content.staff.editing import block_list, editor_views
from content.staff.views import content_or_404, render_page, staff_view
from content.undo import labels

DONE = {
    "up": "“{}” stands one place higher.",
    "down": "“{}” stands one place lower.",
    "move": "“{}” was moved.",
    "copy": "“{}” was copied. The copy stands below it.",
}
NOT_THERE = "This block is not there any more, or it can’t be moved further. Nothing was changed."
NO_BLOCKS_HERE = "Only the blocks of a draft can be changed. Press “Change this page” first."


@staff_view("change_page", app="cms")
def blocks(request: HttpRequest, pk: int) -> HttpResponseBase:
    """List the draft's blocks; on POST, move or copy one. Who may not change the draft is led to its preview."""
    content = content_or_404(pk)
    if not _may_change(content, request.user):
        lock = draft_locks.lock_against(content, request.user, timezone.now())
        messages.warning(request, lock.sentence if lock else NO_BLOCKS_HERE)
        return redirect(get_object_preview_url(content))
    if request.method == "POST":
        return _do(request, content)
    state = states.state_of(content)
    return render_page(
        request,
        "staff/page_blocks.html",
        f"Blocks of “{content.title}”",
        help="change-a-page",
        content=content,
        state=state,
        parts=block_list.parts_of(content, back=request.path),
        next_step=next_step.for_version(content, request.user, state),
        page_url=get_object_edit_url(content),
    )


def _may_change(content: PageContent, user: Any) -> bool:
    return bool(Version.objects.get_for_content(content).check_modify.as_bool(user))


def _do(request: HttpRequest, content: PageContent) -> HttpResponseBase:
    """Run what was pressed, and lead back to the same button of the same block."""
    verb, here = request.POST.get("do", ""), reverse("page_blocks", args=[content.pk])
    block = block_list.block_in(content, whole_number(request.POST.get("block")))
    if block is None or verb not in DONE:
        messages.error(request, NOT_THERE)
        return redirect(here)
    name = plugin_pool.get_plugin(block.plugin_type).name
    problem = _copy(request, block) if verb == "copy" else _move(request, content, block, verb)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, DONE[verb].format(name))
    return redirect(f"{here}#{verb if verb in {'up', 'down'} else 'block'}-{block.pk}")


def _move(request: HttpRequest, content: PageContent, block: CMSPlugin, verb: str) -> str:
    """Move the block; return why it was not, or ""."""
    values = _move_values(request, content, block, verb)
    return _run(request, editor_views.move_block, values) if values else NOT_THERE


def _move_values(request: HttpRequest, content: PageContent, block: CMSPlugin, verb: str) -> Values | None:
    if verb == "move":
        slot = content.placeholders.filter(pk=whole_number(request.POST.get("part"))).first()
        is_elsewhere = slot is not None and slot.pk != block.placeholder_id and block.parent_id is None
        return commands.move_to_slot(block, slot) if is_elsewhere else None
    other = block_list.neighbour(block, is_above=verb == "up")
    if other is None:
        return None
    return commands.move_before(block, other) if verb == "up" else commands.move_behind(block, other)


def _copy(request: HttpRequest, block: CMSPlugin) -> str:
    """Put a copy right below the block, by way of this person's clipboard; return why it was not, or ""."""
    clipboard = commands.clipboard_of(request)
    problem = _run(request, editor_views.copy_blocks, commands.copy_to_clipboard(block, clipboard))
    return problem or _run(request, editor_views.move_block, commands.paste_behind(block, clipboard))


def _run(request: HttpRequest, view: editor_views.ViewFunction, values: Values) -> str:
    """Run one of the editor's commands; return the sentence it refuses with, or ""."""
    try:
        response = view(commands.as_command(request, values))
    except PermissionDenied as refusal:
        return str(refusal) or NOT_THERE
    return "" if response.status_code < 400 else getattr(response, "content", b"").decode() or NOT_THERE


@staff_view("change_page", app="cms")
def delete_block(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Ask whether the block is to be deleted; on POST, delete it, as the editor does."""
    content, here = content_or_404(pk), reverse("page_blocks", args=[pk])
    block = block_list.block_in(content, number)
    if block is None or not _may_change(content, request.user):
        return redirect(here)
    if request.method != "POST":
        question = labels.delete_question(block.get_bound_plugin(), block.get_descendants().count())
        return render_page(request, "staff/block_delete.html", question, back=here)
    kind = plugin_pool.get_plugin(block.plugin_type)
    response = editor_views.delete_block(commands.as_command(request, {"post": "yes"}), block.pk)
    if response.status_code >= 400:
        return response
    messages.success(request, f"“{kind.name}” was deleted from the draft.")
    return redirect(here)


def back_to_list(view: editor_views.ViewFunction) -> editor_views.ViewFunction:
    """Wrap the form of a block: one that was opened from the list of blocks leads back there once it is saved."""

    def lead_back(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if "in_list" not in request.GET or not block_forms.is_close_frame(response):
            return response
        block = commands.saved_block(response)
        content = block.placeholder.source if block else None
        if block is None or not isinstance(content, PageContent):
            return response
        return redirect(f"{reverse('page_blocks', args=[content.pk])}#block-{block.pk}")

    return lead_back


edit_block, add_block = back_to_list(editor_views.edit_block), back_to_list(editor_views.add_block)


@staff_view("change_page", app="cms")
def override_structure(request: HttpRequest, content_type_id: int, pk: int) -> HttpResponseBase:
    """Replace the CMS's own list of blocks, which takes a mouse, by ours."""
    return redirect("page_blocks", pk=content_or_404(pk).pk)
