"""The state of a version, by the labels that staff read everywhere."""

from cms.models import PageContent
from django.db import models
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from . import rules
from .models import Request, SignOff


class State(models.TextChoices):
    """The states of a version, from the first draft to its replacement."""

    WRITING = "WRITING", "Being written"
    DOCTOR = "DOCTOR", "Waiting for the doctor"
    NURSE = "NURSE", "Waiting for a nurse"
    SIGNED = "SIGNED", "Signed, not live yet"
    LIVE = "LIVE", "Live"
    OLD = "OLD", "Old"


def state_of(content: PageContent) -> State:
    """Return the state of this version; a draft's signature counts only while it matches the draft."""
    version = Version.objects.get_for_content(content)
    if version.state == PUBLISHED:
        return State.LIVE
    if version.state != DRAFT:
        return State.OLD
    is_signed = SignOff.objects.filter(content_id=content.pk).exists()
    return draft_state(content, is_signed=is_signed, is_requested=Request.objects.filter(content=content).exists())


def draft_state(draft: PageContent, *, is_signed: bool, is_requested: bool) -> State:
    """Return the state of a draft, given whether it was ever signed, and whether it has a request."""
    if is_signed and rules.valid_signature(draft):
        return State.SIGNED
    if is_requested:
        return State.DOCTOR if rules.needs_signature(draft) else State.NURSE
    return State.WRITING
