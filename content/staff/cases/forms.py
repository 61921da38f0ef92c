"""The forms of cases, photographs and consents, in a nurse's words; what they refuse, they say in a sentence."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from content.clinic.models import Clinician
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
    """A box that phones show a calendar for."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ConsentForm(ConsentFormBase):
    """A consent and the scan of its signed form."""

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
        """Nobody has signed tomorrow."""
        given_on: date = self.cleaned_data["given_on"]
        if given_on > timezone.localdate():
            raise ValidationError("The day it was signed can’t be in the future.")
        return given_on

    def clean_adult_on(self) -> date:
        """Nor is anybody known to have been 18 tomorrow."""
        adult_on: date = self.cleaned_data["adult_on"]
        if adult_on > timezone.localdate():
            raise ValidationError("This day can’t be in the future: under 18 we do not treat or show anyone.")
        return adult_on

    def clean_expires_on(self) -> date:
        """A consent whose last day is over permits nothing, so it is of no use to record it."""
        expires_on: date = self.cleaned_data["expires_on"]
        if expires_on < timezone.localdate():
            raise ValidationError("The last day is over already. Ask the person for a new consent.")
        return expires_on

    def clean_signed_form(self) -> Any:
        """Refuse what is no scan, by its first bytes."""
        file = self.cleaned_data.get("signed_form")
        if file:
            _as_form_error(form_storage.file_extension, file)
        return file

    def store_signed_form(self) -> str:
        """Keep the scan, once all else is well, and return its name; raises ValidationError where there is no room."""
        file = self.cleaned_data.get("signed_form")
        return _as_form_error(form_storage.store, file) if file else ""

    def clean(self) -> dict[str, Any]:
        """A correction may not widen what has been shown: that takes the person's signature."""
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
        """Only once the record too has been checked is the scan kept: what is refused leaves no file behind."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which its stubs leave out
        self.stored_form_name = ""
        if not self.errors:
            try:
                self.stored_form_name = self.store_signed_form()
            except ValidationError as error:
                self.add_error("signed_form", error)


def _as_form_error(verb: Callable[[Any], str], file: Any) -> str:
    try:
        return verb(file)
    except form_storage.FormRefusedError as refusal:
        raise ValidationError(str(refusal)) from None


def was_ever_public(consent: Consent) -> bool:
    """Whether a case under this consent, or under one that the same person signed, has been on the website."""
    codes = Case.objects.filter(consent__in=consent.linked_consent_ids()).values("code")
    return EverPublic.objects.filter(name__in=codes).exists()


class CaseForm(CaseFormBase):
    """What was treated, and under which consent."""

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
        """A withdrawn consent stays with its cases: another can't bring their pictures back."""
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
    """The words, the day and the crop of one photograph."""

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
        """Not in the future, and of an adult."""
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
        """Something has to be left of the photograph."""
        cleaned = super().clean() or self.cleaned_data
        for one, other in (("cut_left", "cut_right"), ("cut_top", "cut_bottom")):
            if (cleaned.get(one) or 0) + (cleaned.get(other) or 0) > MAX_CUT:
                self.add_error(one, f"Cut away at most {MAX_CUT} % from both sides together.")
        return cleaned


class PairForm(forms.Form):
    """Two photographs of a case, which is before and which after, and from where both were taken."""

    view = forms.ChoiceField(choices=View)
    before = forms.ModelChoiceField(Photo.objects.none(), error_messages={"required": "Choose the one before."})
    after = forms.ModelChoiceField(Photo.objects.none(), error_messages={"required": "Choose the one after."})

    def __init__(self, *args: Any, photos: list[Photo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            limit_choices(self.fields[name], Photo.objects.filter(pk__in=[one.pk for one in photos]))


class ApprovalForm(CaseFormBase):
    """What a clinician says of a case."""

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


class ReferenceForm(forms.Form):
    """A reference code, as someone reads it from a form or hears it on the telephone."""

    reference = forms.CharField(
        label="Reference code",
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text="From the person’s copy of the form, such as K7QF-2M9D.",
    )

    def clean_reference(self) -> Consent:
        """The consent of this code."""
        found = Consent.objects.filter(reference=normalised(self.cleaned_data["reference"])).first()
        if found is None:
            raise ValidationError("No consent has this code. Check each sign; the code never holds 0, 1, I, L, O or U.")
        return found
