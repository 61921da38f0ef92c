"""Announces changed facts, because any page may quote them."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from content.signals import public_content_changed

from .models import Treatment


def connect_receivers() -> None:
    """Listen to every save and deletion of a treatment."""
    for signal in (post_save, post_delete):
        signal.connect(announce, sender=Treatment, dispatch_uid="treatment")


def announce(sender: type[Model], instance: Treatment, **kwargs: object) -> None:
    """Send `public_content_changed`, in the transaction of the change."""
    public_content_changed.send(sender=sender, instance=instance)
