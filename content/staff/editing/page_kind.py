"""The kind of a page is its template: set when the page is made, and never changed.

Each kind has slots of its own; under another template the blocks of the old slots would stay in the version, unseen.
"""

import re
from typing import Any

from cms.models import PageContent
from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse

from content.cms_adapter import page_forms
from content.pages import CLINIC, GALLERY, TOPIC
from content.reviews.rules import MEDICAL_TEMPLATES
from content.treatment.tokens import TOKEN_NAMES, validate_tokens

QUOTING_HELP = f"It may quote facts by their names: {TOKEN_NAMES}."
FIELD_TEXTS = {
    "title": ("Title", f"The large words at the top of the page. {QUOTING_HELP}"),
    "slug": ("Address", "The last part of the page's address, in small letters with hyphens, such as your-session"),
    "menu_title": ("Short name", "For the menu. Leave empty to use the title."),
    "page_title": ("Title in the browser's tab", "Leave empty to use the title."),
    "meta_description": ("First sentence", f"Patients read it under the title, search engines show it. {QUOTING_HELP}"),
}
UNUSED_FIELDS = {"template", "soft_root", "limit_visibility_in_menu"}  # a page keeps to its kind; menus read no more
RESERVED_PATHS = {
    "admin",
    "cards",
    "is-it-right",
    "livez",
    "photographs",
    "readyz",
    "search",
    "staff",
    "static",
    "was-this-clear",
    "whole-guide",
}


def connect_receivers() -> None:
    """Listen to every save of a page's content."""
    pre_save.connect(enforce_template, sender=PageContent, dispatch_uid="page_kind")


def adapt_page_forms() -> None:
    """Check a page's texts and addresses in the CMS's forms, and say there what they are."""
    for name in ("title", "menu_title", "page_title", "meta_description"):
        page_forms.add_validator(name, validate_tokens)
    page_forms.add_validator("slug", validate_address)
    page_forms.add_validator("overwrite_url", validate_address)
    page_forms.add_validator("redirect", validate_redirect)
    page_forms.install_settings_form(unused=UNUSED_FIELDS, texts=FIELD_TEXTS)


def validate_address(value: str) -> None:
    """Refuse an address that is not a plain path, or whose first part belongs to the site itself."""
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", value.strip("/")):
        raise ValidationError("Write the address with small letters, digits and hyphens, such as your-session.")
    if value.strip("/").split("/")[0] in RESERVED_PATHS:
        raise ValidationError(f"The address “{value}” is used by the site itself. Choose another.")


def validate_redirect(value: str) -> None:
    """Refuse a redirect that leaves this site."""
    if not re.fullmatch(r"/([a-z0-9-]+/)*", value):
        raise ValidationError("Write an address of this site, such as /contact/.")


def enforce_template(sender: type[PageContent], instance: PageContent, raw: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002  a signal's signature
    """Give a new page the kind that fits its place; raise ValidationError if a saved one would change."""
    if raw:
        return
    if instance.template not in dict(settings.CMS_TEMPLATES):
        raise ValidationError("A page is of one of the kinds that this site has.")
    versions = PageContent.admin_manager.filter(page_id=instance.page_id)
    if not instance._state.adding:
        stored_template = versions.filter(pk=instance.pk).values_list("template", flat=True).first()
        if stored_template is not None and stored_template != instance.template:
            raise ValidationError("A page keeps to its kind. Make a new page of the other kind instead.")
    elif instance.template == CLINIC and not versions.exists() and instance.page.parent is not None:
        parent_templates = PageContent.admin_manager.filter(page=instance.page.parent).values_list(
            "template", flat=True
        )
        if MEDICAL_TEMPLATES & set(parent_templates):
            instance.template = TOPIC
    elif instance.template == GALLERY and not versions.exists() and _has_gallery():
        instance.template = CLINIC  # a copy: the list of cases has one place


def _has_gallery() -> bool:
    return bool(PageContent.admin_manager.filter(template=GALLERY).exists())


@staff_member_required
def refuse_template_change(request: HttpRequest, page_content_id: int) -> HttpResponse:
    """Replace the CMS's "change template"."""
    raise PermissionDenied("A page keeps to its kind. Make a new page of the other kind instead.")


@staff_member_required
def refuse_wizard(request: HttpRequest) -> HttpResponse:
    """Replace the CMS's wizard, which makes pages without a kind."""
    raise PermissionDenied("Make a new page under Pages: “Another page of the clinic’s own”.")
