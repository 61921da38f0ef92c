"""Views in front of the CMS's editor: who refuses learns who holds the draft, and no typed text is lost.

The CMS's own views answer only "no permission".
"""

from collections.abc import Callable
from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from clinic_site.http.whole_number import whole_number
from content.cms_adapter import admin_views
from content.cms_adapter.slot_rules import enforce_slots
from content.outcomes import pages as outcomes
from content.publishing import schedule
from content.reviews import draft_locks
from content.reviews.signing import lock_page
from content.staff.editing import edit_log, noted_views
from content.staff.submitted_text import submitted_text
from content.staff.views import content_or_404, render_page, staff_view

ViewFunction = Callable[..., HttpResponseBase]
ContentFinder = Callable[..., PageContent | None]

BLOCK_DELETED = "This block was deleted while you had it open, or its draft was discarded."
NOT_A_DRAFT = (
    "This version is no draft any more: it went live, or a newer one took its place. "
    "Open the page, press “Change this page” or “Go on writing”, and put your text in there."
)
DRAFT_EXISTS = "A draft of this page is there already. Say first what is to become of it. Nothing was changed."


@staff_view("change_page", app="cms")
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose draft it is and that nothing saved is lost; on POST, take it over.

    Raises PermissionDenied, with a sentence that says who may and when, for whom it is not yet time.
    """
    content = content_or_404(pk)
    draft = draft_locks.draft_of(content)
    if draft is None:
        messages.info(request, "Nobody is changing this page: it has no draft.")
        return redirect(get_object_preview_url(content))
    if request.method == "POST":
        if draft_locks.take_over(content, user=request.user, now=timezone.now()):
            messages.success(request, "The draft is yours now, with all that was saved in it.")
        else:
            messages.info(request, "Nobody else was changing this page any more.")
            draft_locks.acquire_if_free(content, user=request.user, now=timezone.now())
        return redirect(get_object_edit_url(draft.content))
    lock = draft_locks.lock_against(content, request.user, timezone.now())
    if lock and not lock.may_unlock:
        raise PermissionDenied(lock.sentence)
    title = f"Take over “{content.title}”"
    return render_page(request, "staff/unlock.html", title, help="change-a-page", content=content, held=lock)


@admin.site.admin_view
@transaction.atomic
def start_editing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Replace versioning's "Edit" and "New draft": name the holder of a draft, or open a free one.

    The page is locked in the database: if two press at once, one makes the draft and both open it.
    """
    lock_page(get_object_or_404(Version, pk=pk).content.page_id)
    version = get_object_or_404(Version.objects.select_for_update(of=("self",)), pk=pk)
    content = version.content
    if request.method == "POST" and (lock := draft_locks.lock_against(content, request.user, timezone.now())):
        messages.warning(request, lock.sentence)
        draft = draft_locks.draft_of(content)
        return redirect(get_object_preview_url(draft.content if draft else content))
    response = admin_views.version_view("edit_redirect")(request, str(pk))
    if version.locked_by_id is None:  # versioning locks a draft that is opened; here it takes a save
        draft_locks.release(content, now=timezone.now())
    return response


def versioning_view(name: str) -> ViewFunction:
    """Wrap versioning's view of that name so that the state it checks can't change before it writes."""

    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        own = admin_views.version_view(name)
        if request.method != "POST":
            return own(request, str(pk))
        version = get_object_or_404(Version.objects.filter(content_type__model="pagecontent"), pk=pk)
        with transaction.atomic():
            lock_page(version.content.page_id)
            versions = Version.objects.filter_by_content_grouping_values(version.content)
            has_draft = DRAFT in {one.state for one in versions.select_for_update(of=("self",)).order_by("pk")}
            if name == "revert" and has_draft and not {"archive", "discard"} & set(request.POST):
                messages.error(request, DRAFT_EXISTS)
                return redirect(request.get_full_path())
            response = own(request, str(pk))
            outcomes.close_if_gone(version.object_id, by=request.user.get_username(), now=timezone.now())
            return response

    return admin.site.admin_view(view)


@admin.site.admin_view
def redirect_to_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace versioning's "Unlock", which neither confirms nor records, and sends e-mail that nobody here receives."""
    return redirect("page_unlock", pk=get_object_or_404(Version, pk=pk).object_id)


