"""`manage.py remove_samples`: take the sample cases, people and sign-ins away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from content.clinic.models import Clinician
from content.consent.models import Consent
from content.gallery.approval import end_approval
from content.gallery.models import Case
from content.gallery.withdrawal import delete_case
from content.seed.loader import AUTHOR_USERNAME
from content.staff.accounts.roles import deactivate_sample_accounts


class Command(BaseCommand):
    """They don't come back: the first content is put in once only. Addresses of the sample cases answer 410.

    A real case that a sample person vouches for, as older releases allowed, loses its approval.
    """

    help = "Take the sample cases, the sample people and the sample sign-ins away."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete one by one, so that every deletion is heard of; all of it or nothing."""
        with transaction.atomic():
            cases = list(Case.objects.filter(is_demo=True))
            for case in cases:
                delete_case(case, actor=AUTHOR_USERNAME, now=timezone.now())
            for consent in Consent.objects.filter(is_demo=True, cases=None):
                consent.delete()
            own = list(Case.objects.filter(attested_by__is_sample=True))
            for case in own:
                end_approval(case, actor=AUTHOR_USERNAME, now=timezone.now(), because="a sample person vouched for it")
                case.attested_by = None
                case.save(update_fields=["attested_by"])
            people = list(Clinician.objects.filter(is_sample=True))
            for person in people:
                person.delete()
            sign_ins = deactivate_sample_accounts()
        self.stdout.write(f"Sample cases taken away: {len(cases)}.")
        self.stdout.write(f"Sample people taken away: {len(people)}.")
        self.stdout.write(f"Sample sign-ins shut: {sign_ins}.")
        if own:
            self.stdout.write(f"Cases of yours that a sample person vouched for, to be approved anew: {len(own)}.")
