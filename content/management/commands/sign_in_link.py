"""`manage.py sign_in_link USERNAME`: print a one-time link on the server, for when no owner can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from content.staff.accounts import one_time_links, usernames


class Command(BaseCommand):
    """The link is valid once, within 24 hours, and replaces an earlier one."""

    help = "Print a one-time link with which this person sets a new password, and with --lost-telephone a telephone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the user name and whether the person has lost their telephone."""
        parser.add_argument("username")
        parser.add_argument("--lost-telephone", action="store_true", help="they set up their telephone anew, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the link and print it."""
        user = usernames.find(options["username"])
        if user is None or not (user.is_active and user.is_staff):
            raise CommandError("Nobody with an open account has this user name. Check how it is written.")
        lost = options["lost_telephone"]
        code = one_time_links.create_link(user, actor="the server", now=timezone.now(), has_lost_telephone=lost)
        scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
        address = f"{scheme}://{settings.SITE_DOMAIN}{reverse('sign_in_link')}"
        self.stdout.write(f"Within 24 hours, once:\n{address}?code={code}")
