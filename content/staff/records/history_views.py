"""*Who did what*: the ledger in words, narrowed down by person, page, kind and day."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from content.staff import form_fields
from content.staff.records import history
from content.staff.views import render_page, staff_view

PAGE_SIZE = 50
ANY = [("", "All")]


class HistoryForm(forms.Form):
    """What to narrow the list down by; nothing is required."""

    person = forms.ChoiceField(required=False)
    page = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(required=False, label="What")
    day = form_fields.DayField(required=False, help_text="Leave empty for all days.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", history.people()), ("page", history.pages()), ("kind", history.kinds())):
            self.fields[name].choices = [*ANY, *choices]  # type: ignore[attr-defined]  # of a choice field
            self.fields[name].error_messages["invalid_choice"] = "Choose one from the list."


@staff_view("view_entry")
def index(request: HttpRequest) -> HttpResponse:
    """List what was done, the newest first."""
    form = HistoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = history.entries(
        actor=asked.get("person", ""), page_id=asked.get("page"), kind=asked.get("kind", ""), on=asked.get("day")
    )
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    filters = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    return render_page(
        request,
        "staff/history.html",
        "Who did what",
        help="people",
        form=form,
        rows=history.rows(list(shown), request.user) if form.is_valid() else [],
        shown=shown,
        filters=urlencode(filters),
    )


@staff_view("view_entry")
def override_entry_list(request: HttpRequest) -> HttpResponse:
    """Replace the admin's list of entries."""
    return redirect("staff_history")
