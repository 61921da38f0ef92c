"""All pages in the order of the tree: where each stands, who holds its draft, and the one next step of this person."""

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
from content.reviews import rules, states
from content.reviews.draft_locks import UNLOCK_PERMISSION, display_name
from content.reviews.models import Request
from content.reviews.states import State
from content.staff.action_links import ActionLink

LANGUAGE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Rights:
    """What one person may do with pages; the signature's question is asked once."""

    user: Any
    is_signer: bool

    @classmethod
    def of(cls, user: Any) -> "Rights":
        """The rights of this person."""
        return cls(user, rules.may_sign(user))

    @property
    def is_writer(self) -> bool:
        """May change pages."""
        return bool(self.user.has_perm("cms.change_page"))

    @property
    def is_publisher(self) -> bool:
        """May make pages of some kind live."""
        return bool(self.is_writer and self.user.has_perm("cms.publish_page"))

    @property
    def is_unlocker(self) -> bool:
        """May free a draft that somebody else holds."""
        return bool(self.user.has_perm(UNLOCK_PERMISSION))

    def may_make_live(self, content: PageContent) -> bool:
        """May make this kind of page live, which for a medical one takes the right to sign."""
        return self.is_writer and rules.may_publish(self.user, content, is_signer=self.is_signer)


@dataclass(frozen=True)
class PageRow:
    """A page: its live version, its draft or, where there is neither, its newest old version."""

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
        """The version that the list speaks of."""
        found = self.draft or self.live or self.last_version
        assert found is not None  # noqa: S101  a page in the list has a version
        return found

    @property
    def level(self) -> int:
        """How deep it stands in the tree; 1 at the top."""
        return int(self.page.depth)

    @property
    def holder(self) -> str:
        """Who writes its draft; "" where it is free."""
        version = version_of(self.draft) if self.draft else None
        return display_name(version.locked_by) if version and version.locked_by else ""

    @property
    def since(self) -> datetime:
        """When the version that the list speaks of was begun."""
        begun: datetime = version_of(self.current).created
        return begun

    @property
    def preview_url(self) -> str:
        """Where the version that the list speaks of can be read."""
        return self.public_url if self.live and not self.draft else str(get_object_preview_url(self.current))

    def is_held_by(self, user: Any) -> bool:
        """Whether this person writes its draft."""
        return self.draft is not None and version_of(self.draft).locked_by_id == user.pk


def load_rows(rights: Rights) -> list[PageRow]:
    """Every page, in a fixed number of queries; a draft that was signed takes those of its fingerprint."""
    contents = list(_contents())
    drafts = [one for one in contents if version_of(one).state == DRAFT]
    signed = set(rules.ever_signed(drafts)) if drafts else set()
    by_page: dict[int, list[PageContent]] = {}
    for one in contents:
        by_page.setdefault(one.page_id, []).append(one)
    return [_row(found, signed, rights) for found in by_page.values()]


def _contents() -> QuerySet[PageContent]:
    """The live version and the draft of each page; of a page without either, its newest version."""
    everything = PageContent.admin_manager.filter(
        language=LANGUAGE, page__site_id=settings.SITE_ID, page__is_page_type=False, page__practice=None
    )
    newest = everything.latest_content().values("pk")
    found: QuerySet[PageContent] = (
        everything.filter(Q(versions__state__in=(DRAFT, PUBLISHED)) | Q(pk__in=newest))
        .select_related("page", "sign_off_request")
        .prefetch_related(with_versions(), "page__urls")
        .order_by("page__path")
    )
    return found


def _row(contents: list[PageContent], signed: set[int], rights: Rights) -> PageRow:
    by_state = {version_of(one).state: one for one in contents}
    live, draft = by_state.get(PUBLISHED), by_state.get(DRAFT)
    old = None if live or draft else contents[0]
    asked = getattr(draft, "sign_off_request", None) if draft else None
    state = _state(live, draft, asked, is_signed=draft is not None and draft.pk in signed)
    page = contents[0].page
    public = _public_url(page) if live else ""
    return PageRow(page, live, draft, old, state, asked, _step(draft, live, old, state, rights), public)


def _public_url(page: Page) -> str:
    path = next((one.path for one in page.urls.all() if one.language == LANGUAGE), None)
    return "" if path is None else f"/{path}/".replace("//", "/")


def _state(live: PageContent | None, draft: PageContent | None, asked: Request | None, *, is_signed: bool) -> State:
    if draft is None:
        return State.LIVE if live else State.OLD
    return states.draft_state(draft, is_signed=is_signed, is_requested=asked is not None)


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
    return unlock_button(draft) if rights.is_unlocker else None


def edit_button(content: PageContent, words: str) -> ActionLink:
    """The button that opens a page's draft where it is written."""
    return ActionLink(words, reverse("page_change", args=[content.pk]), is_post=True, subject=content.title)


def restore_button(old: PageContent) -> ActionLink:
    """The way back for a page that is offline; the page that it leads to says what happens."""
    return ActionLink("Put it back", reverse("page_offline", args=[old.pk]), subject=old.title)


def unlock_button(draft: PageContent) -> ActionLink:
    """The way to take a draft from whoever holds it; the page that it leads to asks first."""
    return ActionLink("Take this draft over", reverse("page_unlock", args=[draft.pk]), subject=draft.title)


def sign_or_publish_button(draft: PageContent, state: State) -> ActionLink:
    """Where a draft that waits is read, signed and published."""
    words = "Read and sign" if state == State.DOCTOR else "Read and publish"
    return ActionLink(words, reverse("page_sign", args=[draft.pk]), subject=draft.title)


def titles(pages: set[int]) -> dict[int, str]:
    """What pages were last called; a page that was deleted has no name any more."""
    versions = PageContent.admin_manager.filter(page__in=pages, language=LANGUAGE).order_by("page__path", "pk")
    called = dict(versions.values_list("page_id", "title"))
    return called | dict.fromkeys(sorted(pages - set(called)), "A page that was deleted")
