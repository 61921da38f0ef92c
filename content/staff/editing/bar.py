"""The bar above a page, for staff: the state of the version, the one next step, and links."""

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
from content.staff.action_links import ActionLink
from content.staff.dashboard import next_step
from content.staff.editing import duplicate_page

VERSION_ADMIN = "admin:djangocms_versioning_pagecontentversion"
Link = tuple[str, str]  # label and URL


@dataclass(frozen=True)
class Bar:
    """What the bar shows: `lock` is somebody else's hold on the draft, `edit` opens the draft or makes one.

    `links` stand in the bar itself where there is room, `more` only in its menu. `title_url` leads to the form of the
    page's title; it is empty while the draft can't be changed.
    """

    content: PageContent
    version: Version
    state: State
    next_step: next_step.NextStep | None
    lock: draft_locks.DraftLock | None
    edit: ActionLink | None
    links: list[Link]
    more: list[Link]
    title_url: str


def of_request(request: HttpRequest) -> Bar | None:
    """Return the bar of the version shown, or None for readers and on pages that are not the CMS's."""
    toolbar = getattr(request, "toolbar", None)
    content = toolbar.get_object() if toolbar and toolbar.show_toolbar else None
    if toolbar is None or not isinstance(content, PageContent) or not request.user.has_perm("cms.change_page"):
        return None
    return of_version(content, request.user, is_editing=bool(toolbar.edit_mode_active))


def of_version(content: PageContent, user: Any, *, is_editing: bool) -> Bar:
    """Return the bar of this version for this person; `is_editing` while its blocks can be opened where they stand."""
    versions = {
        version.state: version for version in Version.objects.filter_by_content_grouping_values(content).order_by("pk")
    }
    version, state = Version.objects.get_for_content(content), states.state_of(content)
    can_modify = version.state == DRAFT and version.check_modify.as_bool(user)
    links, more = _links(content, can_modify=can_modify, is_editing=is_editing)
    return Bar(
        content,
        version,
        state,
        next_step.for_version(content, user, state),
        draft_locks.lock_against(content, user, timezone.now()) if state != State.OLD else None,
        None if is_editing and can_modify else _edit_button(version, user, has_draft=DRAFT in versions),
        links,
        more + _more(user, content, versions, state),
        reverse("page_title", args=[content.pk]) if can_modify else "",
    )


def _edit_button(version: Version, user: Any, *, has_draft: bool) -> ActionLink | None:
    """Return the button that opens the draft, or makes one; None if this person can't."""
    if not version.check_edit_redirect.as_bool(user):
        return None
    url = reverse(f"{VERSION_ADMIN}_edit_redirect", args=[version.pk])
    return ActionLink("Go on writing" if has_draft else "Change this page", url, is_post=True)


def _links(content: PageContent, *, can_modify: bool, is_editing: bool) -> tuple[list[Link], list[Link]]:
    """Return the links for the bar itself, and the first ones of its menu."""
    to_change = [
        ("Blocks", reverse("page_blocks", args=[content.pk])),
        ("Title and address", reverse("page_title", args=[content.pk])),
    ]
    to_read = [
        ("As patients see it", reverse("page_as_patients_see_it", args=[content.pk])),
        ("What changed", reverse("page_changes", args=[content.pk])),
    ]
    start = [("Start", reverse("staff_home"))]
    if is_editing and can_modify:
        return [*to_change, *to_read], start
    return to_read, [*start, *(to_change if can_modify else [])]


def _more(user: Any, content: PageContent, versions: dict[str, Version], state: State) -> list[Link]:
    """Return the links to other versions, then those that change what readers see."""
    links = [("Versions", reverse(f"{VERSION_ADMIN}_changelist", query={"page": content.page_id}))]
    live, draft = versions.get(PUBLISHED), versions.get(DRAFT)
    if (live or state == State.OLD) and user.has_perm("content.view_snapshot"):
        links.append(("Archive: what patients saw", _archive_link(content)))
    if live and state != State.LIVE:
        links.append(("Live page", live.content.get_absolute_url()))
    if draft and state == State.LIVE:
        links.append(("The draft", get_object_preview_url(draft.content)))
    if user.has_perm("cms.publish_page"):
        links.append(("Menu order", reverse("menu_order")))
    return [*links, *_publisher_links(user, content, state), *_version_links(user, content)]


def _publisher_links(user: Any, content: PageContent, state: State) -> list[Link]:
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


def _version_links(user: Any, content: PageContent) -> list[Link]:
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
