"""What makes the search read again: a page that goes live or off, a fact, the clinic's record, a case."""

from typing import Any

from cms.models import Page, PageContent
from cms.signals import post_obj_operation
from django.db.models import Model
from djangocms_versioning.constants import OPERATION_PUBLISH, OPERATION_UNPUBLISH
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.clinic.models import Clinic, Clinician
from content.consent.models import Consent
from content.gallery.models import Case, CasePhoto, Pair
from content.images.models import Photo
from content.search import index
from content.signals import public_content_changed
from content.treatment.models import Treatment


def watch() -> None:
    """Hear of it wherever it is done."""
    post_version_operation.connect(_follow_version, sender=PageContent, dispatch_uid="search")
    post_obj_operation.connect(_follow_page, sender=Page, dispatch_uid="search")
    public_content_changed.connect(_follow_change, dispatch_uid="search")


def _follow_version(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    is_replaced = bool(kwargs.get("to_be_published"))  # its successor is read in a moment
    if operation in {OPERATION_PUBLISH, OPERATION_UNPUBLISH} and not is_replaced:
        for page in [obj.content.page, *obj.content.page.get_descendants()]:  # those below come and go with it
            index.page(page.pk)


def _follow_page(sender: type[Page], **kwargs: Any) -> None:
    index.pages()


def _follow_change(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, Treatment | Clinic | Clinician):
        index.pages()
        return
    codes = _codes(instance)
    if codes:
        index.cases(codes)


def _codes(instance: Model) -> list[str]:
    """The cases that this record says something of."""
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
