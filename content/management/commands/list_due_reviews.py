"""`manage.py list_due_reviews`: pages to be reviewed again; exit status 1 while there is any."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.reviews import rules


class Command(BaseCommand):
    """Run it each day and send on what it prints: it says the same until a doctor has signed."""

    help = "List the live pages whose review is due or that are being reviewed again."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a page."""
        found = [
            f"Review due since {signed.due_on:%-d %B %Y}: {content.title} ({content.page.get_absolute_url()})"
            for content, signed in rules.due(timezone.localdate())
        ]
        for one in rules.reopened():
            where = f"{one.page} ({one.page.get_absolute_url()})"
            found.append(f"Being reviewed again since {one.since:%-d %B %Y}: {where}, {one.because}")
        for line in found:
            self.stdout.write(line)
        if found:
            sys.exit(1)
        self.stdout.write("No review is due.")
