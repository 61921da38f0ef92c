"""Where a page is found: its address, its word in the menu, and whether it is there. No signature covers that.

A change is named beside what changed in the words, and recorded in the ledger.
"""

from dataclasses import dataclass
from datetime import datetime

from cms.models import PageContent
from django.db.models import Max
from djangocms_versioning.constants import PUBLISHED
from djangocms_versioning.models import Version

from content.ledger.models import Entry, Event
from content.ledger.writer import record
from content.pages import published_versions, url_for_path
from content.reviews.matching import TextDiff, text_diffs
from content.reviews.signing import ledger_subject

ADDRESS, IN_MENU, MENU_WORD = "Address", "In the menu", "Word in the menu"


@dataclass(frozen=True)
class Placement:
    """The address (last part, or the whole path if it is written by hand), and the menu as readers see it."""

    address: str
    is_in_menu: bool
    menu_word: str

    def lines(self) -> list[tuple[str, str]]:
        """Return what staff read, each with its label."""
        return [(ADDRESS, self.address), (IN_MENU, "yes" if self.is_in_menu else "no"), (MENU_WORD, self.menu_word)]


def of_version(content: PageContent) -> Placement:
    """Return where this version is, or is meant to be, found."""
    return Placement(content.overwrite_url or content.slug, content.in_navigation, content.menu_title or content.title)


def public_path(content: PageContent) -> str:
    """Return the address at which readers find the page now, whichever version this is; "" if it is not live."""
    path = published_versions().filter(page_id=content.page_id).values_list("path", flat=True).first()
    return "" if path is None else url_for_path(path)


def changes_since_live(content: PageContent) -> list[TextDiff]:
    """Return the lines that differ from the live version; [] if the page is not live, or this is its live version."""
    live = PageContent.objects.filter(page=content.page_id, language=content.language).first()
    if live is None or live.pk == content.pk:
        return []
    return [line for line in text_diffs(of_version(live).lines(), of_version(content).lines()) if line.is_changed]


def menu_moves_since_live(content: PageContent) -> list[Entry]:
    """Return the ledger's entries about this page's moves in the menu since its live version went live."""
    live = PageContent.objects.filter(page=content.page_id, language=content.language).first()
    if live is None:
        return []
    states = Version.objects.get_for_content(live).statetracking_set  # a move counts as a change of the version itself
    since = states.filter(new_state=PUBLISHED).aggregate(at=Max("date"))["at"]
    subject = f"(page {content.page_id})"
    entries = Entry.objects.filter(event=Event.MENU_REORDERED, subject__endswith=subject)
    return [entry for entry in entries.order_by("pk") if since is None or entry.happened_at >= since]


def record_changes(before: Placement, content: PageContent, *, actor: str, now: datetime) -> None:
    """Record in the ledger what of a draft's placement was changed; nothing if nothing was."""
    after = of_version(content)
    changed = {
        label: f"{old} → {new}"
        for (label, old), (_, new) in zip(before.lines(), after.lines(), strict=True)
        if old != new
    }
    if changed:
        record(Event.PAGE_PLACEMENT_CHANGED, ledger_subject(content), actor=actor, now=now, detail=changed)
