"""`manage.py prepare`: everything between a fresh copy of the site and its first page; run again at every start."""

import fcntl
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from content.clinic.models import Clinic
from content.seed import loader

OWNER = "owner"


class Command(BaseCommand):
    """Database, first content, stylesheets, staff sign-in: each step says what it does and skips what is done."""

    help = "Bring the database, the first content, the static files and a staff sign-in up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """The port is only for the address that is printed."""
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps in order; of several at once, one takes them and the others wait."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.VAR_DIR / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.prepare(options["port"])

    def prepare(self, port: str) -> None:
        """The steps."""
        self.stdout.write("Database …")
        call_command("migrate", verbosity=0)
        self.stdout.write("First content …")
        loader.seed(self.stdout.write)
        clinic = Clinic.objects.first()
        Site.objects.update_or_create(
            pk=settings.SITE_ID,
            defaults={"domain": settings.SITE_DOMAIN, "name": (clinic.full_name if clinic else "The clinic")[:50]},
        )
        self.stdout.write("Stylesheets, scripts and pictures …")
        collect_static()
        sign_in = staff_sign_in(settings.VAR_DIR)
        self.stdout.write(
            f"\nThe site:      http://127.0.0.1:{port}/\nStaff sign in: http://127.0.0.1:{port}/admin/  ({sign_in})\n"
        )


def collect_static() -> None:
    """Collect static files, unless none has changed since the last time."""
    paths = sorted(path for finder in finders.get_finders() for path, _ in finder.list([]))
    stamp = "\n".join(f"{path} {Path(found).stat().st_mtime_ns}" for path in paths if (found := finders.find(path)))
    kept = Path(settings.STATIC_ROOT) / ".collected"
    if kept.exists() and kept.read_text() == stamp:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(stamp)


def staff_sign_in(folder: Path) -> str:
    """Make the first account where there is none; where its name and password are kept, in words."""
    file = folder / "staff-sign-in.txt"
    accounts = get_user_model().objects
    if accounts.filter(is_staff=True).exists():
        return f"first sign-in: see {file}" if file.exists() else "sign in with your own account"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"user name: {OWNER}\npassword: {secrets.token_urlsafe(15)}\n")
    password = file.read_text().split("password: ")[1].strip()
    accounts.create_superuser(OWNER, password=password)
    return f"first sign-in: see {file}"
