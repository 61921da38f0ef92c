"""`manage.py verify_ledger`: whether the ledger is whole; exit status 1 where it is not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinic_site.http.whole_number import whole_number
from content.ledger import triggers
from content.ledger.models import Entry
from content.ledger.writer import verify_chain


class Command(BaseCommand):
    """Keep the line it prints somewhere else: given back with --expect, it shows whether the end was cut off."""

    help = "Check the ledger's chain of hashes and its triggers."

    def add_arguments(self, parser: CommandParser) -> None:
        """An earlier answer to compare with."""
        parser.add_argument("--expect", metavar="COUNT:HASH", help="what an earlier check printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """One sentence for each thing that is wrong, or one that all is well."""
        broken, count, last = verify_chain()
        wrong = []
        if broken:
            wrong.append(
                f"Entry {broken.pk} of {broken.happened_at:%Y-%m-%d %H:%M} was changed, or one before it is gone."
            )
        if not triggers.are_installed():
            wrong.append("The database's triggers are missing: run `manage.py migrate`, then ask who took them away.")
        if options["expect"] and not self.contains(options["expect"]):
            wrong.append(f"The ledger no longer holds what stood in it at {options['expect']}: its end was cut off.")
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            sys.exit(1)
        self.stdout.write(f"The ledger is whole: {count}:{last}")

    def contains(self, earlier: str) -> bool:
        """Whether the entry that was then the last is still in its place."""
        typed, _, last = earlier.partition(":")
        number = whole_number(typed)
        if number is None:
            return False
        if number == 0:
            return True
        entry = Entry.objects.order_by("pk")[number - 1 : number].first()
        return entry is not None and entry.hash == last
