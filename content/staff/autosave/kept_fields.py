"""Which fields of a page's forms may be kept: decided by the fields themselves, never by what a browser sends."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cms.models import CMSPlugin
from django import forms
from django.contrib.admin.helpers import AdminForm
from django.db.models import Model
from django.forms.boundfield import BoundField

from content.blocks.rows import RowsWidget
from content.optimistic_lock import OpenedStateField

MAX_DEPTH = 4  # of lists inside lists in the context of a page
#: What tells a browser not to remember a field either: passwords, codes from a telephone, reference codes.
SECRET_AUTOCOMPLETE = {"off", "one-time-code", "current-password", "new-password"}
ROW = "-*"  # ends the name that stands for all boxes of a list of rows


def forms_in(value: Any, depth: int = 0) -> Iterator[forms.BaseForm]:
    """Yield the forms in the context of a page, also those in lists and dictionaries."""
    if isinstance(value, AdminForm):
        yield value.form
    elif isinstance(value, forms.BaseForm):
        yield value
    elif isinstance(value, dict | list | tuple) and depth < MAX_DEPTH:
        for item in value.values() if isinstance(value, dict) else value:
            yield from forms_in(item, depth + 1)


def kept_names(page_forms: Iterable[forms.BaseForm]) -> list[str]:
    """Return the names under which the fields that may be kept are sent, sorted; a list of rows as "rows-*"."""
    return sorted({name for form in page_forms for bound in form for name in _names(bound)})


def record_name(record: Model) -> str:
    """Return how a kept text names the record of its form: a block of any kind as the CMS's."""
    model = CMSPlugin if isinstance(record, CMSPlugin) else type(record)
    return f"{model._meta.label_lower}:{record.pk}"


def select(sent: Iterable[tuple[str, str]], names: Iterable[str]) -> list[tuple[str, str]]:
    """Return those of the (name, value) pairs whose names are among the kept ones."""
    exact = set(names)
    return [(name, value) for name, value in sent if name in exact or f"{_list_name(name)}{ROW}" in exact]


def _list_name(name: str) -> str:
    """Return the name of the list of which this is a box, such as "rows" for "rows-0-text", or ""."""
    match = re.fullmatch(r"(\w+)-\d{1,3}-\w{1,40}", name)
    return match[1] if match else ""


def _names(bound: BoundField) -> list[str]:
    widget = bound.field.widget
    if bound.field.disabled or _is_secret(bound):
        return []
    if isinstance(widget, RowsWidget):
        return [f"{bound.html_name}{ROW}"]
    if isinstance(widget, forms.MultiWidget):
        return [f"{bound.html_name}_{at}" for at in range(len(widget.widgets))]
    return [bound.html_name]


def _is_secret(bound: BoundField) -> bool:
    """Return whether a field holds a password, a code, a file, or something hidden that nobody types."""
    field, widget = bound.field, bound.field.widget
    if bound.is_hidden:
        return not isinstance(field, OpenedStateField)  # with it a save still says what others saved meanwhile
    return (
        isinstance(field, forms.FileField)
        or getattr(widget, "input_type", "") in {"password", "file"}
        or widget.attrs.get("autocomplete") in SECRET_AUTOCOMPLETE
    )
