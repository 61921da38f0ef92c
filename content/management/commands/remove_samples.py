"""`manage.py remove_samples`: take the sample people away."""

from typing import Any

from django.core.management.base import BaseCommand

from content.clinic.models import Clinician


class Command(BaseCommand):
    """They don't come back: the first content is put in once only."""

    help = "Take the sample people away."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete one by one, so that every deletion is heard of."""
        samples = list(Clinician.objects.filter(is_sample=True))
        for person in samples:
            person.delete()
        self.stdout.write(f"Sample people taken away: {len(samples)}.")
