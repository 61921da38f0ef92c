"""The versions of one page, newest first, in place of the CMS's list: what, who, when, and possible actions."""

from dataclasses import dataclass, replace
from datetime import datetime

from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_preview_url
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning import constants
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from clinic_site.http.whole_number import whole_number
from content.cms_adapter import versioning
from content.cms_adapter.versioning import version_of, with_versions
from content.reviews import states
from content.reviews.draft_locks import display_name
from content.reviews.states import State
from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import (
    LANGUAGE,
    Rights,
    edit_button,
    sign_or_publish_button,
    unlock_button,
)
from content.staff.views import render_page, staff_view

PAGE_SIZE = 30
STATE_LABELS = {
    constants.DRAFT: "Being written",
    constants.PUBLISHED: "Live",
    constants.UNPUBLISHED: "Old",
    constants.ARCHIVED: "Old",
}


def override_state_labels() -> None:
    """The CMS's own menus say "Version #3 (Live)": have them say it in our words."""
    versioning.override_state_labels(STATE_LABELS, changed="Live, and a change is being written")


@dataclass(frozen=True)
class VersionRow:
    """One version: `number` counts up, `steps` are the actions open to this person."""

    number: str
    title: str
    who: str
    when: datetime
    state: State
    steps: list[ActionLink]


@staff_view("change_page", "cms")
def list_versions(request: HttpRequest) -> HttpResponseBase:
    """List the versions of the page in the query; without one, redirect to the list of pages."""
    page_id = whole_number(request.GET.get("page", ""))
    if page_id is None:
        return redirect("page_list")
    page = get_object_or_404(Page, pk=page_id)
    paginator = Paginator(_contents(page), PAGE_SIZE)
    sheet = paginator.get_page(request.GET.get("p"))
    rows = _rows(page, list(sheet.object_list), Rights.of(request.user, now=timezone.now()))
    title = rows[0].title if rows else str(page)
    return render_page(request, "staff/versions.html", f"Versions of “{title}”", rows=rows, sheet=sheet, of=page)


def _contents(of: Page) -> QuerySet[PageContent]:
    found = PageContent.admin_manager.filter(page=of, language=LANGUAGE)
    ordered: QuerySet[PageContent] = (
        found.select_related("page").prefetch_related(with_versions()).order_by("-versions__pk")
    )
    return ordered


def _rows(page: Page, contents: list[PageContent], rights: Rights) -> list[VersionRow]:
    current = list(_contents(page).filter(versions__state__in=(DRAFT, PUBLISHED)))
    draft = next((content for content in current if version_of(content).state == DRAFT), None)
    return [_row(content, draft, rights) for content in contents]


def _row(content: PageContent, draft: PageContent | None, rights: Rights) -> VersionRow:
    version = version_of(content)
    is_free = draft is None or version_of(draft).is_unlocked_for_user(rights.user)
    if version.state == DRAFT:
        state = states.state_of(content)
        steps = _of_draft(content, state, rights)
    elif version.state == PUBLISHED:
        state, steps = State.LIVE, _of_live(content, draft, rights, is_free=is_free)
    else:
        state, steps = (
            State.OLD,
            [ActionLink("Put back as a draft", _versioning_url("revert", version))] if is_free else [],
        )
    preview = ActionLink("Look at it", str(get_object_preview_url(content)))
    labelled = [replace(step, subject=f"version {version.number}") for step in (preview, *steps)]
    return VersionRow(
        version.number, content.title, display_name(version.created_by), version.modified, state, labelled
    )


def _of_draft(draft: PageContent, state: State, rights: Rights) -> list[ActionLink]:
    steps = [ActionLink("What changed", reverse("page_changes", args=[draft.pk]))]
    if state != State.WRITING and rights.may_make_live(draft):
        steps.append(sign_or_publish_button(draft, state))
    version = version_of(draft)
    if version.is_unlocked_for_user(rights.user):
        return [
            *steps,
            edit_button(draft, "Go on writing"),
            ActionLink("Throw the draft away", _versioning_url("discard", version)),
        ]
    return [*steps, unlock_button(draft)] if rights.may_take_over(draft) else steps


def _of_live(live: PageContent, draft: PageContent | None, rights: Rights, *, is_free: bool) -> list[ActionLink]:
    steps = [] if draft else [edit_button(live, "Change this page")]
    if rights.may_make_live(live) and is_free:
        steps.append(ActionLink("Take offline", _versioning_url("unpublish", version_of(live))))
    return steps


def _versioning_url(verb: str, version: Version) -> str:
    return reverse(f"admin:djangocms_versioning_pagecontentversion_{verb}", args=[version.pk])
