"""`manage.py backup FILE`: save database, photographs and signed forms of one moment in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.backup.archive import create_backup
from content.backup.database import BackupError


class Command(BaseCommand):
    """Works while the site runs. The file holds patients' photographs: protect it like their records."""

    help = "Back up the database, the photographs and the signed forms into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup; raise CommandError with a sentence if that fails."""
        try:
            files = create_backup(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Backed up: {files} files in {options['file']}")
