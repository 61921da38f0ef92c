"""A page keeps to its kind: its template is set when it is made, and nobody changes it afterwards.

Each kind has slots of its own; under another template the blocks of the old slots would stay in the version, unseen.
"""

from typing import Any

from cms.models import PageContent
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields import CharField
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse

from content.treatment.tokens import validate_tokens

CLINIC, TOPIC = "pages/clinic.html", "pages/topic.html"
ABOUT_A_TREATMENT = {"pages/treatment.html", TOPIC}


def watch() -> None:
    """Listen to every save of a page's content, and check its texts for facts that are none."""
    pre_save.connect(keep_to_kind, sender=PageContent, dispatch_uid="page_kind")
    for name in ("title", "menu_title", "page_title", "meta_description"):
        field: CharField[Any, Any] = PageContent._meta.get_field(name)
        if validate_tokens not in field.validators:
            field.validators.append(validate_tokens)


def keep_to_kind(sender: type[PageContent], instance: PageContent, raw: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002  a signal's signature
    """Give a new page the kind that belongs to its place; raise ValidationError where an old one would change."""
    if raw:
        return
    others = PageContent.admin_manager.filter(page_id=instance.page_id)
    if not instance._state.adding:
        kept = others.filter(pk=instance.pk).values_list("template", flat=True).first()
        if kept is not None and kept != instance.template:
            raise ValidationError("A page keeps to its kind. Make a new page of the other kind instead.")
    elif instance.template == CLINIC and not others.exists() and instance.page.parent is not None:
        above = PageContent.admin_manager.filter(page=instance.page.parent).values_list("template", flat=True)
        if ABOUT_A_TREATMENT & set(above):
            instance.template = TOPIC


@staff_member_required
def refuse(request: HttpRequest, page_content_id: int) -> HttpResponse:
    """Stands in front of the CMS's own "change template"."""
    raise PermissionDenied("A page keeps to its kind. Make a new page of the other kind instead.")
