"""`manage.py restore FILE`: replace the database, photographs and signed forms by those of a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.backup.archive import restore
from content.backup.database import BackupError
from content.staff.accounts import second_factor


class Command(BaseCommand):
    """Checks the whole file first. Consents withdrawn since stay withdrawn while this site has their record."""

    help = "Replace database, photographs and signed forms by those of a backup."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to read."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore the backup; raise CommandError with a sentence if that fails."""
        try:
            done = restore(options["file"], now=timezone.now(), on=timezone.localdate())
        except BackupError as error:
            raise CommandError(str(error)) from None
        second_factor.protect_stored_secrets()
        for line in done:
            self.stdout.write(f"Afterwards: {line}")
        self.stdout.write(
            "Everyone signs in anew. Accounts, passwords, telephones and recovery codes are those of the backup: "
            "look through Staff → People, and shut again what was shut since."
        )
        self.stdout.write(
            "Words of readers that were deleted since are here again: "
            "look through Staff → What readers say, and delete them again."
        )
        if notice := second_factor.lost_key_notice():
            self.stdout.write(notice)
        self.stdout.write(f"Restored from {options['file']}")
