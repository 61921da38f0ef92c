"""How to reach the clinic, from its record, optionally with the people who work there."""

from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.db import models
from django.http import HttpRequest

from content.clinic import current
from content.clinic.models import Clinician
from content.images.models import Photo
from content.library import shown
from content.library.focus import Focus

from .base import BlockPlugin, Section


class Contact(Section):
    """A text and the clinic's telephone; elsewhere than in a closing band also its address, hours and people."""

    text = models.TextField(max_length=600, blank=True)
    has_people = models.BooleanField(
        "list the clinicians",
        default=False,
        help_text="From their records, in place of address and hours. A closing band has no room for them.",
    )


@plugin_pool.register_plugin
class ContactPlugin(BlockPlugin):
    """Contact."""

    model = Contact
    name = "Contact"
    allowed_slots = [
        "home_closing",
        "treatment_closing",
        "topic_help",
        "topic_closing",
        "suitability_closing",
        "clinic_body",
        "planner_closing",
        "clinic_closing",
    ]
    advice = (
        "Patients want to know that asking commits them to nothing, who will answer, and when. "
        "For example: “You do not have to book on the day, or at all.”"
    )

    def extra_context(self, request: HttpRequest, instance: Contact, block: SimpleNamespace) -> dict[str, Any]:
        """Return whether the block is the closing band of the page, and the clinicians."""
        is_band = instance.placeholder.slot.endswith("_closing")
        return {"is_band": is_band, "people": _people(request) if instance.has_people and not is_band else []}


def _people(request: HttpRequest) -> list[tuple[Clinician, Photo | None, Focus | None]]:
    """Return the clinicians, each with the portrait that may be shown and where to look in it."""
    portraits = shown.portraits_of_request(request)
    people: list[tuple[Clinician, Photo | None, Focus | None]] = []
    for person in current.clinicians_of_request(request):
        portrait, file = portraits.get(person.pk, (None, None))
        people.append((person, file.photo if file else None, Focus.of(portrait) if portrait else None))
    return people
