"""Admin forms for people who may look at a record but not change it."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest


class ReadOnlyFormMixin:
    """A ModelAdmin whose form, for those who may not change the record, shows only what is stored.

    Django would list the form's other boxes too, such as the one for a file, and call each of them empty.
    """

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return the fieldsets, without boxes that are no field of the record if it can't be changed."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]  # ModelAdmin's
        if obj is None or self.has_change_permission(request, obj):  # type: ignore[attr-defined]  # ModelAdmin's
            return fieldsets
        stored = {field.name for field in obj._meta.get_fields()}

        def kept(names: Any) -> list[Any]:
            return [name for name in names if isinstance(name, tuple) or name in stored]  # a tuple is a row of facts

        return [(title, {**options, "fields": kept(options["fields"])}) for title, options in fieldsets]
