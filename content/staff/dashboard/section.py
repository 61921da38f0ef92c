"""What a section of the start page is made of, and what it is made from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import PageRow, Rights


@dataclass(frozen=True)
class WaitingItem:
    """One row of a section: a title, a sentence about it, a link, and the note of whoever asked."""

    label: str
    detail: str = ""
    link: ActionLink | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """The rows of one kind; `key` is its anchor on the page."""

    key: str
    title: str
    rows: list[WaitingItem]
    is_urgent: bool = False


@dataclass(frozen=True)
class DashboardContext:
    """One person at `now`, on the clinic's local date `on`, with all pages read once."""

    user: Any
    now: datetime
    on: date
    rights: Rights
    pages: list[PageRow]

    @property
    def name(self) -> str:
        """The user name, which is what a sign-off request stores."""
        return str(self.user.get_username())


def link_to(name: str, words: str, *args: Any, of: str = "", **query: str) -> ActionLink:
    """Return a link to the URL of that name, with this query; `of` is its subject."""
    return ActionLink(words, reverse(name, args=args, query=query or None), subject=of)
