"""The forms of a case, its photographs and its approval."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinic_site.http.line_ends import initial_as_line_feeds
from content.clinic.models import Clinician
from content.consent.models import Consent
from content.gallery.choices import View
from content.gallery.models import Case
from content.images.models import MAX_CUT, Photo
from content.outcomes.models import MAX_COMMENT_LENGTH
from content.staff.form_fields import DayField, comment_field, limit_choices

if TYPE_CHECKING:
    CaseFormBase = forms.ModelForm[Case]
    PhotoFormBase = forms.ModelForm[Photo]
else:
    CaseFormBase = PhotoFormBase = forms.ModelForm


class CaseForm(CaseFormBase):
    """What was treated, on whom, and under which consent."""

    class Meta:
        model = Case
        fields = [
            "treatment",
            "consent",
            "body_area",
            "is_covered",
            "cause",
            "mark_colour",
            "skin_tone",
            "age_band",
            "gender",
            "sessions",
            "weeks_between",
            "weeks_after",
            "device",
            "other_treatments",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "consent" in self.fields:
            usable = Consent.objects.filter(withdrawn_at=None, expires_on__gte=timezone.localdate(), is_demo=False)
            if self.instance.consent_id:
                usable |= Consent.objects.filter(pk=self.instance.consent_id)
            limit_choices(self.fields["consent"], usable.order_by("reference"))

    def clean_consent(self) -> Consent | None:
        """Refuse to replace a withdrawn consent, or, once there are photographs, by an unrelated one."""
        chosen: Consent | None = self.cleaned_data["consent"]
        stored = Case.objects.filter(pk=self.instance.pk).select_related("consent").first()
        if stored is None or stored.consent is None or chosen == stored.consent:
            return chosen
        if stored.consent.withdrawn_at:
            raise ValidationError("The person has withdrawn the consent of this case. It can’t be shown again.")
        if stored.case_photos.exists() and (chosen is None or chosen.pk not in stored.consent.linked_consent_ids()):
            raise ValidationError(
                f"The photographs here were taken in under {stored.consent}. Choose a consent that renews it; if it "
                "was chosen by mistake, delete the photographs first."
            )
        return chosen


class PhotoForm(PhotoFormBase):
    """The description, the day and the crop of one photograph."""

    class Meta:
        model = Photo
        fields = ["alt", "captured_on", "cut_left", "cut_right", "cut_top", "cut_bottom", "tilt"]
        field_classes = {"captured_on": DayField}
        widgets = {"alt": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = initial_as_line_feeds(self.initial)
        self.case = case
        for name in ("cut_left", "cut_right", "cut_top", "cut_bottom"):
            self.fields[name].widget.attrs |= {"max": MAX_CUT, "inputmode": "numeric"}

    def clean_captured_on(self) -> date | None:
        """Refuse a day in the future, or before the person was an adult."""
        day: date | None = self.cleaned_data["captured_on"]
        if day and day > timezone.localdate():
            raise ValidationError("The day it was taken can’t be in the future.")
        if day and self.case.consent and day < self.case.consent.adult_on:
            raise ValidationError(
                "That is before the day on which the person is known to have been 18: the photograph can’t be shown. "
                "Delete it, or correct that day in the consent."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a crop that leaves nothing of the photograph."""
        cleaned = super().clean() or self.cleaned_data
        for side, opposite in (("cut_left", "cut_right"), ("cut_top", "cut_bottom")):
            if (cleaned.get(side) or 0) + (cleaned.get(opposite) or 0) > MAX_CUT:
                self.add_error(side, f"Cut away at most {MAX_CUT} % from both sides together.")
        return cleaned


class PairForm(forms.Form):
    """Two photographs of a case as before and after, and the view of both."""

    view = forms.ChoiceField(choices=View)
    before = forms.ModelChoiceField(Photo.objects.none(), error_messages={"required": "Choose the one before."})
    after = forms.ModelChoiceField(Photo.objects.none(), error_messages={"required": "Choose the one after."})

    def __init__(self, *args: Any, photos: list[Photo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            limit_choices(self.fields[name], Photo.objects.filter(pk__in=[photo.pk for photo in photos]))


class ApprovalForm(CaseFormBase):
    """What a clinician attests about a case."""

    class Meta:
        model = Case
        fields = ["outcome", "attested_by", "is_own_patient", "is_this_treatment_only", "is_unretouched"]
        labels = {
            "is_own_patient": "This is our own patient",
            "is_this_treatment_only": "This treatment alone was used, besides what the case says",
            "is_unretouched": "Neither photograph has been retouched",
        }
        error_messages = {
            "attested_by": {"invalid_choice": "A sample person can’t vouch for a real case. Choose from the list."}
        }
        help_texts = {"attested_by": "Whoever is missing here is first added to “Who is named on the site”."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self.fields["attested_by"], Clinician.objects.filter(is_sample=self.instance.is_demo))


class CaseSendBackForm(forms.Form):
    """What has to change before a doctor approves the case."""

    comment = comment_field(
        label="What has to change",
        help_text="Whoever prepared it reads this on their start page. No names: for example, “the left picture is "
        "blurred, take the other one”.",
        longest=MAX_COMMENT_LENGTH,
    )
