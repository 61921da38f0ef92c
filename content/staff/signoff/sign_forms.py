"""The forms by which somebody asks for a draft, signs it, or sends it back."""

from django import forms

from content.outcomes.models import MAX_COMMENT_LENGTH
from content.reviews.models import Request
from content.staff import form_fields


class SignForm(forms.Form):
    """The day of the next review, and the reauthentication."""

    due_on = form_fields.day_field("Next review due", missing="Choose the day of the next review.")
    typed = form_fields.reauthentication_field()


class SendBackForm(forms.Form):
    """What has to change before a doctor signs it, or a nurse publishes it."""

    comment = form_fields.comment_field(
        label="What has to change",
        help_text="Whoever asked reads it on their start page. For example: the number of days is from 2019.",
        longest=MAX_COMMENT_LENGTH,
    )


class ReviewRequestForm(forms.ModelForm):
    """A note on what to look at."""

    class Meta:
        model = Request
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"note": "May stay empty. For example: the last row of “Do not” is new."}
