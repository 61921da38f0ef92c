"""What outcomes listen to: a person who withdraws; words about their photographs go at once."""

from typing import Any

from django.db.models.signals import post_save

from content.consent.models import Consent

from .models import Outcome


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(forget_withdrawn, sender=Consent, dispatch_uid="outcomes")


def forget_withdrawn(sender: type[Consent], instance: Consent, **kwargs: Any) -> None:
    """Delete what was said about the cases of a consent that is withdrawn, in the transaction of the withdrawal."""
    if instance.withdrawn_at is not None:
        Outcome.objects.filter(case__consent=instance).delete()
