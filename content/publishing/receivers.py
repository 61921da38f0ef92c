"""Signal receivers: what follows when a page goes live or offline, and when something that pages quote changes."""

from typing import Any

from cms.models import Page, PageContent, PageUrl
from cms.signals import post_obj_operation, pre_obj_operation
from django.contrib.sites.models import Site
from django.core.signals import got_request_exception
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from djangocms_versioning.constants import OPERATION_ARCHIVE, OPERATION_PUBLISH, OPERATION_UNPUBLISH
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation, pre_version_operation

from content.blocks import who_should_wait
from content.clinic.models import Clinic, Clinician
from content.cms_adapter import versioning
from content.library.models import LibraryPicture, Portrait
from content.publishing import database_outage, offline, page_cache_builder, snapshots, url_history
from content.publishing.models import Address, Schedule
from content.reviews.models import Reopened, SignOff
from content.signals import public_content_changed
from content.suitability import page as suitability
from content.treatment import tokens
from content.treatment.models import Treatment

RENDERED_MODELS = (Reopened, PageUrl, Address, Site)  # beside those that `public_content_changed` announces


def connect_receivers() -> None:
    """Connect the receivers, whether a change is made on this site's pages, on the CMS's own, or in Python."""
    versioning.require_to_unpublish(_check_not_home)
    pre_version_operation.connect(_refuse_unpublishing_home, sender=PageContent, dispatch_uid="publishing")
    post_version_operation.connect(_on_version_operation, sender=PageContent, dispatch_uid="publishing")
    post_obj_operation.connect(_on_page_operation, sender=Page, dispatch_uid="publishing")
    post_save.connect(_on_sign_off_saved, sender=SignOff, dispatch_uid="publishing")
    public_content_changed.connect(_on_public_content_changed, dispatch_uid="publishing")
    for signal in (pre_version_operation, post_version_operation):  # before too: not everyone opens a transaction
        signal.connect(_invalidate_for_version, sender=PageContent, dispatch_uid="page cache")
    for signal in (pre_obj_operation, post_obj_operation, public_content_changed):
        signal.connect(_invalidate_page_cache, dispatch_uid="page cache")
    for model in RENDERED_MODELS:
        for signal in (post_save, post_delete):
            signal.connect(_invalidate_page_cache, sender=model, dispatch_uid="page cache")
    post_save.connect(_invalidate_for_live_content, sender=PageContent, dispatch_uid="page cache")
    got_request_exception.connect(database_outage.mark_outage, dispatch_uid="database outage")


def _invalidate_page_cache(sender: type[Model], **kwargs: Any) -> None:
    """Invalidate in the transaction of the change, so that no reader gets an older page once it has committed."""
    page_cache_builder.invalidate()


def _invalidate_for_version(sender: type[PageContent], operation: str, **kwargs: Any) -> None:
    if operation in {OPERATION_PUBLISH, OPERATION_UNPUBLISH}:
        page_cache_builder.invalidate()


def _invalidate_for_live_content(sender: type[PageContent], instance: PageContent, **kwargs: Any) -> None:
    """Invalidate unless the version is a draft, which no reader sees."""
    if PageContent.objects.filter(pk=instance.pk).exists():
        page_cache_builder.invalidate()


def _check_not_home(version: Version, user: Any) -> None:
    if isinstance(version.content, PageContent) and version.content.page.is_home:
        raise ConditionFailed(offline.HOME_STAYS)


def _refuse_unpublishing_home(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Raise ConditionFailed if the home page would go offline without another version taking its place."""
    if operation == OPERATION_UNPUBLISH and not kwargs.get("to_be_published") and obj.content.page.is_home:
        raise ConditionFailed(offline.HOME_STAYS)


def _on_version_operation(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Record the URLs, enqueue snapshots and delete the schedule, in the transaction of the change."""
    page = obj.content.page
    if operation in {OPERATION_PUBLISH, OPERATION_ARCHIVE}:
        Schedule.objects.filter(content=obj.content).delete()
    if operation == OPERATION_PUBLISH:
        url_history.record_current_urls()
        action = "published"
    elif operation == OPERATION_UNPUBLISH and not kwargs.get("to_be_published"):
        action = "taken offline"
    else:
        return
    below = page.get_descendants().values_list("pk", flat=True)  # their addresses come and go with its own
    snapshots.enqueue([page.pk], because=action, now=obj.modified)
    snapshots.enqueue(below, because=f"a page above it was {action}", now=obj.modified)
    if obj.content.template in who_should_wait.SLOTS:
        asking = suitability.live_page_ids()
        snapshots.enqueue(asking, because=f"a page that may say who should wait was {action}", now=obj.modified)


def _on_page_operation(sender: type[Page], **kwargs: Any) -> None:
    """Record the URLs: a page that was moved has a new one at once, and so have those below it."""
    url_history.record_current_urls()


def _on_sign_off_saved(sender: type[SignOff], instance: SignOff, **kwargs: Any) -> None:
    """Update a live page, which shows by whom and when it was reviewed."""
    if PageContent.objects.filter(pk=instance.content_id).exists():
        page_cache_builder.invalidate()
        snapshots.enqueue([instance.page_id], because="signed", now=instance.signed_at)


def _on_public_content_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Enqueue snapshots of all pages, any of which may quote the fact or the clinic's record."""
    if isinstance(instance, Treatment):
        changed = tokens.describe_changes(instance.as_loaded(), instance)
        because = f"a fact was changed: {changed}" if changed else "a treatment was changed"
    elif isinstance(instance, Clinic | Clinician):
        because = "the clinic’s record was changed"
    elif isinstance(instance, LibraryPicture) and instance.taken_down_at:
        because = "a photograph was taken down"
    elif isinstance(instance, Portrait):
        because = "a portrait was changed"
    else:
        return
    snapshots.enqueue(snapshots.live_page_ids(), because=because, now=timezone.now())
