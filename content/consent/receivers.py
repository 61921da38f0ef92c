"""Announces a changed consent: what it permits may have ended."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from content.signals import public_content_changed

from .models import Consent


def connect_receivers() -> None:
    """Connect to every save and deletion of a consent."""
    for signal in (post_save, post_delete):
        signal.connect(announce, sender=Consent, dispatch_uid="consent")


def announce(sender: type[Model], instance: Consent, **kwargs: object) -> None:
    """Send `public_content_changed` in the transaction of the change, whichever field changed."""
    public_content_changed.send(sender=sender, instance=instance)
