"""The CMS's forms of a page: which form is used, its fields, and their labels."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from cms.admin.forms import AddPageForm, ChangePageForm
from cms.admin.pageadmin import PageContentAdmin
from cms.models import PageContent
from django.db.models.fields import CharField

from content import optimistic_lock


class PageSettingsForm(optimistic_lock.OptimisticLockForm, ChangePageForm):
    """The CMS's form of a page's title, description and address, with an optimistic lock."""


def install_settings_form(*, unused: Collection[str], texts: Mapping[str, tuple[str, str]]) -> None:
    """Use our form for a page's settings, without the `unused` fields; `texts` are each field's label and help.

    Called once, when the apps are ready.
    """
    PageSettingsForm.fieldsets = [
        (title, {**options, "fields": [name for name in options["fields"] if name not in unused]})
        for title, options in ChangePageForm.fieldsets
    ]
    PageSettingsForm.fieldsets[0][1]["fields"].append(optimistic_lock.OPENED_FIELD)
    PageContentAdmin.change_form = PageSettingsForm
    for form in (AddPageForm, PageSettingsForm):
        for name, (label, help_text) in texts.items():
            form.base_fields[name].label, form.base_fields[name].help_text = label, help_text


def add_validator(field_name: str, validator: Callable[[str], None]) -> None:
    """Add a validator to a field of `PageContent`, and so to every form of it, once."""
    field: CharField[Any, Any] = PageContent._meta.get_field(field_name)
    if validator not in field.validators:
        field.validators.append(validator)
