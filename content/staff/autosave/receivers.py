"""Unsaved text goes with the record of its form."""

from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from django.db.models import Model
from django.db.models.signals import post_delete

from content.clinic.models import Clinician
from content.gallery.models import Case
from content.staff.autosave import store
from content.staff.autosave.kept_fields import record_name
from content.treatment.models import Treatment

RECORDS = (CMSPlugin, PageContent, Placeholder, Case, Clinician, Treatment)  # what staff can delete and has a form


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    for model in RECORDS:
        post_delete.connect(_delete_kept, sender=model, dispatch_uid=f"autosave_{model.__name__}")


def _delete_kept(sender: Any, instance: Model, **kwargs: Any) -> None:
    store.delete_of_record(record_name(instance))
