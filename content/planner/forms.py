"""The planner's form: read from the address, answered on the page, and never kept anywhere."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from clinic_site.http.whole_number import whole_number
from content.gallery.choices import BodyArea
from content.gallery.facets import slug
from content.treatment.models import Treatment

from .plan import Away

MAX_SESSIONS = 8
MAX_JOURNEYS = 3
MAX_YEARS_AHEAD, MAX_YEARS_AWAY = 2, 4  # years ahead: the first session, and days away during a long course
MAX_YEARS_BACK = 1  # years ago: nobody has been away for longer, and a calendar that began with year 1 has none before
INPUT_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
LOOKS_LIKE_A_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2} \w{3,9} \d{4}")
AREAS = {slug(value): label for value, label in BodyArea.choices}


class DayField(forms.Field):
    """A day of the calendar, from a browser's own box or typed."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> date | None:
        """The day; raises ValidationError with a sentence where there is none such."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        for written in INPUT_FORMATS:
            try:
                return datetime.strptime(text, written).date()  # noqa: DTZ007  a day, no instant
            except ValueError:
                continue
        if LOOKS_LIKE_A_DAY.fullmatch(text):
            raise ValidationError("There is no such day in the calendar. Choose another.")
        raise ValidationError("Write the day like this: 31/03/2027.")


class SessionsField(forms.Field):
    """How many sessions."""

    def to_python(self, value: Any) -> int | None:
        """The number; raises ValidationError for anything but 1 to 8."""
        text = str(value or "").strip()
        if not text:
            return None
        number = whole_number(text, most=MAX_SESSIONS)
        if not number:
            raise ValidationError(f"Choose a number from 1 to {MAX_SESSIONS}.")
        return number


class DayInput(NamedTuple):
    """A day's box: a browser's own calendar, or plain text where what was typed is no day."""

    field: BoundField
    kind: str
    value: str


class Journey(NamedTuple):
    """The boxes of one journey."""

    number: int
    first: DayInput
    last: DayInput
    is_sunny: BoundField


class PlanForm(forms.Form):
    """First day and number of sessions; if the reader likes, the area of the body and days away."""

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
        """The names of all its boxes, as they stand in an address."""
        journeys = range(1, MAX_JOURNEYS + 1)
        return [*cls.base_fields, *(f"{name}{number}" for number in journeys for name in ("from", "to", "sun"))]

    @classmethod
    def has_query(cls, data: Mapping[str, Any]) -> bool:
        """Whether an address asks for a plan at all."""
        return any(name in data for name in ("first", "sessions", "from1"))

    def clean_first(self) -> date:
        """Not over yet, and not so far ahead that nobody can promise it."""
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
        """One of those there are, or none."""
        area: str = self.cleaned_data["area"]
        if area and area not in AREAS:
            raise ValidationError("Choose an area from the list, or none.")
        return area

    def clean(self) -> dict[str, Any]:
        """Each journey: both days or none, in their order, not over and not too far ahead."""
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
        """The journeys of a form that is valid."""
        found = []
        for number in range(1, MAX_JOURNEYS + 1):
            first, last = self.cleaned_data[f"from{number}"], self.cleaned_data[f"to{number}"]
            if first and last:
                found.append(Away(first, last, is_sunny=self.cleaned_data[f"sun{number}"]))
        return found

    def first_day_input(self) -> DayInput:
        """The box of the first session."""
        return self.day_input("first")

    def day_input(self, name: str) -> DayInput:
        """The box of a day, with what was typed."""
        typed = str(self[name].value() or "")
        try:
            day = DayField(required=False).clean(typed)
        except ValidationError:
            return DayInput(self[name], "text", typed)
        return DayInput(self[name], "date", day.isoformat() if day else "")

    def areas(self) -> list[tuple[str, str]]:
        """The areas to choose from, as they stand in an address, and their names."""
        return list(AREAS.items())

    def has_journeys(self) -> bool:
        """Whether a box of a journey is filled in."""
        return any(self.data.get(f"{name}{number}") for number in range(1, MAX_JOURNEYS + 1) for name in ("from", "to"))

    def journeys(self) -> list[Journey]:
        """The boxes, one journey after another."""
        return [
            Journey(number, self.day_input(f"from{number}"), self.day_input(f"to{number}"), self[f"sun{number}"])
            for number in range(1, MAX_JOURNEYS + 1)
        ]

    def problems(self) -> list[tuple[BoundField, str]]:
        """Each box with a mistake, in the order of the form, and what is wrong."""
        return [(self[name], str(errors[0])) for name in self.fields if (errors := self.errors.get(name))]


def years_after(on: date, years: int) -> date:
    """The same day that many years later, or earlier; the day after it where that year has no 29 February."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return (on + timedelta(days=1)).replace(year=on.year + years)
