"""The forms of cases, photographs and consents, in a nurse's words; what they refuse, they say in a sentence."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from content.consent import form_storage
from content.consent.models import Consent
from content.consent.reference import normalised
from content.gallery.choices import View
from content.gallery.models import Case, EverPublic
from content.images.models import MAX_CUT, Photo
from content.staff.form_fields import limit_choices

if TYPE_CHECKING:
    ConsentFormBase = forms.ModelForm[Consent]
    CaseFormBase = forms.ModelForm[Case]
    PhotoFormBase = forms.ModelForm[Photo]
else:
    ConsentFormBase = CaseFormBase = PhotoFormBase = forms.ModelForm


class DayInput(forms.DateInput):
    """A date input, for which telephones show a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ConsentForm(ConsentFormBase):
    """A consent with the scan of its signed form."""

    signed_form = forms.FileField(
        required=False,
        help_text="A scan or a photograph of the signed form: PDF, JPEG or PNG, at most 30 MB. It is kept private, "
        "and every viewing of it is on record. No case can be approved without it.",
    )

    class Meta:
        model = Consent
        fields = [
            "reference",
            "renews",
            "for_website",
            "for_leaflet",
            "for_search",
            "for_social",
            "for_teaching",
            "adult_on",
            "how_given",
            "given_on",
            "expires_on",
            "is_not_a_condition",
            "has_copy",
            "wording_version",
        ]
        widgets = {"adult_on": DayInput(), "given_on": DayInput(), "expires_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["reference"] = ""  # it comes from the signed form, and from nowhere else
        else:
            self.fields["reference"].disabled = True
        if "renews" in self.fields:
            earlier = Consent.objects.filter(withdrawn_at=None, is_demo=False).exclude(pk=self.instance.pk)
            limit_choices(self.fields["renews"], earlier.order_by("reference"))

    def clean_given_on(self) -> date:
        """Refuse a day in the future."""
        given_on: date = self.cleaned_data["given_on"]
        if given_on > timezone.localdate():
            raise ValidationError("The day it was signed can’t be in the future.")
        return given_on

    def clean_adult_on(self) -> date:
        """Refuse a day in the future."""
        adult_on: date = self.cleaned_data["adult_on"]
        if adult_on > timezone.localdate():
            raise ValidationError("This day can’t be in the future: under 18 we do not treat or show anyone.")
        return adult_on

    def clean_expires_on(self) -> date:
        """Refuse a last day in the past: such a consent would permit nothing."""
        expires_on: date = self.cleaned_data["expires_on"]
        if expires_on < timezone.localdate():
            raise ValidationError("The last day is over already. Ask the person for a new consent.")
        return expires_on

    def clean_signed_form(self) -> Any:
        """Refuse a file whose first bytes are not a scan's."""
        file = self.cleaned_data.get("signed_form")
        if file:
            _as_form_error(form_storage.file_extension, file)
        return file

    def store_signed_form(self) -> str:
        """Store the scan and return its name, "" without one; raise ValidationError if there is no room."""
        file = self.cleaned_data.get("signed_form")
        return _as_form_error(form_storage.store, file) if file else ""

    def clean(self) -> dict[str, Any]:
        """Refuse changes once pictures were public under the consent: wider use takes a new signature."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and was_ever_public(self.instance):
            for field in self.changed_data:
                if field != "signed_form":
                    self.add_error(
                        field,
                        "Pictures were public under this consent, so it stays as it was signed. "
                        "For anything else, record a new one and choose it in the case.",
                    )
        return cleaned

    def _post_clean(self) -> None:
        """Store the scan only once the record is valid, so that a refused form leaves no file behind."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which its stubs leave out
        self.stored_form_name = ""
        if not self.errors:
            try:
                self.stored_form_name = self.store_signed_form()
            except ValidationError as error:
                self.add_error("signed_form", error)


def _as_form_error(function: Callable[[Any], str], file: Any) -> str:
    try:
        return function(file)
    except form_storage.FormRefusedError as refusal:
        raise ValidationError(str(refusal)) from None


def was_ever_public(consent: Consent) -> bool:
    """Return whether a case under this consent, or one linked to it, has ever been on the website."""
    codes = Case.objects.filter(consent__in=consent.linked_consent_ids()).values("code")
    return EverPublic.objects.filter(name__in=codes).exists()


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
        fields = ["alt", "captured_on", "cut_left", "cut_right", "cut_top", "cut_bottom"]
        widgets = {"captured_on": DayInput(), "alt": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class ReferenceForm(forms.Form):
    """A reference code, as read from a form or heard on the telephone."""

    reference = forms.CharField(
        label="Reference code",
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text="From the person’s copy of the form, such as K7QF-2M9D.",
    )

    def clean_reference(self) -> Consent:
        """Return the consent of this code."""
        consent = Consent.objects.filter(reference=normalised(self.cleaned_data["reference"])).first()
        if consent is None:
            raise ValidationError("No consent has this code. Check each sign; the code never holds 0, 1, I, L, O or U.")
        return consent
