"""Signal receivers: what makes the search index again: published pages, facts, the clinic's record, cases."""

from typing import Any

from cms.models import Page, PageContent
from cms.signals import post_obj_operation
from django.db.models import Model
from djangocms_versioning.constants import OPERATION_PUBLISH, OPERATION_UNPUBLISH
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.blocks import who_should_wait
from content.clinic.models import Clinic, Clinician
from content.consent.models import Consent
from content.gallery.models import Case, CasePhoto, Pair
from content.images.models import Photo
from content.library.models import LibraryPicture
from content.search import index
from content.signals import public_content_changed
from content.suitability import page as suitability
from content.treatment.models import Treatment


def connect_receivers() -> None:
    """Connect the receivers."""
    post_version_operation.connect(_on_version_operation, sender=PageContent, dispatch_uid="search")
    post_obj_operation.connect(_on_page_operation, sender=Page, dispatch_uid="search")
    public_content_changed.connect(_on_public_content_changed, dispatch_uid="search")


def _on_version_operation(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    is_replaced = bool(kwargs.get("to_be_published"))  # its successor is indexed right after it
    if operation in {OPERATION_PUBLISH, OPERATION_UNPUBLISH} and not is_replaced:
        for page in [obj.content.page, *obj.content.page.get_descendants()]:  # they go live with it
            index.index_page(page.pk)
        if obj.content.template in who_should_wait.SLOTS:
            for page_id in suitability.live_page_ids():
                index.index_page(page_id)


def _on_page_operation(sender: type[Page], **kwargs: Any) -> None:
    index.index_all_pages()


def _on_public_content_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, Treatment | Clinic | Clinician | LibraryPicture):
        index.index_all_pages()
        return
    codes = _case_codes(instance)
    if codes:
        index.index_cases(codes)


def _case_codes(instance: Model) -> list[str]:
    """Return the codes of the cases that this record belongs to."""
    if isinstance(instance, Case):
        return [instance.code]
    if isinstance(instance, CasePhoto | Pair):
        return [instance.case.code]
    cases = Case.objects.none()
    if isinstance(instance, Photo):
        cases = Case.objects.filter(case_photos__photo=instance)
    elif isinstance(instance, Consent):
        cases = Case.objects.filter(consent=instance)
    return list(cases.values_list("code", flat=True))
