"""`manage.py seed`: put in what is missing of the first content."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.seed import loader
from content.seed.cases import seed_cases


class Command(BaseCommand):
    """Safe to run twice, several at once, or after being stopped half-way; never overwrites what staff changed."""

    help = "Put in what is missing of the first content."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each part as it is put in."""
        done = loader.seed(self.stdout.write)
        done += seed_cases(self.stdout.write, now=timezone.now(), on=timezone.localdate())
        self.stdout.write(f"First content: {done} parts put in." if done else "First content: nothing was missing.")
