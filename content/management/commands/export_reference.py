"""`manage.py export_reference CODE FILE`: write everything held under one code into an archive for that person."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.consent.models import Consent
from content.consent.reference import normalised
from content.gallery.export import export_archive


class Command(BaseCommand):
    """Writes the same archive as the button on the consent's page, and records the export in the ledger."""

    help = "Write the consents, cases, photographs, signed forms and ledger entries of one person into a ZIP file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the code and the file to write; an existing file is not overwritten."""
        parser.add_argument("code")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive, readable by its owner only; raise CommandError with a sentence if that fails."""
        consent = Consent.objects.filter(reference=normalised(options["code"])).first()
        if consent is None:
            raise CommandError("No consent has this code. Check each sign; the code never holds 0, 1, I, L, O or U.")
        try:
            descriptor = os.open(options["file"], os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as error:
            raise CommandError(f"{options['file']} can't be written: {error.strerror}.") from None
        with (
            os.fdopen(descriptor, "wb") as out,
            export_archive(consent, actor="manage.py", now=timezone.now()) as packed,
        ):
            shutil.copyfileobj(packed, out)
        self.stdout.write(f"Written: {options['file']}")
