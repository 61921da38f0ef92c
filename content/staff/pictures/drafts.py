"""Drafts hold the newest file of each picture; what is live keeps the file that was signed."""

from typing import Any

from cms.models import PageContent
from django.db import transaction
from djangocms_versioning.constants import DRAFT, OPERATION_DRAFT
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.blocks.picture import use_newest_files
from content.library.models import LibraryPicture
from content.publishing import schedule
from content.reviews.signing import RefusedError, lock_page, locked_version
from content.staff.pictures.usage import contents_with


def connect_receivers() -> None:
    """Connect to new versions: a draft made of an older version gets the newest files too."""
    post_version_operation.connect(_on_version_operation, sender=PageContent, dispatch_uid="pictures")


def _on_version_operation(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    if operation == OPERATION_DRAFT:
        use_newest_files(obj.content)


def update_drafts(picture: LibraryPicture, *, user: Any) -> list[PageContent]:
    """Give the drafts that show `picture` its newest file, and return those that changed.

    Each needs a new signature, because the file is part of what is signed.
    """
    changed = []
    for content in contents_with(picture).filter(versions__state=DRAFT).order_by("page_id"):
        with transaction.atomic():
            lock_page(content.page_id)
            try:
                version = locked_version(content)
            except RefusedError:
                continue  # discarded meanwhile
            if version.state == DRAFT and use_newest_files(content):
                version.save(update_fields=["modified"])
                changed.append(content)
    schedule.hold_back(changed, user=user)
    return changed
