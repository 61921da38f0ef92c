"""The clinic's name and contact details, and its clinicians."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from content.clinic.telephone import dial_string, normalise


def validate_no_token(value: str) -> None:
    """Refuse double square brackets: tokens aren't replaced in these records."""
    if "[[" in value or "]]" in value:
        raise ValidationError("Facts can't be quoted here. Write the words without [[ and ]].")


def validate_telephone(value: str) -> None:
    """Refuse what is no number, or none that can be dialled."""
    normalise(value)


def validate_clinic_telephone(value: str) -> None:
    """Refuse a number too short to be a clinic's own."""
    if len(dial_string(normalise(value)).strip("+")) < 6:
        raise ValidationError("Write the whole number with its area code, such as 01632 960123.")


class Clinic(models.Model):
    """The one clinic of this site."""

    name = models.CharField(
        max_length=60, validators=[validate_no_token], help_text="As it stands in the header, for example: Tideline"
    )
    strapline = models.CharField(
        "second line of the name",
        max_length=60,
        blank=True,
        validators=[validate_no_token],
        help_text="For example: Skin Clinic",
    )
    address = models.TextField(
        max_length=300, validators=[validate_no_token], help_text="One line of the address on each line."
    )
    telephone = models.CharField(
        max_length=24, validators=[validate_clinic_telephone], help_text="For example: 01632 960123"
    )
    hours = models.CharField(
        "opening hours",
        max_length=120,
        validators=[validate_no_token],
        help_text="For example: Monday to Friday, 9am to 6pm",
    )
    out_of_hours_line = models.CharField(
        max_length=24,
        validators=[validate_telephone],
        help_text="The number for urgent advice when you are closed, for example: 111",
    )
    emergency_line = models.CharField(
        max_length=24, validators=[validate_telephone], help_text="The number for an ambulance, for example: 999"
    )
    has_sample_content = models.BooleanField(
        "pages still hold sample texts",
        default=False,
        help_text="While ticked, the clinic’s own pages say that their content awaits your review. "
        "A medical page says so until a doctor has signed it, ticked or not.",
    )

    class Meta:
        verbose_name = "clinic"
        verbose_name_plural = "the clinic"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="clinic_is_one", violation_error_message="There is one clinic already."
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return both lines of the name."""
        return f"{self.name} {self.strapline}".strip()

    @property
    def telephone_uri(self) -> str:
        """Return the `tel:` URI of the clinic."""
        return f"tel:{dial_string(self.telephone)}"

    @property
    def out_of_hours_uri(self) -> str:
        """Return the `tel:` URI for urgent advice out of hours."""
        return f"tel:{dial_string(self.out_of_hours_line)}"

    @property
    def emergency_uri(self) -> str:
        """Return the `tel:` URI of the ambulance service."""
        return f"tel:{dial_string(self.emergency_line)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the primary key 1, so that there is only one clinic."""
        self.pk = 1
        super().save(*args, **kwargs)


class Clinician(models.Model):
    """A person whose name patients read on the page about the clinic and beside what they signed."""

    shown_name = models.CharField(
        max_length=80, validators=[validate_no_token], help_text="As patients read it, for example: Dr A. Example"
    )
    title = models.CharField(
        max_length=120, validators=[validate_no_token], help_text="For example: Consultant dermatologist"
    )
    register_number = models.CharField(
        max_length=60,
        blank=True,
        validators=[validate_no_token],
        help_text="Body and number, for example: GMC 1234567. Patients can look it up.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clinician",
        verbose_name="their sign-in",
        help_text="What this person signs on the website bears this name.",
    )
    is_sample = models.BooleanField("sample person", default=False, editable=False)

    class Meta:
        ordering = ["shown_name"]
        constraints = [models.UniqueConstraint(fields=["shown_name", "title"], name="clinician_named_once")]

    def __str__(self) -> str:
        return f"{self.shown_name}, {self.title}"
