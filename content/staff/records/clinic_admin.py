"""The clinic's record and its clinicians in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content import optimistic_lock
from content.clinic import telephone
from content.clinic.models import Clinic, Clinician
from content.ledger.admin import record_change
from content.ledger.models import Event
from content.library.models import Portrait
from content.staff.read_only import ReadOnlyFormMixin

if TYPE_CHECKING:
    ClinicAdminBase = admin.ModelAdmin[Clinic]
    ClinicianAdminBase = admin.ModelAdmin[Clinician]
else:
    ClinicAdminBase = ClinicianAdminBase = admin.ModelAdmin


class ClinicForm(optimistic_lock.OptimisticLockForm):
    """The clinic, its telephone numbers in the form in which they can be dialled."""

    def clean_telephone(self) -> str:
        """Return the number as it is stored."""
        return telephone.normalise(self.cleaned_data["telephone"])

    def clean_out_of_hours_line(self) -> str:
        """Return the number as it is stored."""
        return telephone.normalise(self.cleaned_data["out_of_hours_line"])

    def clean_emergency_line(self) -> str:
        """Return the number as it is stored."""
        return telephone.normalise(self.cleaned_data["emergency_line"])


@admin.register(Clinic)
class ClinicAdmin(ReadOnlyFormMixin, ClinicAdminBase):
    """The one clinic record, which is changed but never added to or deleted."""

    form = ClinicForm
    list_display = ["full_name", "telephone", "hours"]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Clinic, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save, and record in the ledger who changed what."""
        super().save_model(request, obj, form, change)
        record_change(request, Event.CLINIC_CHANGED, obj.full_name, form)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow adding only while there is no clinic."""
        return super().has_add_permission(request) and not Clinic.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Clinic | None = None) -> bool:
        """Refuse: every page shows the record."""
        return False


@admin.register(Clinician)
class ClinicianAdmin(ReadOnlyFormMixin, ClinicianAdminBase):
    """The list answers: who is named on the site, and who of them is only a sample?"""

    form = optimistic_lock.OptimisticLockForm
    list_display = ["shown_name", "title", "register_number", "portrait_link", "is_sample"]
    readonly_fields = ["user", "is_sample"]  # whose name stands under a signature is decided under People

    @admin.display(description="Portrait")
    def portrait_link(self, clinician: Clinician) -> SafeString:
        """Return the link to the page on which the portrait is chosen."""
        words = "Change the portrait" if Portrait.objects.filter(clinician=clinician).exists() else "Choose a portrait"
        address = reverse("portrait", args=[clinician.pk])
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> of {}</span></a>', address, words, clinician.shown_name
        )

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Clinician, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save, and record in the ledger who changed what."""
        super().save_model(request, obj, form, change)
        record_change(request, Event.CLINIC_CHANGED, obj.shown_name, form)
