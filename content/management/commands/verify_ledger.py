"""`manage.py verify_ledger`: check that the ledger is intact; exit with 1 if it is not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinic_site.http.whole_number import whole_number
from content.ledger import triggers
from content.ledger.models import Entry
from content.ledger.writer import verify_chain


class Command(BaseCommand):
    """Store the printed line elsewhere: passed back with --expect, it shows whether the end was cut off."""

    help = "Check the ledger's chain of hashes and its triggers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the output of an earlier check to compare with."""
        parser.add_argument("--expect", metavar="COUNT:HASH", help="what an earlier check printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a sentence for each problem, or one that all is well."""
        broken, count, last = verify_chain()
        problems = []
        if broken:
            problems.append(
                f"Entry {broken.pk} of {broken.happened_at:%Y-%m-%d %H:%M} was changed, or one before it is gone."
            )
        if not triggers.are_installed():
            problems.append(
                "The database's triggers are missing: run `manage.py migrate`, then ask who took them away."
            )
        if options["expect"] and not self.contains(options["expect"]):
            problems.append(f"The ledger no longer holds what stood in it at {options['expect']}: its end was cut off.")
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            sys.exit(1)
        self.stdout.write(f"The ledger is whole: {count}:{last}")

    def contains(self, earlier: str) -> bool:
        """Return whether the entry that was the last in `earlier` is still in its place."""
        typed, _, last = earlier.partition(":")
        number = whole_number(typed)
        if number is None:
            return False
        if number == 0:
            return True
        entry = Entry.objects.order_by("pk")[number - 1 : number].first()
        return entry is not None and entry.hash == last