def explain_refusal(view: ViewFunction, find: ContentFinder, *, is_form: bool = True) -> ViewFunction:
    """Wrap `view`: if it refuses because of the draft, answer with the reason and what was typed."""

    def explain(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        content = find(request, *args, **kwargs)
        try:
            response = _with_versions_locked(view, find, request, *args, **kwargs)
        except PermissionDenied:
            if not (sentence := _refusal_reason(content, request)):
                raise
            return _not_saved(request, sentence, is_form=is_form)
        if response.status_code in {403, 404} and (sentence := _refusal_reason(content, request)):
            return _not_saved(request, sentence, is_form=is_form)
        return response

    return explain


def _with_versions_locked(
    view: ViewFunction, find: ContentFinder, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Call `view`; while it writes, nobody signs, publishes or writes the same versions.

    It checks for drafts only once they are locked: else it could save into what has just gone live.
    """
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with transaction.atomic():
        touched = [find(request, *args, **kwargs), *map(_content_of_slot, _slots_in_request(request))]
        keys = {content.pk for content in touched if content}
        versions = Version.objects.filter(
            content_type=ContentType.objects.get_for_model(PageContent), object_id__in=keys
        )
        before = {one.object_id: one.modified for one in versions.select_for_update(of=("self",)).order_by("pk")}
        drafts = edit_log.snapshot(PageContent.admin_manager.filter(pk__in=before, versions__state=DRAFT))
        response = view(request, *args, **kwargs)
        edit_log.record_edits(drafts, user=request.user, now=timezone.now())
        after = versions.values_list("object_id", "modified")
        saved = [key for key, at in after if before.get(key) != at]
        outcomes.note_changes(saved, by=request.user.get_username())
        contents = PageContent.admin_manager.filter(pk__in=saved)
        schedule.hold_back(contents, user=request.user)
        for content in contents:
            draft_locks.acquire_if_free(content, user=request.user, now=timezone.now())
    return response


def _refusal_reason(content: PageContent | None, request: HttpRequest) -> str:
    """Return why the draft can't be changed, or "" if the refusal has another cause."""
    if not request.user.is_staff:
        return ""
    if content is None:
        return BLOCK_DELETED if request.method == "POST" else ""
    if lock := draft_locks.lock_against(content, request.user, timezone.now()):
        return lock.sentence
    return "" if Version.objects.get_for_content(content).state == DRAFT else NOT_A_DRAFT


def _not_saved(request: HttpRequest, sentence: str, *, is_form: bool) -> HttpResponse:
    if not is_form:
        return HttpResponseForbidden(f"Nothing was changed. {sentence}", content_type="text/plain")
    words = submitted_text(request.POST)
    title = "Not saved" if request.method == "POST" else "Somebody else is changing this page"
    response = render_page(request, "staff/not_saved.html", title, sentence=sentence, typed=words, is_popup=True)
    response.status_code = 409
    return response


def _content_of_slot(slot: Placeholder | None) -> PageContent | None:
    source = slot.source if slot else None
    return source if isinstance(source, PageContent) else None


def _content_of_block(request: HttpRequest, pk: int) -> PageContent | None:
    return _content_of_slot(Placeholder.objects.filter(cmsplugin__pk=pk).first())


def _content_of_request(request: HttpRequest, *args: Any) -> PageContent | None:
    """Return the version of the slot that the request writes to, or None for the clipboard, which has no page."""
    return next((content for slot in _slots_in_request(request) if (content := _content_of_slot(slot))), None)


def _slots_in_request(request: HttpRequest) -> list[Placeholder]:
    """Return the slots that a request names, directly or by a block, the target first."""
    slots = []
    for name, key in (("placeholder_id", "pk"), ("target_placeholder_id", "pk"), ("plugin_id", "cmsplugin__pk")):
        number = whole_number(request.POST.get(name) or request.GET.get(name))
        if number is not None:
            slots += Placeholder.objects.filter(**{key: number})[:1]
    return slots


def _content_of_slot_pk(request: HttpRequest, pk: int) -> PageContent | None:
    return _content_of_slot(Placeholder.objects.filter(pk=pk).first())


def _content_by_pk(request: HttpRequest, object_id: int) -> PageContent | None:
    return PageContent.admin_manager.filter(pk=object_id).first()


@admin.site.admin_view
def _edit_block(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not CMSPlugin.objects.filter(pk=pk).exists():
        return HttpResponse("This block was deleted.", status=404, content_type="text/plain")
    return admin_views.block_view("edit_plugin")(request, pk)


@admin.site.admin_view
def _settings(request: HttpRequest, object_id: int) -> HttpResponseBase:  # the admin asks the address for that name
    return admin_views.change_page_settings(request, object_id)


archive, discard, revert = (versioning_view(name) for name in ("archive", "discard", "revert"))
edit_block = explain_refusal(_edit_block, _content_of_block)
add_block = explain_refusal(enforce_slots("add_plugin"), _content_of_request)
delete_block = explain_refusal(noted_views.delete_block, _content_of_block)
clear_slot = explain_refusal(noted_views.clear_slot, _content_of_slot_pk)
move_block = explain_refusal(noted_views.move_block, _content_of_request, is_form=False)
copy_blocks = explain_refusal(enforce_slots("copy_plugins"), _content_of_request, is_form=False)
edit_settings = explain_refusal(_settings, _content_by_pk)
