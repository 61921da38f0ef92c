"""Two people, or two windows, with one form open: the second save sees what the first one saved, and decides."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.template.loader import render_to_string

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Any]
else:
    FormBase = forms.ModelForm

OPENED_FIELD, OVERWRITE_FIELD = "opened_as", "instead_of"
DELETED = (
    "Not saved: this was deleted while you had it open. What you typed is still below; copy what you need, "
    "then add it anew."
)


@dataclass(frozen=True)
class CurrentValue:
    """What stands in one field now, as staff read it; a line for each row."""

    label: str
    lines: list[str]


def field_digests(record: models.Model, fields: list[Any]) -> str:
    """What these fields of a record hold, as one short word for each: `name:0123456789abcdef`, spaces between."""
    return " ".join(f"{field.name}:{_field_digest(record, field)}" for field in fields)


def _field_digest(record: models.Model, field: Any) -> str:
    """The same for what reads the same: a field of ours may say what that is (`as_read`).

    Nothing is nothing, stored as an empty text or not at all: some forms make one of the other.
    """
    value = field.value_from_object(record)
    if hasattr(field, "normalised"):
        value = field.normalised(value)
    text = json.dumps("" if value is None else value, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changed_values(record: models.Model, fields: list[Any], opened: str) -> list[CurrentValue]:
    """What stands in each field that no longer holds what it held in `opened`; all fields where that isn't known."""
    known = set(opened.split())
    changed = [one for one in fields if f"{one.name}:{_field_digest(record, one)}" not in known]
    return [CurrentValue(str(one.verbose_name).capitalize(), _display_lines(record, one)) for one in changed]


def _display_lines(record: models.Model, field: Any) -> list[str]:
    """A field of ours may say by itself how it is read (`as_lines`)."""
    value = field.value_from_object(record)
    if hasattr(field, "as_lines"):
        said: list[str] = field.as_lines(value)
    elif isinstance(value, bool):
        said = ["Yes" if value else "No"]
    elif field.choices:
        said = [str(dict(field.flatchoices).get(value, value))]
    elif field.is_relation and value:
        said = [str(getattr(record, field.name))]
    else:
        said = str(value if value is not None else "").splitlines()
    return said or ["(empty)"]


class OpenedStateField(forms.CharField):
    """Carries, unseen, what the record held when its form was opened; it is nothing that anybody changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never."""
        return False


class OptimisticLockForm(FormBase):
    """A form of a record that refuses to overwrite what its user has not seen.

    The record is locked from here until it is saved, so that of two saves at one moment only one finds what it expects.
    To be saved in a transaction, as the admin does.
    """

    opened_as = OpenedStateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial[OPENED_FIELD] = field_digests(self.instance, self._compared_fields())

    def clean(self) -> dict[str, Any]:
        """Refuse where the record holds something else than when the form was opened, unless that was seen too."""
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop(OPENED_FIELD, None)
        if not self.instance._state.adding:
            self._refuse_lost_update()
        return cleaned

    def _compared_fields(self) -> list[Any]:
        return [field for field in self.instance._meta.concrete_fields if field.name in self.fields]

    def _refuse_lost_update(self) -> None:
        fields = self._compared_fields()
        records = type(self.instance)._base_manager.all()
        if connection.in_atomic_block:
            records = records.select_for_update()
        try:
            self.instance.refresh_from_db(from_queryset=records)
        except type(self.instance).DoesNotExist:
            raise ValidationError(DELETED, code="deleted") from None
        now, opened = field_digests(self.instance, fields), self.data.get(OPENED_FIELD, "")
        if now not in {opened, self.data.get(OVERWRITE_FIELD)}:
            values = {"now": now, "standing": changed_values(self.instance, fields, opened)}
            raise ValidationError(render_to_string("components/edit_conflict.html", values), code="meanwhile")
        data: Any = self.data
        self.data = data = data.copy()
        data[OPENED_FIELD] = now  # where something else is wrong, the form comes back as one opened now
