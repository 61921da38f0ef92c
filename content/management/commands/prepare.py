"""`manage.py prepare`: all steps between a fresh copy of the site and its first page; run at every start."""

import fcntl
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from content.clinic.models import Clinic
from content.images.ingest import render_missing
from content.seed import loader
from content.seed.cases import seed_cases
from content.seed.leftovers import SamplesRefusedError, check_start
from content.staff.accounts import sealing, second_factor
from content.staff.accounts.first_account import create_owner_account
from content.staff.accounts.roles import create_sample_accounts, set_up_groups
from content.staff.accounts.usernames import case_twins

WITHOUT_DOMAIN = (
    "Leaflets, calendar files and social cards name {} as the site's address, which only this machine can open: "
    "set SITE_DOMAIN before you hand one out."
)
WITHOUT_CODES = "Codes from a telephone are not asked for (SECOND_FACTOR=0): only this machine reaches the site."


class Command(BaseCommand):
    """Each step says what it does and skips what is done already."""

    help = "Bring the database, the first content, the static files and a staff sign-in up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the port, which is only printed in the address."""
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps under a lock, so that of several processes one takes them and the others wait."""
        with (settings.VAR_DIR / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.prepare(options["port"])

    def prepare(self, port: str) -> None:
        """Migrate, seed, set up roles and accounts, collect static files."""
        self.stdout.write("Database …")
        call_command("migrate", verbosity=0)
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).chmod(0o600)
        self.stdout.write("First content …")
        loader.seed(self.stdout.write)
        seed_cases(self.stdout.write, now=timezone.now(), on=timezone.localdate())
        set_up_groups()
        second_factor.protect_stored_secrets()
        clinic = Clinic.objects.first()
        Site.objects.update_or_create(
            pk=settings.SITE_ID,
            defaults={"domain": settings.SITE_DOMAIN, "name": (clinic.full_name if clinic else "The clinic")[:50]},
        )
        render_missing()
        self.stdout.write("Stylesheets, scripts and pictures …")
        import_string("clinic_site.assets.storage.collect_if_changed")()
        sealing.load_key()
        if notice := second_factor.lost_key_notice():
            self.stderr.write(notice)
        sign_in = create_owner_account(settings.VAR_DIR)
        samples = create_sample_accounts(settings.VAR_DIR)
        self.stdout.write(
            f"\nThe site:      http://127.0.0.1:{port}/\nStaff sign in: http://127.0.0.1:{port}/admin/  ({sign_in})\n"
            + ("" if settings.SECOND_FACTOR else f"{WITHOUT_CODES}\n")
            + (f"{WITHOUT_DOMAIN.format(settings.SITE_DOMAIN)}\n" if settings.IS_DOMAIN_LOCAL else "")
            + (f"One sample sign-in for each role: see {samples}\n" if samples else "")
            + "".join(f"{sentence}\n" for sentence in case_twins())
        )
        self.tell_of_samples()

    def tell_of_samples(self) -> None:
        """Say which samples a real host still shows; raises CommandError if it must not start with any."""
        try:
            sentence = check_start()
        except SamplesRefusedError as error:
            raise CommandError(str(error)) from error
        if sentence:
            self.stdout.write(self.style.WARNING(sentence))
