"""The versions of one page, newest first, in front of the CMS's own list: what, who, when, and what one may do."""

from dataclasses import dataclass, replace
from datetime import datetime

from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_preview_url
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from djangocms_versioning import constants
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from clinic_site.http.whole_number import whole_number
from content.reviews import states
from content.reviews.draft_locks import name_of
from content.reviews.states import State
from content.staff.action_links import Step
from content.staff.dashboard.page_list import LANGUAGE, Rights, to_change, to_free, to_settle, version_of
from content.staff.views import needs, page

ON_A_PAGE = 30
WORDS = {
    constants.DRAFT: "Being written",
    constants.PUBLISHED: "Live",
    constants.UNPUBLISHED: "Old",
    constants.ARCHIVED: "Old",
}


def speak_plainly() -> None:
    """The CMS's own menus say "Version #3 (Live)": its words for states are read from these when it shows them."""
    constants.VERSION_STATES = tuple(WORDS.items())
    constants.INDICATOR_DESCRIPTIONS.update({**WORDS, "dirty": "Live, and a change is being written"})


@dataclass(frozen=True)
class VersionRow:
    """One version: `number` counts up, `steps` are what this person may do with it."""

    number: str
    title: str
    who: str
    when: datetime
    state: State
    steps: list[Step]


@needs("change_page", "cms")
def list_versions(request: HttpRequest) -> HttpResponseBase:
    """The versions of the page that the address names."""
    asked = whole_number(request.GET.get("page", ""))
    if asked is None:
        return redirect("page_list")
    of = get_object_or_404(Page, pk=asked)
    sheets = Paginator(_contents(of), ON_A_PAGE)
    sheet = sheets.get_page(request.GET.get("p"))
    rows = _rows(of, list(sheet.object_list), Rights.of(request.user))
    title = rows[0].title if rows else str(of)
    return page(request, "staff/versions.html", f"Versions of “{title}”", rows=rows, sheet=sheet, of=of)


def _contents(of: Page) -> QuerySet[PageContent]:
    with_version = Prefetch(
        "versions", queryset=Version.objects.select_related("created_by", "locked_by"), to_attr="_prefetched_versions"
    )
    found = PageContent.admin_manager.filter(page=of, language=LANGUAGE)
    ordered: QuerySet[PageContent] = (
        found.select_related("page").prefetch_related(with_version).order_by("-versions__pk")
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
        state = states.of(content)
        steps = _of_draft(content, state, rights)
    elif version.state == PUBLISHED:
        state, steps = State.LIVE, _of_live(content, draft, rights, is_free=is_free)
    else:
        state, steps = State.OLD, [Step("Put back as a draft", _cms("revert", version))] if is_free else []
    look = Step("Look at it", str(get_object_preview_url(content)))
    named = [replace(step, of=f"version {version.number}") for step in (look, *steps)]
    return VersionRow(version.number, content.title, name_of(version.created_by), version.modified, state, named)


def _of_draft(draft: PageContent, state: State, rights: Rights) -> list[Step]:
    found = [Step("What changed", reverse("page_changes", args=[draft.pk]))]
    if state != State.WRITING and rights.settles(draft):
        found.append(to_settle(draft, state))
    version = version_of(draft)
    if version.is_unlocked_for_user(rights.user):
        return [*found, to_change(draft, "Go on writing"), Step("Throw the draft away", _cms("discard", version))]
    return [*found, to_free(draft)] if rights.is_unlocker else found


def _of_live(live: PageContent, draft: PageContent | None, rights: Rights, *, is_free: bool) -> list[Step]:
    found = [] if draft else [to_change(live, "Change this page")]
    if rights.settles(live) and is_free:
        found.append(Step("Take offline", _cms("unpublish", version_of(live))))
    return found


def _cms(verb: str, version: Version) -> str:
    return reverse(f"admin:djangocms_versioning_pagecontentversion_{verb}", args=[version.pk])
