"""The order of the menu, which is that of the pages: changed at once, between pages that stand below the same page.

No address and no word of a page changes with it, so whoever may publish pages may do it, without a signature.
"""

from dataclasses import dataclass
from datetime import datetime

from cms.models import Page
from django.db import transaction
from django.http import HttpRequest

from content import pages
from content.cms_adapter import cms_pages
from content.ledger.models import Event
from content.ledger.writer import record
from content.pages import PublishedPage
from content.publishing import snapshots
from content.treatment import current as current_treatment
from content.treatment.tokens import substitute

CHANGED = "the order of the menu was changed"


@dataclass(frozen=True)
class MenuRow:
    """A page in the menu; `place` and `count` are among those of one `group`, the path of the page above."""

    page: PublishedPage
    label: str
    group: str
    level: int
    place: int
    count: int

    @property
    def subject(self) -> str:
        """What buttons say after their label."""
        return f"{self.label}, {self.place} of {self.count}"


def rows(request: HttpRequest) -> list[MenuRow]:
    """Return the pages of the menu in its order."""
    listed = [page for page in pages.published_pages(request).values() if page.is_in_menu]
    groups: dict[str, list[PublishedPage]] = {}
    for page in listed:
        groups.setdefault(_group(page), []).append(page)
    treatment = current_treatment.of_request(request)
    return [
        MenuRow(
            page,
            substitute(page.menu_title, treatment),
            _group(page),
            sum(page.tree_path != other.tree_path and page.tree_path.startswith(other.tree_path) for other in listed),
            groups[_group(page)].index(page) + 1,
            len(groups[_group(page)]),
        )
        for page in listed
    ]


def _group(page: PublishedPage) -> str:
    return page.tree_path[: -Page.steplen]


def neighbour(listed: list[MenuRow], row: MenuRow, *, is_above: bool) -> MenuRow | None:
    """Return the row right above or below in the same group, or None at its end."""
    place = row.place + (-1 if is_above else 1)
    return next((other for other in listed if other.group == row.group and other.place == place), None)


def move(request: HttpRequest, row: MenuRow, other: MenuRow, *, is_above: bool, now: datetime) -> None:
    """Put a page of the menu right above or below another of its group, and record it.

    Every page shows the menu, so a copy of each is due for the archive.
    """
    before = [one.label for one in rows(request)]
    with transaction.atomic():
        both = {row.page.page_id, other.page.page_id}
        locked = {page.pk: page for page in Page.objects.select_for_update().filter(pk__in=both).order_by("pk")}
        cms_pages.move_beside(request, locked[row.page.page_id], locked[other.page.page_id], is_above=is_above)
        pages.reset(request)
        record(
            Event.MENU_REORDERED,
            f"{row.page.title} (page {row.page.page_id})"[:80],
            actor=request.user.get_username(),
            now=now,
            detail={"before": before, "after": [one.label for one in rows(request)]},
        )
        snapshots.enqueue(snapshots.live_page_ids(), because=CHANGED, now=now)
