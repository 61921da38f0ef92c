"""Optimistic locking of forms: whoever saves second sees what was saved meanwhile, and decides."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.template.loader import render_to_string

from clinic_site.http.line_ends import initial_as_line_feeds

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
    """The value now stored in one field, as staff read it; a line for each row."""

    label: str
    lines: list[str]


def field_digests(record: models.Model, fields: list[Any]) -> str:
    """Return a digest of each field as one string, `name:0123456789abcdef`, separated by spaces."""
    return " ".join(f"{field.name}:{_field_digest(record, field)}" for field in fields)


def _field_digest(record: models.Model, field: Any) -> str:
    """Return the digest of a value, equal for values that read the same (`normalised`, if the field has it).

    None and an empty text are equal: some forms turn one into the other.
    """
    value = field.value_from_object(record)
    if hasattr(field, "normalised"):
        value = field.normalised(value)
    text = json.dumps("" if value is None else value, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changed_values(record: models.Model, fields: list[Any], opened: str) -> list[CurrentValue]:
    """Return the value of each field that has changed since `opened`, or of all fields if that is unknown."""
    digests = set(opened.split())
    changed = [field for field in fields if f"{field.name}:{_field_digest(record, field)}" not in digests]
    return [CurrentValue(str(field.verbose_name).capitalize(), _display_lines(record, field)) for field in changed]


def _display_lines(record: models.Model, field: Any) -> list[str]:
    """Return the value as staff read it, by the field's own `as_lines` if it has one."""
    value = field.value_from_object(record)
    if hasattr(field, "as_lines"):
        lines: list[str] = field.as_lines(value)
    elif isinstance(value, bool):
        lines = ["Yes" if value else "No"]
    elif field.choices:
        lines = [str(dict(field.flatchoices).get(value, value))]
    elif field.is_relation and value:
        lines = [str(getattr(record, field.name))]
    else:
        lines = str(value if value is not None else "").splitlines()
    return lines or ["(empty)"]


class OpenedStateField(forms.CharField):
    """A hidden field with the digests of the record as its form was opened; nobody edits it."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return False always."""
        return False


class OptimisticLockForm(FormBase):
    """A model form that refuses to overwrite what its user has not seen.

    Cleaning locks the record until it is saved, so that of two saves at once only one finds what it expects. Save it in
    a transaction, as the admin does.
    """

    opened_as = OpenedStateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = initial_as_line_feeds(self.initial)
        if not self.instance._state.adding:
            self.initial[OPENED_FIELD] = field_digests(self.instance, self._compared_fields())

    def clean(self) -> dict[str, Any]:
        """Refuse if the record has changed since the form was opened, unless the user has seen that too."""
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
        data[OPENED_FIELD] = now  # if another field is invalid, the form is shown again as opened now
