"""`manage.py export_reference CODE FILE`: everything held under one reference code, as an archive for that person."""

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
    """The same archive as the button on the consent's page; the ledger tells that it was given out."""

    help = "Write the consents, cases, photographs, signed forms and ledger entries of one person into a ZIP file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and where to; a file that is there already is kept."""
        parser.add_argument("code")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, readable by its owner only, or say in one sentence why not."""
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
