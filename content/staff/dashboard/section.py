"""What a section of the start page is made of, and what it is made from."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from content.outcomes.models import Outcome
from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import PageRow, Rights


@dataclass(frozen=True)
class WaitingItem:
    """One row of a section: a title, a sentence about it, a link, and the note of whoever asked.

    `dismissal` is the button that takes the row away; `tick` the key of what is ticked with others of the section.
    """

    label: str
    detail: str = ""
    link: ActionLink | None = None
    note: str = ""
    dismissal: ActionLink | None = None
    tick: int | None = None


@dataclass(frozen=True)
class Together:
    """The button under rows that can be ticked: what it says, where the ticked rows are sent, and whether by POST."""

    label: str
    url: str
    is_post: bool = False


@dataclass(frozen=True)
class Section:
    """The rows of one kind; `key` is its anchor on the page, `together` what can be done with several at once."""

    key: str
    title: str
    rows: list[WaitingItem]
    is_urgent: bool = False
    together: Together | None = None

    @property
    def can_tick(self) -> bool:
        """Whether more than one row can be ticked; one alone has its own button."""
        return self.together is not None and sum(row.tick is not None for row in self.rows) > 1


@dataclass(frozen=True)
class DashboardContext:
    """One person at `now`, on the clinic's local date `on`, with all pages read once."""

    user: Any
    now: datetime
    on: date
    rights: Rights
    pages: list[PageRow]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What this person is told of what became of requests, read once."""
        return list(Outcome.objects.told_to(self.user))

    @property
    def name(self) -> str:
        """The user name, which is what a sign-off request stores."""
        return str(self.user.get_username())


def link_to(name: str, words: str, *args: Any, of: str = "", **query: str) -> ActionLink:
    """Return a link to the URL of that name, with this query; `of` is its subject."""
    return ActionLink(words, reverse(name, args=args, query=query or None), subject=of)
