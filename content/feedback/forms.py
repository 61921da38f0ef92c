"""The forms for readers: yes or no, then in their own words what was missing."""

from typing import Any

from django import forms

from clinic_site.http.typed_text import clean_lines

from .models import MAX_LENGTH

PAGE_CHANGED = "This page has changed since you opened it. Please open it again, then tell us."


class PlainTextField(forms.CharField):
    """Text in any script, without control characters, its line ends normalised to "\\n"."""

    def to_python(self, value: Any) -> str:
        """Return the text as `clean_lines` does."""
        return clean_lines(str(value or ""))

    def bound_data(self, data: Any, initial: Any) -> str:
        """Return the cleaned text, so that the form shows it again as it was read."""
        return self.to_python(data)


class AnswerForm(forms.Form):
    """The id of the page's version, and whether it was clear."""

    page = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"invalid": PAGE_CHANGED},
    )
    clear = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Press Yes or No.", "invalid_choice": "Press Yes or No."},
    )


class WordsForm(forms.Form):
    """A reader's words, and the receipt of the answer that they belong to."""

    receipt = forms.CharField(required=False, widget=forms.HiddenInput)
    words = PlainTextField(
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={
            "max_length": "Please use %(limit_value)d letters or fewer. You have %(show_value)d.",
        },
    )
