"""Announces changes of the clinic or a clinician, because every page shows some of them."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from content.signals import public_content_changed

from .models import Clinic, Clinician


def connect_receivers() -> None:
    """Listen to every save and deletion of the clinic's record and of a clinician."""
    for signal in (post_save, post_delete):
        for model in (Clinic, Clinician):
            signal.connect(announce, sender=model, dispatch_uid="clinic")


def announce(sender: type[Model], instance: Clinic | Clinician, **kwargs: object) -> None:
    """Send `public_content_changed`, in the transaction of the change."""
    public_content_changed.send(sender=sender, instance=instance)
