"""The forms of a consent and of its reference code."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from content.consent import form_storage
from content.consent.models import Consent
from content.consent.reference import normalised
from content.gallery.models import Case, EverPublic
from content.images import ingest
from content.images.specs import container
from content.staff.form_fields import DayField, limit_choices

if TYPE_CHECKING:
    ConsentFormBase = forms.ModelForm[Consent]
else:
    ConsentFormBase = forms.ModelForm


class ConsentForm(ConsentFormBase):
    """A consent with the scan of its signed form."""

    signed_form = forms.FileField(
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp,image/avif,image/heic,.heic,.heif,.hif"}
        ),
        error_messages={"empty": f"The file {ingest.MESSAGES['empty']}"},
        help_text="A PDF or a photograph of the signed form (JPEG, PNG, WebP, AVIF or HEIC), at most 30 MB. It is kept "
        "private, and every viewing of it is on record. No case can be approved without it.",
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
        field_classes = {"adult_on": DayField, "given_on": DayField, "expires_on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["reference"] = ""  # it comes from the signed form, and from nowhere else
        elif "reference" in self.fields:  # a form that only shows has no fields
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
        """Refuse a file that is no scan, and turn a photograph of a kind that few programs show into a JPEG."""
        file = self.cleaned_data.get("signed_form")
        if not file:
            return file
        file.seek(0)
        if container(file.read(64)) in {"WEBP", "boxes"}:
            try:
                file = ContentFile(ingest.as_jpeg(file), file.name)
            except ingest.UploadRefusedError as refusal:
                raise ValidationError(str(refusal)) from None
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
