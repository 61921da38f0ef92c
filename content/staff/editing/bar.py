"""Our own bar above a page, for staff: where the version stands, one next step and why it is off, and the ways on."""

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

VERSION_ADMIN = "admin:djangocms_versioning_pagecontentversion"


@dataclass(frozen=True)
class Bar:
    """What the bar says: `held` is whoever else changes the draft, `change` the address to POST to for a draft.

    `ways` are the links as words and addresses.
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
    """The bar of the version shown; None for visitors, and where no page of the CMS is shown."""
    toolbar = getattr(request, "toolbar", None)
    content = toolbar.get_object() if toolbar and toolbar.show_toolbar else None
    if toolbar is None or not isinstance(content, PageContent) or not request.user.has_perm("cms.change_page"):
        return None
    versions = {one.state: one for one in Version.objects.filter_by_content_grouping_values(content).order_by("pk")}
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
    """First where to look, then what to do with this version."""
    ways = [("Start", reverse("staff_home")), ("What changed", reverse("page_changes", args=[content.pk]))]
    if is_editing:
        ways.append(("Preview", get_object_preview_url(content)))
    live, draft = versions.get(PUBLISHED), versions.get(DRAFT)
    if live and state != State.LIVE:
        ways.append(("Live page", live.content.get_absolute_url()))
    if draft and state == State.LIVE:
        ways.append(("The draft", get_object_preview_url(draft.content)))
    history = reverse(f"{VERSION_ADMIN}_changelist", query={"page": content.page_id, "language": content.language})
    ways += [*_publisher_links(user, content, state), ("Versions", history)]
    if (live or state == State.OLD) and user.has_perm("content.view_snapshot"):
        ways.append(("What patients saw", _archive_link(content)))
    return [*ways, *_version_links(user, content)]


def _publisher_links(user: Any, content: PageContent, state: State) -> list[tuple[str, str]]:
    """What changes what patients see."""
    if not rules.may_publish(user, content) or state == State.OLD:
        return []
    if state != State.LIVE:
        return [("Set a time to go live", reverse("page_schedule", args=[content.pk]))]
    ways = []
    if rules.needs_signature(content):
        ways.append(("Read again", reverse("page_sign", args=[content.pk])))
    if not content.page.is_home:
        ways.append(("Take offline", reverse("page_offline", args=[content.pk])))
    return ways


def _version_links(user: Any, content: PageContent) -> list[tuple[str, str]]:
    """What becomes of an old version, or of a draft that is not wanted."""
    version = Version.objects.get_for_content(content)
    ways = []
    if version.check_revert.as_bool(user):
        ways.append(("Put back as a draft", reverse(f"{VERSION_ADMIN}_revert", args=[version.pk])))
    if version.check_discard.as_bool(user):
        ways.append(("Throw the draft away", reverse(f"{VERSION_ADMIN}_discard", args=[version.pk])))
    return ways


def _archive_link(content: PageContent) -> str:
    """The archive, open at what patients read today and every time it changed."""
    return reverse("staff_archive", query={"page": content.page_id, "day": timezone.localdate().isoformat()})
