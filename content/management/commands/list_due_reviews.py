"""`manage.py list_due_reviews`: list pages that are to be reviewed again; exit with 1 while there is any."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.reviews import rules


class Command(BaseCommand):
    """Run daily and forward the output: it stays the same until a doctor has signed."""

    help = "List the live pages whose review is due or that are being reviewed again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each page."""
        lines = [
            f"Review due since {signature.due_on:%-d %B %Y}: {content.title} ({content.page.get_absolute_url()})"
            for content, signature in rules.due(timezone.localdate())
        ]
        for page in rules.reopened():
            label = f"{page.page} ({page.page.get_absolute_url()})"
            lines.append(f"Being reviewed again since {page.since:%-d %B %Y}: {label}, {page.because}")
        for line in lines:
            self.stdout.write(line)
        if lines:
            sys.exit(1)
        self.stdout.write("No review is due.")
