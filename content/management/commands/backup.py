"""`manage.py backup FILE`: database, photographs and signed forms of one moment in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.backup.archive import create_backup
from content.backup.database import BackupError


class Command(BaseCommand):
    """Works while the site runs. The file holds patients' photographs: keep it as safe as their records."""

    help = "Back up the database, the photographs and the signed forms into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or say in one sentence why not."""
        try:
            files = create_backup(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Backed up: {files} files in {options['file']}")
