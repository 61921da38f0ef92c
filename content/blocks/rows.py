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
    """One box of a row. `choices` makes it a menu, `is_long` a larger box, `is_address` wants a web address.

    `is_here` says that it is read on the page of the block itself; a row stored before a box was added lacks its key,
    which is the same as an empty box.
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
    """The sentence for a list that is too short."""
    return f"Fill in at least {least} {'row' if least == 1 else 'rows'}."


def problems(rows: Any, columns: list[Column], least: int, most: int) -> list[str]:
    """A sentence for each mistake in `rows`, which should be a list of dicts of strings, one key a column."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return ["The rows could not be read. Open the block again and enter them anew."]
    found = []
    if len(rows) < least:
        found.append(too_few(least))
    if len(rows) > most:
        found.append(f"There is room for {most} rows here; there are {len(rows)}. Leave some out.")
    for number, row in enumerate(rows, 1):
        if not {one.key for one in columns if one.is_required} <= set(row) <= {one.key for one in columns}:
            found.append(f"Row {number} could not be read. Open the block again and enter it anew.")
            continue
        found += [
            f"Row {number}: {problem}"
            for column in columns
            for problem in _cell_problems(row.get(column.key, ""), column)
        ]
    return found


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


MOST_ROWS = 999  # that a form takes


class RowsWidget(forms.Widget):
    """Each row as a group of boxes, and a few empty ones; it works without JavaScript."""

    template_name = "components/rows_widget.html"

    def __init__(self, columns: list[Column], most: int, name: str) -> None:
        super().__init__()
        self.name = name
        self.columns = columns
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows there are, and empty ones up to the most there may be."""
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
        """The rows as typed without the empty ones; a row whose place was changed goes to just that place."""
        numbers = {key.removeprefix(f"{name}-").split("-")[0] for key in data if key.startswith(f"{name}-")}
        kept: list[Row] = []
        moved: list[tuple[int, Row]] = []
        known = (whole_number(text, most=MOST_ROWS) for text in numbers)
        for number in sorted(number for number in known if number is not None):
            row = {
                column.key: str(data.get(f"{name}-{number}-{column.key}", "")).strip().replace("\r\n", "\n")
                for column in self.columns
            }
            if not any(row[column.key] for column in self.columns if not column.choices):
                continue
            place = _position(data.get(f"{name}-{number}-order"))
            if place is None or place == number + 1:
                kept.append(row)
            else:
                moved.append((place, row))
        for place, row in sorted(moved, key=lambda item: item[0]):
            kept.insert(max(place - 1, 0), row)
        return kept

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Never: all boxes empty means no rows."""
        return False

    def id_for_label(self, id_: str) -> str:
        """None: each box has a label of its own."""
        return ""


def _position(asked: Any) -> int | None:
    """The place typed, or None where it is no whole number of up to four digits."""
    return whole_number(str(asked).strip(), most=9999)


class RowsFormField(forms.Field):
    """Passes rows on; the model field says what is wrong with them."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether any row differs."""
        return bool((initial or []) != (data or []))


class RowsField(models.JSONField):
    """A list of rows; `columns` says what each holds, `least` and `most` how many there may be."""

    def __init__(
        self, *args: Any, columns: list[Column] | None = None, least: int = 1, most: int = 20, **kwargs: Any
    ) -> None:
        self.columns = columns or []
        self.least = least
        self.most = most
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", least == 0)
        super().__init__(*args, **kwargs)
        self.error_messages["blank"] = too_few(least)

    def deconstruct(self) -> Any:
        """A plain JSON field to migrations: what rows may hold is checked when they are saved, not by the table."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError with a sentence for each mistake."""
        super().validate(value, model_instance)
        if found := problems(value, self.columns, self.least, self.most):
            raise ValidationError(found)

    def as_lines(self, value: Any) -> list[str]:
        """A line for each row, its cells in the order of the form."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        cells = [[str(row.get(column.key, "")) for column in self.columns] for row in rows]
        return [f"{number}. {' · '.join(cell for cell in row if cell)}" for number, row in enumerate(cells, 1)]

    def formfield(self, **kwargs: Any) -> Any:
        """One row of boxes after another."""
        return RowsFormField(
            required=not self.blank,
            error_messages={"required": self.error_messages["blank"]},
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=RowsWidget(self.columns, self.most, str(self.verbose_name).capitalize()),
            initial=[],
        )
