"""Consents in the admin."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from content.consent import form_storage
from content.consent.models import Consent
from content.consent.wording import Scope
from content.gallery import readiness
from content.gallery.approval import end_approval
from content.ledger.admin import record_change
from content.ledger.models import Event
from content.staff.cases.consent_forms import ConsentForm
from content.staff.read_only import ReadOnlyFormMixin

if TYPE_CHECKING:
    ConsentAdminBase = admin.ModelAdmin[Consent]
else:
    ConsentAdminBase = admin.ModelAdmin


@admin.register(Consent)
class ConsentAdmin(ReadOnlyFormMixin, ConsentAdminBase):
    """The list answers: what did this person agree to, until when, and which cases depend on it?"""

    form = ConsentForm
    list_display = ["reference", "status", "permitted_uses", "expires_on", "has_form", "case_links"]
    list_filter = ["for_website", "is_demo"]
    search_fields = ["reference"]
    change_form_template = "staff/consent_change_form.html"
    change_list_template = "staff/consent_change_list.html"
    fieldsets = [
        ("The form", {"fields": ["reference", "wording_version", "how_given", "signed_form", "renews"]}),
        (
            "What the person said yes to",
            {"fields": ["for_website", "for_leaflet", "for_search", "for_social", "for_teaching"]},
        ),
        ("When", {"fields": ["adult_on", "given_on", "expires_on"]}),
        ("Please confirm", {"fields": ["is_not_a_condition", "has_copy"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consent]:
        """Load the cases too."""
        return Consent.objects.prefetch_related("cases")

    @admin.display(description="Does it count?")
    def status(self, consent: Consent) -> str:
        """Say whether the consent is in force, has ended or is withdrawn, and the days left when they are few."""
        on = timezone.localdate()
        if consent.withdrawn_at:
            return f"Withdrawn on {timezone.localtime(consent.withdrawn_at):%-d %B %Y}"
        if consent.has_expired(on):
            return "Ended"
        days = (consent.expires_on - on).days
        return f"In force, {days} days left" if days <= max(readiness.WARNING_DAYS) else "In force"

    @admin.display(description="For")
    def permitted_uses(self, consent: Consent) -> str:
        """Name the uses that the consent allows."""
        return ", ".join(Scope(scope).label for scope in consent.allowed_scopes())

    @admin.display(description="Signed form")
    def has_form(self, consent: Consent) -> str:
        """Say whether the scan of the signed form is stored."""
        return "sample" if consent.is_demo else "kept" if consent.form else "still missing"

    @admin.display(description="Cases")
    def case_links(self, consent: Consent) -> str:
        """Name the cases under this consent."""
        return ", ".join(case.title for case in consent.cases.all()) or "none yet"

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Consent, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save with the signed form, and record the change without any content of the form."""
        stored, replaced = form.stored_form_name, obj.form
        if stored:
            obj.form, obj.form_sha256 = stored, form_storage.sha256(stored)
        try:
            super().save_model(request, obj, form, change)
            event = Event.CONSENT_CHANGED if change else Event.CONSENT_RECORDED
            form.cleaned_data["signed_form"] = obj.form_sha256
            record_change(request, event, obj.reference, form)
            if set(form.changed_data) - {"signed_form"}:
                for case in obj.cases.exclude(approved_at=None):
                    end_approval(
                        case, actor=request.user.get_username(), now=timezone.now(), because="its consent changed"
                    )
            if stored and replaced:
                transaction.on_commit(lambda: form_storage.delete(replaced))
            self.message_user(
                request,
                f"18 or over on {_in_words(obj.adult_on)}, signed on {_in_words(obj.given_on)}, "
                f"last day {_in_words(obj.expires_on)}.",
            )
        except BaseException:
            if stored:
                form_storage.delete(stored)
            raise

    def has_change_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        """Refuse changes once the consent is withdrawn or has ended."""
        allowed = super().has_change_permission(request, obj)
        is_over = obj is not None and (obj.is_demo or obj.withdrawn_at or obj.has_expired(timezone.localdate()))
        return allowed and not is_over

    def has_delete_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        """Refuse: a consent is withdrawn, never deleted."""
        return False


def _in_words(on: date) -> str:
    """Return the day with the name of its month, which shows a day and a month that were mixed up."""
    return f"{on:%-d %B %Y}"
