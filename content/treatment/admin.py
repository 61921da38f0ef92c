"""The facts of a treatment in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from content.ledger.admin import record_change
from content.ledger.models import Event

from .models import Treatment

if TYPE_CHECKING:
    TreatmentAdminBase = admin.ModelAdmin[Treatment]
else:
    TreatmentAdminBase = admin.ModelAdmin


@admin.register(Treatment)
class TreatmentAdmin(TreatmentAdminBase):
    """Every page that quotes a fact says the new value as soon as it is saved."""

    list_display = ["name", "page"]
    fieldsets = [
        (None, {"fields": ["name", "page"]}),
        (
            "Facts: each is stored here alone, and every page quotes it",
            {
                "fields": [
                    ("treatment_minutes_min", "treatment_minutes_max"),
                    ("numbing_minutes_min", "numbing_minutes_max"),
                    ("weeks_between_min", "weeks_between_max"),
                    ("usual_sessions_min", "usual_sessions_max"),
                    ("days_to_settle_min", "days_to_settle_max"),
                    "weeks_before_judging",
                ]
            },
        ),
    ]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Treatment, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save, and tell the ledger who changed what."""
        super().save_model(request, obj, form, change)
        record_change(request, Event.FACT_CHANGED, obj.name, form)

    def has_delete_permission(self, request: HttpRequest, obj: Treatment | None = None) -> bool:
        """Not the last one: pages would have no facts left to quote."""
        return super().has_delete_permission(request, obj) and Treatment.objects.count() > 1
