"""Form fields that several of the staff's forms share: a day, a time of day, and the password or code of a signer."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.http.typed_day import NotADayError, parse_day
from content.publishing import schedule


class DayInput(forms.DateInput):
    """A date input, for which telephones show a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date from a calendar or typed, the day before the month, its year always with four digits."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """Return the date, None if empty; raises ValidationError if it is none."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_day(str(value))
        except NotADayError as error:
            raise ValidationError(str(error)) from None


def day_field(label: str = "Day", *, missing: str = "Choose a day.") -> DayField:
    """Return a required date field with a calendar; `missing` is its error message when it is left empty."""
    return DayField(label=label, error_messages={"required": missing})


def time_field(*, help_text: str = "", is_required: bool = True) -> forms.TimeField:
    """Return a field for hours and minutes of the clinic's local time."""
    return forms.TimeField(
        required=is_required,
        help_text=help_text,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Choose a time of day.", "invalid": "Write the time as in 09:30."},
    )


def combine_local(on: date, at: time) -> datetime:
    """Return the UTC instant of a local day and time; raise ValidationError where the clocks skip that time."""
    try:
        return schedule.to_utc(datetime.combine(on, at), timezone.get_default_timezone())
    except schedule.NoSuchTimeError as error:
        raise ValidationError(str(error)) from None
    except OverflowError:
        raise ValidationError("Choose a day of this century.") from None


def reauthentication_field() -> forms.CharField:
    """Return the field for a password or code, which `reauthenticate.verify_credentials` checks."""
    return forms.CharField(
        label="Your password, or a code from your telephone",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password or a code: a signature is yours alone."},
    )


class WordsField(forms.CharField):
    """A few sentences of plain text, whose line ends count as the browser counts them."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        """Return the text, stripped, with the CRLF that browsers send turned into LF."""
        return str(super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value))


def comment_field(*, label: str, help_text: str, longest: int) -> WordsField:
    """Return the required field for what somebody says who sends something back."""
    return WordsField(
        label=label,
        help_text=help_text,
        max_length=longest,
        error_messages={
            "required": "Say what has to change, so that whoever asked knows what to do.",
            "max_length": "That has %(show_value)s characters; %(limit_value)s is the most. Shorten it.",
        },
    )


def limit_choices(field: forms.Field, records: QuerySet[Any]) -> None:
    """Limit the choices of a ModelChoiceField to `records`."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  narrows the type of a declared field
    field.queryset = records
