"""The review stamp under a page: reviewed by whom, when, and when next, from the signature alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.models import PageContent
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from djangocms_versioning.constants import PUBLISHED
from djangocms_versioning.models import Version

from . import rules
from .models import Reopened, SignOff


@dataclass(frozen=True)
class Stamp:
    """The signature of a page, and since when the page is reopened if it no longer matches."""

    signed: SignOff
    reopened_on: date | None = None


def of(content: PageContent | None) -> Stamp | None:
    """Return the stamp of this version, or None if it is unsigned, or a draft that has changed since.

    A live page's signature isn't compared with its text: a live version can't be edited, and a changed fact writes
    `Reopened` in the same transaction.
    """
    signed = _signatures_with_state(content).first() if content is not None else None
    if content is None or signed is None or not rules.needs_signature(content):
        return None
    if signed.state != PUBLISHED:
        return Stamp(signed) if rules.valid_signature(content) else None
    return Stamp(signed, signed.reopened_on)


def _signatures_with_state(content: PageContent) -> Any:
    """Return a version's signatures with the version's state and since when its page is reopened, in one query."""
    versions = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(PageContent), object_id=OuterRef("content_id")
    )
    reopened = Reopened.objects.filter(page=OuterRef("page_id"))
    return (
        SignOff.objects.filter(content_id=content.pk)
        .defer("document")
        .annotate(state=Subquery(versions.values("state")[:1]), reopened_on=Subquery(reopened.values("since")[:1]))
    )
