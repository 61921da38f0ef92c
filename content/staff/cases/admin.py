"""Cases in the admin: the list says of each whether it may be shown, and why not."""

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

from content.gallery import readiness
from content.gallery.approval import end_approval
from content.gallery.models import Case, EverPublic
from content.gallery.withdrawal import delete_case
from content.ledger.admin import record_change
from content.ledger.models import Event
from content.outcomes import cases as outcomes
from content.staff.cases.forms import CaseForm
from content.staff.cases.usage import pages_by_code

if TYPE_CHECKING:
    CaseAdminBase = admin.ModelAdmin[Case]
else:
    CaseAdminBase = admin.ModelAdmin


class StatusFilter(admin.SimpleListFilter):
    """Filter cases by approval and withdrawal."""

    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the three states."""
        return [("waiting", "Not approved yet"), ("approved", "Approved"), ("withdrawn", "Withdrawn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        """Return the cases in the chosen state."""
        withdrawn = {"consent__withdrawn_at__isnull": False}
        kinds = {
            "waiting": queryset.filter(approved_at=None).exclude(**withdrawn),
            "approved": queryset.exclude(approved_at=None).exclude(**withdrawn),
            "withdrawn": queryset.filter(**withdrawn),
        }
        return kinds.get(self.value() or "", queryset)


class CaseChangeList(ChangeList):
    """A change list that looks up once for all rows what each of them shows."""

    def get_results(self, request: HttpRequest) -> None:
        """Add `is_shown`, `used_on` and `is_returned` to each case."""
        super().get_results(request)
        cases: list[Any] = list(self.result_list)
        on = timezone.localdate()
        shown = set(Case.objects.showable(on).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
        used = pages_by_code()
        returned = outcomes.returned_cases(cases)
        for case in cases:
            case.is_shown, case.used_on = case.pk in shown, used.get(case.code, [])
            case.is_returned = case.pk in returned
        self.result_list = cases


@admin.register(Case)
class CaseAdmin(CaseAdminBase):
    """The list answers: may it be shown, and why not? Where is it used? Whose consent ends soon?"""

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
        """Use the change list that knows what is shown."""
        return CaseChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """With their pairs, in a fixed number of queries."""
        return Case.objects.select_related("consent", "attested_by", "treatment").with_pictures()

    @admin.display(description="Picture")
    def thumbnail(self, case: Case) -> SafeString | str:
        """Show the first “before” photograph."""
        pairs = list(case.pairs.all())
        if not pairs:
            return "No pictures yet"
        return format_html(
            '<img class="case-thumb" src="{}" alt="" loading="lazy">',
            reverse("preview", args=[pairs[0].before.token]),
        )

    @admin.display(description="Case")
    def summary(self, case: Case) -> SafeString:
        """Describe the case, with the code that a page's block asks for."""
        sample = " · sample" if case.is_demo else ""
        return format_html(
            "<strong>{}</strong><br>{} skin · code {}{}", case.title, case.get_skin_tone_display(), case.code, sample
        )

    @admin.display(description="Where it stands")
    def status(self, case: Any) -> str:
        """Name the case's state, and whether a doctor has sent it back as it is."""
        label = str(readiness.state(case, timezone.localdate()).label)
        return f"{label}. Sent back by a doctor" if case.is_returned else label

    @admin.display(description="May it be shown on the website?")
    def showable_status(self, case: Any) -> SafeString:
        """Say yes or no, why not, and warn if the consent ends soon."""
        on = timezone.localdate()
        answer = readiness.showable_sentence(case, on, is_showable=case.is_shown)
        return format_html("{}<br><strong>{}</strong>", answer, readiness.expiry_warning(case, on))

    @admin.display(description="Where it is used")
    def usage(self, case: Any) -> SafeString:
        """Name the gallery and the pages that have chosen the case."""
        places = ["The gallery"] if case.is_shown else ["Nowhere public"]
        return format_html_join(mark_safe("<br>"), "{}", ((place,) for place in [*places, *case.used_on]))

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save the changed fields, record the change, and end the approval, which was of the case as it was before."""
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
        """Allow deletion only if the case was never public; others are withdrawn, which leaves a record."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or (obj.consent and obj.consent.withdrawn_at):
            return False
        return allowed and not EverPublic.objects.filter(name=obj.code).exists()

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Refuse changes of a sample: it would show a real person as an illustration."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_demo)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Show above the form what a doctor said who sent the case back."""
        case = self.get_object(request, object_id)
        returned = outcomes.current_return(case) if case else None
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "returned": returned})

    def response_add(self, request: HttpRequest, obj: Case, post_url_continue: str | None = None) -> Any:
        """Continue to the photographs if that button was pressed."""
        return self._redirect_to_photographs(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Case) -> Any:
        """Continue to the photographs if that button was pressed."""
        return self._redirect_to_photographs(request, obj) or super().response_change(request, obj)

    def _redirect_to_photographs(self, request: HttpRequest, obj: Case) -> Any:
        return redirect("case_photographs", pk=obj.pk) if "_photographs" in request.POST else None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """List the case and its photographs, which nothing protects from being deleted with it."""
        names = [str(case) for case in objs]
        names += [str(case_photo.photo) for case in objs for case_photo in case.case_photos.select_related("photo")]
        photographs = len(names) - len(objs)
        counts = {"cases": len(objs), "photograph" if photographs == 1 else "photographs": photographs}
        return names, counts, set(), []

    def delete_model(self, request: HttpRequest, obj: Case) -> None:
        """Delete the case with its photographs and their files."""
        delete_case(obj, actor=request.user.get_username(), now=timezone.now())
