"""The planner's form, read from the query of a URL; nothing of it is stored."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from clinic_site.http.typed_day import NotADayError, parse_day
from clinic_site.http.whole_number import whole_number
from content.gallery.choices import BodyArea
from content.gallery.facets import slug
from content.treatment.models import Treatment

from . import summaries
from .plan import Away

MAX_SESSIONS = 8
MAX_JOURNEYS = 3
MAX_YEARS_AHEAD, MAX_YEARS_AWAY = 2, 4  # of the first session, and of days away during a long course
MAX_YEARS_BACK = 1  # of days away that began already: longer is a typing error, and the year 1 has no day before it
AREAS = {slug(value): label for value, label in BodyArea.choices}


class DayField(forms.Field):
    """A date, from a browser's date picker or typed."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> date | None:
        """Return the date, None if empty; raises ValidationError if it is none."""
        text = str(value or "").strip()
        try:
            return parse_day(text, has_short_years=True) if text else None
        except NotADayError as error:
            raise ValidationError(str(error)) from None


class SessionsField(forms.Field):
    """The number of sessions of a course."""

    def to_python(self, value: Any) -> int | None:
        """Return the number, None if empty; raises ValidationError for anything but 1 to 8."""
        text = str(value or "").strip()
        if not text:
            return None
        number = whole_number(text, most=MAX_SESSIONS)
        if not number:
            raise ValidationError(f"Choose a number from 1 to {MAX_SESSIONS}.")
        return number


class DayInput(NamedTuple):
    """The input of a date: of type date, or of type text where what was typed is no date.

    `words` says which day was understood.
    """

    field: BoundField
    kind: str
    value: str
    words: str = ""


class Journey(NamedTuple):
    """The inputs of one journey."""

    number: int
    first: DayInput
    last: DayInput
    is_sunny: BoundField


class PlanForm(forms.Form):
    """First day and number of sessions; optionally the area of the body and days away."""

    first = DayField(label="First session", error_messages={"required": "Choose the day of your first session."})
    sessions = SessionsField(label="Number of sessions", error_messages={"required": "Choose how many sessions."})
    area = forms.CharField(label="Area of your body", required=False)
    say = forms.BooleanField(label="Say in the calendar what the appointments are for", required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, on: date, treatment: Treatment) -> None:
        self.on = on
        usual = (treatment.usual_sessions_min + treatment.usual_sessions_max) // 2
        super().__init__(data, initial={"sessions": min(usual, MAX_SESSIONS)})
        for number in range(1, MAX_JOURNEYS + 1):
            self.fields[f"from{number}"] = DayField(label="From", required=False)
            self.fields[f"to{number}"] = DayField(label="To", required=False)
            self.fields[f"sun{number}"] = forms.BooleanField(label="In the sun", required=False)

    @classmethod
    def field_names(cls) -> list[str]:
        """Return the names of all fields, which are the query's parameters."""
        journeys = range(1, MAX_JOURNEYS + 1)
        return [*cls.base_fields, *(f"{name}{number}" for number in journeys for name in ("from", "to", "sun"))]

    @classmethod
    def has_query(cls, data: Mapping[str, Any]) -> bool:
        """Return whether a query asks for a plan at all."""
        return any(name in data for name in ("first", "sessions", "from1"))

    def clean_first(self) -> date:
        """Refuse a day in the past, or so far ahead that nobody can promise it."""
        first: date = self.cleaned_data["first"]
        if first < self.on:
            raise ValidationError(
                "This day is over. Choose today or a later day. If your course has begun, choose the day of your next "
                "session, and how many are left."
            )
        if first > years_after(self.on, MAX_YEARS_AHEAD):
            raise ValidationError(f"This day is far ahead. Choose one in the next {MAX_YEARS_AHEAD} years.")
        return first

    def clean_area(self) -> str:
        """Refuse an unknown area."""
        area: str = self.cleaned_data["area"]
        if area and area not in AREAS:
            raise ValidationError("Choose an area from the list, or none.")
        return area

    def clean(self) -> dict[str, Any]:
        """Refuse a journey with one day missing, days out of order, all in the past or too far ahead."""
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, MAX_JOURNEYS + 1):
            names = f"from{number}", f"to{number}"
            if not any(name in self.errors for name in names):
                self._check_journey(*names, self.cleaned_data[names[0]], self.cleaned_data[names[1]])
        return cleaned

    def _check_journey(self, name: str, other: str, first: date | None, last: date | None) -> None:
        if first is None and last is None:
            return
        if first is None:
            self.add_error(name, "Choose the first day of your time away too.")
        elif last is None:
            self.add_error(other, "Choose the last day of your time away too.")
        elif last < first:
            self.add_error(other, "The last day away can’t be before the first.")
        elif last < self.on:
            self.add_error(other, "These days are over. Leave them out, or choose later ones.")
        elif first < years_after(self.on, -MAX_YEARS_BACK):
            self.add_error(name, "This day is long past. Choose a later one.")
        elif last > years_after(self.on, MAX_YEARS_AWAY):
            self.add_error(other, f"These days are far ahead. Choose days in the next {MAX_YEARS_AWAY} years.")

    def away(self) -> list[Away]:
        """Return the journeys of a valid form."""
        journeys = []
        for number in range(1, MAX_JOURNEYS + 1):
            first, last = self.cleaned_data[f"from{number}"], self.cleaned_data[f"to{number}"]
            if first and last:
                journeys.append(Away(first, last, is_sunny=self.cleaned_data[f"sun{number}"]))
        return journeys

    def first_day_input(self) -> DayInput:
        """Return the input of the first session."""
        return self.day_input("first")

    def day_input(self, name: str) -> DayInput:
        """Return the input of a date with what was typed."""
        typed = str(self[name].value() or "")
        try:
            day = DayField(required=False).clean(typed)
        except ValidationError:
            return DayInput(self[name], "date" if _is_date_value(typed) else "text", typed)
        if day is None:
            return DayInput(self[name], "date", "")
        return DayInput(self[name], "date", day.isoformat(), summaries.format_day(day))

    def areas(self) -> list[tuple[str, str]]:
        """Return the areas to choose from as (slug, label)."""
        return list(AREAS.items())

    def has_journeys(self) -> bool:
        """Return whether any date of a journey is filled in."""
        return any(self.data.get(f"{name}{number}") for number in range(1, MAX_JOURNEYS + 1) for name in ("from", "to"))

    def journeys(self) -> list[Journey]:
        """Return the inputs, one journey after another."""
        return [
            Journey(number, self.day_input(f"from{number}"), self.day_input(f"to{number}"), self[f"sun{number}"])
            for number in range(1, MAX_JOURNEYS + 1)
        ]

    def problems(self) -> list[tuple[BoundField, str]]:
        """Return each field with an error and its first message, in the order of the form."""
        return [(self[name], str(errors[0])) for name in self.fields if (errors := self.errors.get(name))]


def _is_date_value(text: str) -> bool:
    """Return whether an input of type date can show the text, as it can the year 0027."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def years_after(on: date, years: int) -> date:
    """Return the same day `years` later (earlier if negative), or 1 March where that year has no 29 February."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return (on + timedelta(days=1)).replace(year=on.year + years)
