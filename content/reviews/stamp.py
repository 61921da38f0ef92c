"""What patients read under a page about its review: by whom, when, and when next; from the signature alone."""

from dataclasses import dataclass
from datetime import date

from cms.models import PageContent
from djangocms_versioning.constants import PUBLISHED

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
    signed = SignOff.objects.filter(content_id=content.pk).defer("document").first()
    if signed is None:
        return None
    if content.versions.get().state != PUBLISHED:
        return Stamp(signed) if rules.valid_signature(content) else None
    again = Reopened.objects.filter(page=content.page_id).values_list("since", flat=True).first()
    return Stamp(signed, again)
