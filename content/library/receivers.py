"""Announces changed pictures and portraits: pages show them."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from content.signals import public_content_changed

from .models import LibraryFile, LibraryPicture, Portrait


def connect_receivers() -> None:
    """Connect to every save and deletion of a picture, its files and the portraits."""
    for signal in (post_save, post_delete):
        for model in (LibraryPicture, LibraryFile, Portrait):
            signal.connect(announce, sender=model, dispatch_uid="library")


def announce(sender: type[Model], instance: LibraryPicture | LibraryFile | Portrait, **kwargs: object) -> None:
    """Send `public_content_changed` in the transaction of the change."""
    public_content_changed.send(sender=sender, instance=instance)
