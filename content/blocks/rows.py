"""Lists of short texts on a block: a validated JSON list of rows, edited as one row of boxes after another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from clinic_site.http.whole_number import whole_number

RECOMMENDED_ROWS = 7  # rows of a list; PEMAT and the CDC's Clear Communication Index
EXTRA_ROWS = 3

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column of a list. `choices` makes its input a menu, `is_long` a textarea; `is_address` requires a URL.

    `is_here` says that it is shown on the page of the block itself. A row stored before a column was added lacks its
    key, which counts as an empty cell.
    """

    key: str
    label: str
    max_length: int = 160
    is_required: bool = True
    is_long: bool = False
    is_address: bool = False
    choices: list[tuple[str, str]] = field(default_factory=list)
    is_here: bool = True


def too_few(least: int) -> str:
    """Return the error message for a list that is too short."""
    return f"Fill in at least {least} {'row' if least == 1 else 'rows'}."


def problems(rows: Any, columns: list[Column], least: int, most: int) -> list[str]:
    """Return an error message for each mistake in `rows`, which should be dicts of strings keyed by column."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return ["The rows could not be read. Open the block again and enter them anew."]
    errors = []
    if len(rows) < least:
        errors.append(too_few(least))
    if len(rows) > most:
        errors.append(f"There is room for {most} rows here; there are {len(rows)}. Leave some out.")
    for number, row in enumerate(rows, 1):
        if not {column.key for column in columns if column.is_required} <= set(row) <= {c.key for c in columns}:
            errors.append(f"Row {number} could not be read. Open the block again and enter it anew.")
            continue
        errors += [
            f"Row {number}: {problem}"
            for column in columns
            for problem in _cell_problems(row.get(column.key, ""), column)
        ]
    return errors


def _cell_problems(value: Any, column: Column) -> list[str]:
    if not isinstance(value, str):
        return [f"“{column.label}” could not be read."]
    if not value.strip():
        return [f"“{column.label}” is missing."] if column.is_required else []
    if len(value) > column.max_length:
        return [f"“{column.label}” has {len(value)} characters; {column.max_length} is the most. Shorten it."]
    if any(ord(character) < 32 and character not in "\r\n\t" for character in value):
        return [f"“{column.label}” holds a character that can't be shown. Type it again."]
    if column.choices and value not in dict(column.choices):
        return [f"“{column.label}” must be one of those offered."]
    if column.is_address and not _is_web_address(value):
        return [f"“{column.label}” must be a whole web address, such as https://doi.org/10.1007/s40257-018-0415-0."]
    return []


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        is_plain = value.isprintable() and not set(' "<>[]\\') & set(value) and "@" not in parts.netloc
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and is_plain
    except ValueError:
        return False


MAX_ROW_NUMBER = 999


class RowsWidget(forms.Widget):
    """A group of inputs for each row and a few empty ones, without JavaScript."""

    template_name = "components/rows_widget.html"

    def __init__(self, columns: list[Column], most: int, name: str) -> None:
        super().__init__()
        self.name = name
        self.columns = columns
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context with the rows, then a few empty ones up to the maximum."""
        context = super().get_context(name, value, attrs)
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        shown = min(len(rows) + EXTRA_ROWS, max(self.most, len(rows)))
        context["rows"] = [
            {
                "list": self.name,
                "number": number + 1,
                "order": f"{name}-{number}-order",
                "cells": [
                    {
                        "name": f"{name}-{number}-{column.key}",
                        "value": rows[number].get(column.key, "") if number < len(rows) else "",
                        "column": column,
                    }
                    for column in self.columns
                ],
            }
            for number in range(shown)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """Return the rows as typed without empty ones, each row whose place was changed at that place."""
        numbers = {key.removeprefix(f"{name}-").split("-")[0] for key in data if key.startswith(f"{name}-")}
        rows: list[Row] = []
        moved: list[tuple[int, Row]] = []
        parsed = (whole_number(text, most=MAX_ROW_NUMBER) for text in numbers)
        for number in sorted(number for number in parsed if number is not None):
            row = {
                column.key: str(data.get(f"{name}-{number}-{column.key}", "")).strip().replace("\r\n", "\n")
                for column in self.columns
            }
            if not any(row[column.key] for column in self.columns if not column.choices):
                continue
            place = _position(data.get(f"{name}-{number}-order"))
            if place is None or place == number + 1:
                rows.append(row)
            else:
                moved.append((place, row))
        for place, row in sorted(moved, key=lambda item: item[0]):
            rows.insert(max(place - 1, 0), row)
        return rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return False: without any input the list is empty."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Return no id: each input has its own label."""
        return ""


def _position(typed: Any) -> int | None:
    """Return the place typed, or None if it is no whole number of up to four digits."""
    return whole_number(str(typed).strip(), most=9999)


class RowsFormField(forms.Field):
    """A form field that leaves validation to the model field."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether any row differs."""
        return bool((initial or []) != (data or []))


class RowsField(models.JSONField):
    """A list of rows; `columns` says what each holds, `least` and `most` how many there may be.

    `row_prefix` is the text that the page shows before each row or before all; rows mean nothing without it.
    """

    def __init__(
        self,
        *args: Any,
        columns: list[Column] | None = None,
        least: int = 1,
        most: int = 20,
        row_prefix: str = "",
        **kwargs: Any,
    ) -> None:
        self.columns = columns or []
        self.row_prefix = row_prefix
        self.least = least
        self.most = most
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", least == 0)
        super().__init__(*args, **kwargs)
        self.error_messages["blank"] = too_few(least)

    def deconstruct(self) -> Any:
        """Appear in migrations as a plain JSON field: rows are validated in Python, not by the table."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError with a message for each mistake."""
        super().validate(value, model_instance)
        if errors := problems(value, self.columns, self.least, self.most):
            raise ValidationError(errors)

    def as_lines(self, value: Any) -> list[str]:
        """Return a line for each row, its cells in the order of the form."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        cells = [[str(row.get(column.key, "")) for column in self.columns] for row in rows]
        return [f"{number}. {' · '.join(cell for cell in row if cell)}" for number, row in enumerate(cells, 1)]

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field with a group of inputs for each row."""
        return RowsFormField(
            required=not self.blank,
            error_messages={"required": self.error_messages["blank"]},
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=RowsWidget(self.columns, self.most, str(self.verbose_name).capitalize()),
            initial=[],
        )
