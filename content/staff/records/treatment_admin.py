"""The facts of a treatment in the admin: a change is saved once its effects were shown and confirmed."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from clinic_site.http.whole_number import whole_number
from content import optimistic_lock
from content.ledger.admin import record_change
from content.ledger.models import Event
from content.reviews import rereview, signed_document
from content.staff.read_only import ReadOnlyFormMixin
from content.staff.views import render_page
from content.treatment.models import FACTS, Treatment

if TYPE_CHECKING:
    TreatmentAdminBase = admin.ModelAdmin[Treatment]
else:
    TreatmentAdminBase = admin.ModelAdmin

INTERNAL_FIELDS = {"csrfmiddlewaretoken", "confirmed"}


@admin.register(Treatment)
class TreatmentAdmin(ReadOnlyFormMixin, TreatmentAdminBase):
    """Every page that quotes a fact shows its new value at once, so a change is confirmed first."""

    form = optimistic_lock.OptimisticLockForm
    list_display = ["name", "page"]
    fieldsets = [
        (None, {"fields": ["name", "page", optimistic_lock.OPENED_FIELD]}),
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
                    ("hours_in_cotton", "hours_without_make_up", "hours_without_exercise"),
                    ("days_without_scrubs", "weeks_out_of_sun"),
                ]
            },
        ),
    ]

    @transaction.atomic
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for confirmation of changed facts; a confirmation counts only for the facts it was given for."""
        if request.method == "POST" and self.has_change_permission(request):
            stored = Treatment.objects.select_for_update().filter(pk=whole_number(unquote(object_id)) or 0).first()
            question = stored and self._confirmation_page(request, stored)
            if question:
                return question
        response: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return response

    def _confirmation_page(self, request: HttpRequest, stored: Treatment) -> HttpResponse | None:
        """Return the page of effects, or None if no fact changes or this change was confirmed."""
        before = {name: getattr(stored, name) for name in FACTS}
        form = self.get_form(request, stored, change=True)(request.POST, instance=stored)
        if not form.is_valid() or not {*FACTS, "page"} & set(form.changed_data):
            return None
        after = {name: getattr(form.instance, name) for name in FACTS}
        change_digest = signed_document.fingerprint({"before": before, "after": after, "page": form.instance.page_id})
        confirmed = request.POST.get("confirmed")
        if confirmed == change_digest:
            return None
        effects = rereview.preview_effects(form.instance, on=timezone.localdate())
        return render_page(
            request,
            "staff/fact_confirm.html",
            f"Change the facts of {stored.name}",
            help="facts",
            effects=effects,
            on=timezone.localdate(),
            change_digest=change_digest,
            is_stale=bool(confirmed),
            typed=[
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in INTERNAL_FIELDS
            ],
        )

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Treatment, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save, record the change in the ledger, and warn of pages that have lost their signature."""
        super().save_model(request, obj, form, change)
        record_change(request, Event.FACT_CHANGED, obj.name, form)
        waiting = len(rereview.pages_to_resign())
        if change and waiting:
            template = '{} live page{} to be reviewed again. <a href="{}">Sign {} anew.</a>'
            has, it = (" has", "it") if waiting == 1 else ("s have", "them")
            words = (waiting, has, reverse("staff_reopened"), it)
            messages.warning(request, format_html(template, *words))

    def has_delete_permission(self, request: HttpRequest, obj: Treatment | None = None) -> bool:
        """Refuse to delete the last treatment: pages would have no facts left to quote."""
        return super().has_delete_permission(request, obj) and Treatment.objects.count() > 1
