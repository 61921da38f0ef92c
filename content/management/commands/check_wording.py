"""`manage.py check_wording`: what the checks say of each page, live and draft, and of public text outside pages.

Status 1 where something blocks.
"""

import sys
from typing import Any

from cms.models import PageContent
from django.core.management.base import BaseCommand, CommandError, CommandParser
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.reviews import page_checks, public_text
from content.wording.findings import Level

LEVEL_LABELS = {Level.BLOCKING: "STOPS", Level.ADVISORY: "hint"}


class Command(BaseCommand):
    """Prints one line for each finding, then a line of counts."""

    help = "Check the wording of all pages that are live or being written, and all public text outside pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which pages."""
        parser.add_argument("--page", metavar="PATH", help="only the page at this address, such as /contact/")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings page by page."""
        counts = dict.fromkeys(Level, 0)
        versions = self.versions(options["page"])
        for content, state in versions:
            for finding in page_checks.open_findings(content):
                counts[finding.level] += 1
                quotation = f" “{finding.quoted}”" if finding.quoted else ""
                line = f"{finding.problem}{quotation} → {finding.suggestion}"
                self.stdout.write(
                    f"{LEVEL_LABELS[finding.level]}: {content.title} ({state}) · {finding.place} · {line}"
                )
        stops, hints = counts[Level.BLOCKING], counts[Level.ADVISORY]
        self.stdout.write(f"{len(versions)} versions checked: {stops} stop a page, {hints} hints.")
        if (options["page"] is None and self.check_public_text()) or stops:
            sys.exit(1)

    def check_public_text(self) -> int:
        """Print each blocking finding in text outside pages with where to correct it; return how many there are."""
        texts, stops = 0, 0
        for place, url, findings in public_text.all_findings():
            texts, stops = texts + 1, stops + len(findings)
            for finding in findings:
                line = f"{finding.problem} “{finding.quoted}” → {finding.suggestion}"
                self.stdout.write(f"{LEVEL_LABELS[finding.level]}: {place} · {line} · Correct it at {url}")
        self.stdout.write(f"{texts} texts outside pages checked: {stops} to correct.")
        return stops

    def versions(self, path: str | None) -> list[tuple[PageContent, str]]:
        """Return live versions and drafts with the word for their state, in menu order; raise CommandError."""
        labels = {PUBLISHED: "live", DRAFT: "draft"}
        selected = PageContent.admin_manager.filter(versions__state__in=labels, page__practice=None).select_related(
            "page"
        )
        if path is not None:
            selected = selected.filter(page__urls__path=path.strip("/"))
            if not selected:
                raise CommandError(f"No page is at “{path}”. Write its address, such as /contact/.")
        ordered = selected.order_by("page__path", "pk").values_list("pk", "versions__state")
        contents = selected.in_bulk()
        return [(contents[pk], labels[state]) for pk, state in ordered]
