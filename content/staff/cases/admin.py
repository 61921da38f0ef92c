"""Cases and consents in the admin: lists that answer the question of the day, and forms that lose nothing."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.consent import form_storage
from content.consent.models import Consent
from content.consent.wording import Scope
from content.gallery import readiness
from content.gallery.approval import end_approval
from content.gallery.models import Case, EverPublic
from content.gallery.withdrawal import delete_case
from content.ledger.admin import record_change
from content.ledger.models import Event
from content.staff.cases.forms import CaseForm, ConsentForm
from content.staff.cases.usage import pages_by_code

if TYPE_CHECKING:
    CaseAdminBase = admin.ModelAdmin[Case]
    ConsentAdminBase = admin.ModelAdmin[Consent]
else:
    CaseAdminBase = ConsentAdminBase = admin.ModelAdmin


class StatusFilter(admin.SimpleListFilter):
    """What a doctor, a nurse and a receptionist look for first."""

    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three kinds."""
        return [("waiting", "Not approved yet"), ("approved", "Approved"), ("withdrawn", "Withdrawn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        """The cases of the kind that was chosen."""
        withdrawn = {"consent__withdrawn_at__isnull": False}
        kinds = {
            "waiting": queryset.filter(approved_at=None).exclude(**withdrawn),
            "approved": queryset.exclude(approved_at=None).exclude(**withdrawn),
            "withdrawn": queryset.filter(**withdrawn),
        }
        return kinds.get(self.value() or "", queryset)


class CaseChangeList(ChangeList):
    """Asks once for the whole list what each row says."""

    def get_results(self, request: HttpRequest) -> None:
        """Each case also gets `is_shown` and `used_on`."""
        super().get_results(request)
        cases: list[Any] = list(self.result_list)
        on = timezone.localdate()
        shown = set(Case.objects.showable(on).filter(pk__in=[one.pk for one in cases]).values_list("pk", flat=True))
        used = pages_by_code()
        for case in cases:
            case.is_shown, case.used_on = case.pk in shown, used.get(case.code, [])
        self.result_list = cases


@admin.register(Case)
class CaseAdmin(CaseAdminBase):
    """Answers: may it be shown, and why not? Where is it used? Whose consent ends soon?"""

    form = CaseForm
    list_display = ["thumbnail", "summary", "status", "showable_status", "usage"]
    list_display_links = ["summary"]
    ordering = ["-pk"]
    list_select_related = ["consent", "attested_by", "treatment"]
    list_filter = [StatusFilter, "body_area", "skin_tone", "is_demo"]
    list_per_page = 50
    search_fields = ["code", "consent__reference"]
    change_form_template = "staff/case_change_form.html"

    class Media:
        css = {"all": ["css/staff.css"]}

    fieldsets = [
        ("Permission", {"fields": ["consent"]}),
        ("What was treated", {"fields": ["treatment", "body_area", "is_covered", "cause", "mark_colour"]}),
        ("The person", {"fields": ["skin_tone", "age_band", "gender"]}),
        ("The course", {"fields": ["sessions", "weeks_between", "weeks_after", "device", "other_treatments"]}),
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that knows what is shown."""
        return CaseChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """With their pairs, in a fixed number of queries."""
        return Case.objects.select_related("consent", "attested_by", "treatment").with_pictures()

    @admin.display(description="Picture")
    def thumbnail(self, case: Case) -> SafeString | str:
        """The first “before” photograph, small."""
        pairs = list(case.pairs.all())
        if not pairs:
            return "No pictures yet"
        return format_html(
            '<img class="case-thumb" src="{}" alt="" loading="lazy">',
            reverse("preview", args=[pairs[0].before.token]),
        )

    @admin.display(description="Case")
    def summary(self, case: Case) -> SafeString:
        """What it is, with the code that a page's block asks for."""
        sample = " · sample" if case.is_demo else ""
        return format_html(
            "<strong>{}</strong><br>{} skin · code {}{}", case.title, case.get_skin_tone_display(), case.code, sample
        )

    @admin.display(description="Where it stands")
    def status(self, case: Case) -> str:
        """One of the five states, in words."""
        return readiness.state(case, timezone.localdate()).label

    @admin.display(description="May it be shown on the website?")
    def showable_status(self, case: Any) -> SafeString:
        """Yes or no, why not, and a warning when the consent ends soon."""
        on = timezone.localdate()
        answer = readiness.showable_sentence(case, on, is_showable=case.is_shown)
        return format_html("{}<br><strong>{}</strong>", answer, readiness.expiry_warning(case, on))

    @admin.display(description="Where it is used")
    def usage(self, case: Any) -> SafeString:
        """The gallery, and the pages that have chosen it."""
        places = ["The gallery"] if case.is_shown else ["Nowhere public"]
        return format_html_join(mark_safe("<br>"), "{}", ((place,) for place in [*places, *case.used_on]))

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save what was changed, tell the ledger, and end the approval of what is no longer what was approved."""
        if not form.changed_data:
            return
        if change:
            actor = request.user.get_username()
            if end_approval(Case(pk=obj.pk, code=obj.code), actor=actor, now=timezone.now(), because="it was changed"):
                self.message_user(request, "The case was changed, so it needs a doctor’s approval again.", "warning")
            obj.save(update_fields=form.changed_data)
        else:
            obj.save()
        record_change(request, Event.CASE_CHANGED, obj.code, form)

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Only what was never public: for everything else there is withdrawal, which leaves a trace."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or (obj.consent and obj.consent.withdrawn_at):
            return False
        return allowed and not EverPublic.objects.filter(name=obj.code).exists()

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Not of a sample: it would show a real person as an illustration."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_demo)

    def response_add(self, request: HttpRequest, obj: Case, post_url_continue: str | None = None) -> Any:
        """Go on to the photographs, if that was pressed."""
        return self._redirect_to_photographs(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Case) -> Any:
        """Go on to the photographs, if that was pressed."""
        return self._redirect_to_photographs(request, obj) or super().response_change(request, obj)

    def _redirect_to_photographs(self, request: HttpRequest, obj: Case) -> Any:
        return redirect("case_photographs", pk=obj.pk) if "_photographs" in request.POST else None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The case and its photographs; nothing protects them from going together."""
        names = [str(case) for case in objs]
        names += [str(one.photo) for case in objs for one in case.case_photos.select_related("photo")]
        return names, {"cases": len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Case) -> None:
        """With its photographs and their files."""
        delete_case(obj, actor=request.user.get_username(), now=timezone.now())


@admin.register(Consent)
class ConsentAdmin(ConsentAdminBase):
    """Answers: what did this person agree to, until when, and which cases stand on it?"""

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
        """With their cases."""
        return Consent.objects.prefetch_related("cases")

    @admin.display(description="Does it count?")
    def status(self, consent: Consent) -> str:
        """In force, ended or withdrawn, and the days left when they are few."""
        on = timezone.localdate()
        if consent.withdrawn_at:
            return f"Withdrawn on {timezone.localtime(consent.withdrawn_at):%-d %B %Y}"
        if consent.has_expired(on):
            return "Ended"
        days = (consent.expires_on - on).days
        return f"In force, {days} days left" if days <= max(readiness.WARNING_DAYS) else "In force"

    @admin.display(description="For")
    def permitted_uses(self, consent: Consent) -> str:
        """What it allows."""
        return ", ".join(Scope(scope).label for scope in consent.allowed_scopes())

    @admin.display(description="Signed form")
    def has_form(self, consent: Consent) -> str:
        """Kept here or still missing."""
        return "sample" if consent.is_demo else "kept" if consent.form else "still missing"

    @admin.display(description="Cases")
    def case_links(self, consent: Consent) -> str:
        """Those that stand on it."""
        return ", ".join(case.title for case in consent.cases.all()) or "none yet"

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Consent, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save with the signed form, and tell the ledger; what it tells holds no word of the form."""
        kept, replaced = form.stored_form_name, obj.form
        if kept:
            obj.form, obj.form_sha256 = kept, form_storage.sha256(kept)
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
            if kept and replaced:
                transaction.on_commit(lambda: form_storage.delete(replaced))
        except BaseException:
            if kept:
                form_storage.delete(kept)
            raise

    def has_change_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        """Not once it is withdrawn or has ended."""
        allowed = super().has_change_permission(request, obj)
        is_over = obj is not None and (obj.is_demo or obj.withdrawn_at or obj.has_expired(timezone.localdate()))
        return allowed and not is_over

    def has_delete_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        """Never: a consent is withdrawn."""
        return False
