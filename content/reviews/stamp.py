"""What patients read under a page about its review: by whom, when, and when next; from the signature alone."""

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
    """Who signed what is shown, when, and when it is read again; `reopened_on` where it no longer fits."""

    signed: SignOff
    reopened_on: date | None = None


def of(content: PageContent | None) -> Stamp | None:
    """The stamp of this version, or None where nobody has signed it, or what a draft says by now.

    The signature of a live page is looked up, not reckoned again: a live version can't be edited, and a fact that is
    changed writes `Reopened` in the same transaction.
    """
    if content is None or not rules.needs_signature(content):
        return None
    signed = _with_its_page(content).first()
    if signed is None:
        return None
    if signed.state != PUBLISHED:
        return Stamp(signed) if rules.valid_signature(content) else None
    return Stamp(signed, signed.reopened_on)


def _with_its_page(content: PageContent) -> Any:
    """The signatures of a version, each with the version's state and since when its page is reopened: one query."""
    versions = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(PageContent), object_id=OuterRef("content_id")
    )
    again = Reopened.objects.filter(page=OuterRef("page_id"))
    return (
        SignOff.objects.filter(content_id=content.pk)
        .defer("document")
        .annotate(state=Subquery(versions.values("state")[:1]), reopened_on=Subquery(again.values("since")[:1]))
    )
