"""What a reader sends: yes or no, then perhaps what was missing."""

from typing import Any

from django import forms

from .models import MAX_LENGTH

PAGE_CHANGED = "This page has changed since you opened it. Please open it again, then tell us."


class PlainTextField(forms.CharField):
    """Words as they are read: what can't be seen is left out, a new line is one sign."""

    def to_python(self, value: Any) -> str:
        """The words without signs that nobody sees."""
        lines = str(value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
        return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in lines).strip()

    def bound_data(self, data: Any, initial: Any) -> str:
        """The box is shown again with what was read of it."""
        return self.to_python(data)


class AnswerForm(forms.Form):
    """Which version of a page, and whether it was clear."""

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
    """What was missing, and the receipt of the answer that it belongs to."""

    receipt = forms.CharField(required=False, widget=forms.HiddenInput)
    words = PlainTextField(
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={
            "max_length": "Please use %(limit_value)d letters or fewer. You have %(show_value)d.",
        },
    )
