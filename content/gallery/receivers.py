"""Announces changes of cases and photographs that readers could notice."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from content.consent.models import Consent
from content.images.models import Photo
from content.signals import public_content_changed

from .models import Case, CasePhoto, Pair, renew_stamp

Picture = Photo | CasePhoto | Pair


def connect_receivers() -> None:
    """Connect to every save and deletion of a case, its photographs and its consent."""
    for signal in (post_save, post_delete):
        for model in (Case, Consent, Photo, CasePhoto, Pair):
            signal.connect(announce, sender=model, dispatch_uid="gallery")


def announce(sender: type[Model], instance: Case | Consent | Picture, **kwargs: Any) -> None:
    """Renew the stamp and send `public_content_changed`, in the transaction of the change.

    A consent announces itself. A case always counts: even one never approved is among the consented.
    """
    renew_stamp()
    if isinstance(instance, Case) or (isinstance(instance, Picture) and is_on_approved_case(instance)):
        public_content_changed.send(sender=sender, instance=instance)


def is_on_approved_case(picture: Picture) -> bool:
    """Return whether readers may see this photograph or pair: only an approved case shows any."""
    approved = Case.objects.filter(approved_at__isnull=False)
    if isinstance(picture, Photo):
        return approved.filter(case_photos__photo=picture).exists()
    return approved.filter(pk=picture.case_id).exists()
