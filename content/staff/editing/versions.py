"""The versions of one page, newest first, in front of the CMS's own list: what, who, when, and what one may do."""

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
    """One version: `number` counts up, `steps` are what this person may do with it."""

    number: str
    title: str
    who: str
    when: datetime
    state: State
    steps: list[ActionLink]


@staff_view("change_page", "cms")
def list_versions(request: HttpRequest) -> HttpResponseBase:
    """The versions of the page that the address names."""
    asked = whole_number(request.GET.get("page", ""))
    if asked is None:
        return redirect("page_list")
    of = get_object_or_404(Page, pk=asked)
    sheets = Paginator(_contents(of), PAGE_SIZE)
    sheet = sheets.get_page(request.GET.get("p"))
    rows = _rows(of, list(sheet.object_list), Rights.of(request.user))
    title = rows[0].title if rows else str(of)
    return render_page(request, "staff/versions.html", f"Versions of “{title}”", rows=rows, sheet=sheet, of=of)


def _contents(of: Page) -> QuerySet[PageContent]:
    found = PageContent.admin_manager.filter(page=of, language=LANGUAGE)
    ordered: QuerySet[PageContent] = (
        found.select_related("page").prefetch_related(with_versions()).order_by("-versions__pk")
    )
    return ordered


def _rows(of: Page, contents: list[PageContent], rights: Rights) -> list[VersionRow]:
    current = list(_contents(of).filter(versions__state__in=(DRAFT, PUBLISHED)))
    draft = next((one for one in current if version_of(one).state == DRAFT), None)
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
    look = ActionLink("Look at it", str(get_object_preview_url(content)))
    named = [replace(step, subject=f"version {version.number}") for step in (look, *steps)]
    return VersionRow(version.number, content.title, display_name(version.created_by), version.modified, state, named)


def _of_draft(draft: PageContent, state: State, rights: Rights) -> list[ActionLink]:
    found = [ActionLink("What changed", reverse("page_changes", args=[draft.pk]))]
    if state != State.WRITING and rights.may_make_live(draft):
        found.append(sign_or_publish_button(draft, state))
    version = version_of(draft)
    if version.is_unlocked_for_user(rights.user):
        return [
            *found,
            edit_button(draft, "Go on writing"),
            ActionLink("Throw the draft away", _versioning_url("discard", version)),
        ]
    return [*found, unlock_button(draft)] if rights.is_unlocker else found


def _of_live(live: PageContent, draft: PageContent | None, rights: Rights, *, is_free: bool) -> list[ActionLink]:
    found = [] if draft else [edit_button(live, "Change this page")]
    if rights.may_make_live(live) and is_free:
        found.append(ActionLink("Take offline", _versioning_url("unpublish", version_of(live))))
    return found


def _versioning_url(verb: str, version: Version) -> str:
    return reverse(f"admin:djangocms_versioning_pagecontentversion_{verb}", args=[version.pk])
