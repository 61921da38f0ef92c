"""The bar above a page, for staff: the state of the version, the next step, and links to related pages."""

from dataclasses import dataclass
from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_preview_url
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from content.reviews import draft_locks, rules, states
from content.reviews.states import State
from content.staff.dashboard import next_step
from content.staff.editing import duplicate_page

VERSION_ADMIN = "admin:djangocms_versioning_pagecontentversion"


@dataclass(frozen=True)
class Bar:
    """What the bar shows: `lock` is somebody else's hold on the draft, `edit_url` takes a POST that opens a draft.

    `links` are pairs of label and URL.
    """

    content: PageContent
    version: Version
    state: State
    next_step: next_step.NextStep | None
    lock: draft_locks.DraftLock | None
    edit_url: str
    edit_label: str
    links: list[tuple[str, str]]


def of_request(request: HttpRequest) -> Bar | None:
    """Return the bar of the version shown, or None for readers and on pages that are not the CMS's."""
    toolbar = getattr(request, "toolbar", None)
    content = toolbar.get_object() if toolbar and toolbar.show_toolbar else None
    if toolbar is None or not isinstance(content, PageContent) or not request.user.has_perm("cms.change_page"):
        return None
    versions = {
        version.state: version for version in Version.objects.filter_by_content_grouping_values(content).order_by("pk")
    }
    version, state = Version.objects.get_for_content(content), states.state_of(content)
    draft = versions.get(DRAFT)
    is_editing = bool(toolbar.edit_mode_active) and state not in {State.LIVE, State.OLD}
    can_change = not is_editing and version.check_edit_redirect.as_bool(request.user)
    return Bar(
        content,
        version,
        state,
        next_step.for_version(content, request.user, state),
        draft_locks.lock_against(content, request.user, timezone.now()) if state != State.OLD else None,
        reverse(f"{VERSION_ADMIN}_edit_redirect", args=[version.pk]) if can_change else "",
        "Go on writing" if draft else "Change this page",
        _links(request.user, content, versions, state, is_editing=is_editing),
    )


def _links(
    user: Any, content: PageContent, versions: dict[str, Version], state: State, *, is_editing: bool
) -> list[tuple[str, str]]:
    """Return the links to look at versions, then those that act on this one."""
    links = [("Start", reverse("staff_home")), ("What changed", reverse("page_changes", args=[content.pk]))]
    if is_editing:
        links.append(("Preview", get_object_preview_url(content)))
    live, draft = versions.get(PUBLISHED), versions.get(DRAFT)
    if live and state != State.LIVE:
        links.append(("Live page", live.content.get_absolute_url()))
    if draft and state == State.LIVE:
        links.append(("The draft", get_object_preview_url(draft.content)))
    history = reverse(f"{VERSION_ADMIN}_changelist", query={"page": content.page_id, "language": content.language})
    links += [*_publisher_links(user, content, state), ("Versions", history)]
    if (live or state == State.OLD) and user.has_perm("content.view_snapshot"):
        links.append(("What patients saw", _archive_link(content)))
    return [*links, *_version_links(user, content)]


def _publisher_links(user: Any, content: PageContent, state: State) -> list[tuple[str, str]]:
    """Return the links that change what readers see."""
    if not rules.may_publish(user, content) or state == State.OLD:
        return []
    if state != State.LIVE:
        return [("Set a time to go live", reverse("page_schedule", args=[content.pk]))]
    links = []
    if rules.needs_signature(content):
        links.append(("Read again", reverse("page_sign", args=[content.pk])))
    if not content.page.is_home:
        links.append(("Take offline", reverse("page_offline", args=[content.pk])))
    return links


def _version_links(user: Any, content: PageContent) -> list[tuple[str, str]]:
    """Return the links to search, to duplicate the page, to restore an old version or discard a draft."""
    version = Version.objects.get_for_content(content)
    links = [("Search", reverse("staff_search"))]
    if user.has_perm("cms.add_page") and not duplicate_page.refusal(content):
        links.append(("Duplicate", reverse("page_duplicate", args=[content.pk])))
    if version.check_revert.as_bool(user):
        links.append(("Put back as a draft", reverse(f"{VERSION_ADMIN}_revert", args=[version.pk])))
    if version.check_discard.as_bool(user):
        links.append(("Throw the draft away", reverse(f"{VERSION_ADMIN}_discard", args=[version.pk])))
    return links


def _archive_link(content: PageContent) -> str:
    """Return the URL of the archive with what readers see today and every earlier change."""
    return reverse("staff_archive", query={"page": content.page_id, "day": timezone.localdate().isoformat()})
