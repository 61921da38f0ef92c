"""`manage.py setup_roles`: the roles of staff, each with exactly its permissions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from content.staff.accounts import roles


class Command(BaseCommand):
    """Safe to run again: it restores the permissions and leaves people and passwords alone."""

    help = "Make the roles Reception, Nurse, Doctor and Owner, and on a local site one sample sign-in for each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up roles and sample accounts, and print where the sample passwords are."""
        roles.set_up_groups()
        self.stdout.write(f"Roles: {', '.join(roles.ROLES)}.")
        file = roles.create_sample_accounts(settings.VAR_DIR)
        if file:
            self.stdout.write(f"Sample sign-ins: see {file}")
        else:
            self.stdout.write("No sample sign-ins: this site has a real host name. Make an account for each person.")
