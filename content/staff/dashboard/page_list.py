"""The list of all pages in menu order: the state of each, who holds its draft, and the next step for this person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_preview_url
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.cms_adapter.versioning import version_of, with_versions
from content.reviews import draft_locks, rules, states
from content.reviews.draft_locks import display_name
from content.reviews.models import Request
from content.reviews.states import State
from content.staff.action_links import ActionLink

LANGUAGE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Rights:
    """What one person may do with pages; whether they may sign is looked up once."""

    user: Any
    is_signer: bool
    now: datetime

    @classmethod
    def of(cls, user: Any, *, now: datetime) -> "Rights":
        """Look up the rights that this user has at the instant `now`."""
        return cls(user, rules.may_sign(user), now)

    @property
    def is_writer(self) -> bool:
        """May change pages."""
        return bool(self.user.has_perm("cms.change_page"))

    @property
    def is_publisher(self) -> bool:
        """May publish pages of some kind."""
        return bool(self.is_writer and self.user.has_perm("cms.publish_page"))

    def may_take_over(self, draft: PageContent) -> bool:
        """May take over this draft, which somebody else holds."""
        return self.is_writer and draft_locks.may_take_over(version_of(draft), self.user, self.now)

    def may_make_live(self, content: PageContent) -> bool:
        """May publish this page, which takes the right to sign if the page is medical."""
        return self.is_writer and rules.may_publish(self.user, content, is_signer=self.is_signer)


@dataclass(frozen=True)
class PageRow:
    """A page with its live version and its draft or, if it has neither, its newest old version."""

    page: Page
    live: PageContent | None
    draft: PageContent | None
    last_version: PageContent | None
    state: State
    request: Request | None
    step: ActionLink | None
    public_url: str

    @property
    def current(self) -> PageContent:
        """The version that the row is about: the draft, else the live one, else the last."""
        content = self.draft or self.live or self.last_version
        assert content is not None  # noqa: S101  a page in the list has a version
        return content

    @property
    def level(self) -> int:
        """Depth in the page tree; 1 at the top."""
        return int(self.page.depth)

    @property
    def holder(self) -> str:
        """The name of who holds the draft's lock; "" if it is free."""
        version = version_of(self.draft) if self.draft else None
        return display_name(version.locked_by) if version and version.locked_by else ""

    @property
    def since(self) -> datetime:
        """When the current version was created."""
        created: datetime = version_of(self.current).created
        return created

    @property
    def preview_url(self) -> str:
        """Where the current version can be read."""
        return self.public_url if self.live and not self.draft else str(get_object_preview_url(self.current))

    def belongs_to(self, user: Any) -> bool:
        """Return whether this user holds the draft's lock, or has begun a draft that nobody holds."""
        if self.draft is None:
            return False
        version = version_of(self.draft)
        return bool((version.locked_by_id or version.created_by_id) == user.pk)


def load_rows(rights: Rights) -> list[PageRow]:
    """Return the row of every page in a fixed number of queries, plus those of a fingerprint for each signed draft."""
    contents = list(_contents())
    rules.preload(contents)
    drafts = [content for content in contents if version_of(content).state == DRAFT]
    signed = set(rules.ever_signed(drafts)) if drafts else set()
    by_page: dict[int, list[PageContent]] = {}
    for content in contents:
        by_page.setdefault(content.page_id, []).append(content)
    return [_row(page_contents, signed, rights) for page_contents in by_page.values()]


def _contents() -> QuerySet[PageContent]:
    """Select each page's live version and draft or, if it has neither, its newest version."""
    all_versions = PageContent.admin_manager.filter(
        language=LANGUAGE, page__site_id=settings.SITE_ID, page__is_page_type=False, page__practice=None
    )
    newest = all_versions.latest_content().values("pk")
    contents: QuerySet[PageContent] = (
        all_versions.filter(Q(versions__state__in=(DRAFT, PUBLISHED)) | Q(pk__in=newest))
        .select_related("page", "sign_off_request")
        .prefetch_related(with_versions(), "page__urls")
        .order_by("page__path")
    )
    return contents


def _row(contents: list[PageContent], signed: set[int], rights: Rights) -> PageRow:
    by_state = {version_of(content).state: content for content in contents}
    live, draft = by_state.get(PUBLISHED), by_state.get(DRAFT)
    old = None if live or draft else contents[0]
    request = getattr(draft, "sign_off_request", None) if draft else None
    state = _state(live, draft, request, is_signed=draft is not None and draft.pk in signed)
    page = contents[0].page
    public_url = _public_url(page) if live else ""
    return PageRow(page, live, draft, old, state, request, _step(draft, live, old, state, rights), public_url)


def _public_url(page: Page) -> str:
    path = next((url.path for url in page.urls.all() if url.language == LANGUAGE), None)
    return "" if path is None else f"/{path}/".replace("//", "/")


def _state(live: PageContent | None, draft: PageContent | None, request: Request | None, *, is_signed: bool) -> State:
    if draft is None:
        return State.LIVE if live else State.OLD
    return states.draft_state(draft, is_signed=is_signed, is_requested=request is not None)


def _step(
    draft: PageContent | None, live: PageContent | None, old: PageContent | None, state: State, rights: Rights
) -> ActionLink | None:
    if draft is None and live is None:
        return restore_button(old) if old and rights.may_make_live(old) else None
    if draft is None:
        return edit_button(live, "Change this page") if live and rights.is_writer else None
    if state in {State.DOCTOR, State.NURSE, State.SIGNED} and rights.may_make_live(draft):
        return sign_or_publish_button(draft, state)
    if rights.is_writer and version_of(draft).is_unlocked_for_user(rights.user):
        return edit_button(draft, "Go on writing")
    return unlock_button(draft) if rights.may_take_over(draft) else None


def edit_button(content: PageContent, words: str) -> ActionLink:
    """Return the button that opens a page's draft in the editor."""
    return ActionLink(words, reverse("page_change", args=[content.pk]), is_post=True, subject=content.title)


def restore_button(old: PageContent) -> ActionLink:
    """Return the link to the page on which an offline page is restored."""
    return ActionLink("Put it back", reverse("page_offline", args=[old.pk]), subject=old.title)


def unlock_button(draft: PageContent) -> ActionLink:
    """Return the link to the page on which a draft is taken over from its holder."""
    return ActionLink("Take this draft over", reverse("page_unlock", args=[draft.pk]), subject=draft.title)


def sign_or_publish_button(draft: PageContent, state: State) -> ActionLink:
    """Return the link to the page on which a waiting draft is read, signed and published."""
    words = "Read and sign" if state == State.DOCTOR else "Read and publish"
    return ActionLink(words, reverse("page_sign", args=[draft.pk]), subject=draft.title)


def titles(pages: set[int]) -> dict[int, str]:
    """Return the last title of each page id, and a placeholder for pages that were deleted."""
    versions = PageContent.admin_manager.filter(page__in=pages, language=LANGUAGE).order_by("page__path", "pk")
    titles_by_page = dict(versions.values_list("page_id", "title"))
    return titles_by_page | dict.fromkeys(sorted(pages - set(titles_by_page)), "A page that was deleted")
