"""The staff's start page: what needs this person today, then everything they may do."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.reviews import practice
from content.reviews.models import Takeover
from content.staff.action_links import ActionLink
from content.staff.dashboard import page_list, waiting
from content.staff.dashboard.section import DashboardContext
from content.staff.views import render_page, staff_view


@dataclass(frozen=True)
class Action:
    """Something to begin: its label, the name of its URL, and the permission it takes ("" for all staff)."""

    label: str
    url_name: str
    permission: str = ""


ACTIONS = [
    Action("New topic page", "new_topic", "cms.add_page"),
    Action("Add a before and after case", "admin:content_case_add", "content.add_case"),
    Action("Withdraw photographs", "consent_find", "content.withdraw_consent"),
    Action("Cases", "admin:content_case_changelist", "content.view_case"),
    Action("Consents", "admin:content_consent_changelist", "content.view_consent"),
    Action("Pictures", "pictures", "content.view_librarypicture"),
    Action("The clinic’s record", "admin:content_clinic_changelist", "content.change_clinic"),
    Action("Who is named on the site", "admin:content_clinician_changelist", "content.change_clinician"),
    Action("Facts of the treatment", "admin:content_treatment_changelist", "content.change_treatment"),
    Action("What readers say", "staff_feedback", "content.view_answer"),
    Action("What patients saw", "staff_archive", "content.view_snapshot"),
    Action("Who did what", "staff_history", "content.view_entry"),
    Action("People", "people", "content.manage_people"),
    Action("Help", "staff_help"),
]


def actions(user: Any) -> list[ActionLink]:
    """Return the actions that this user may begin."""
    allowed = [action for action in ACTIONS if not action.permission or user.has_perm(action.permission)]
    first = [] if practice.is_finished(user) else [ActionLink("First steps", reverse("staff_practice"))]
    last = [ActionLink("Recovery codes", reverse("recovery_codes"))] if settings.SECOND_FACTOR else []
    return [*first, *(ActionLink(action.label, reverse(action.url_name)) for action in allowed), *last]


@staff_view()
def start_page(request: HttpRequest) -> HttpResponseBase:
    """Show the staff's start page."""
    rights = page_list.Rights.of(request.user, now=timezone.now())
    pages = page_list.load_rows(rights) if rights.is_writer else []
    dashboard = DashboardContext(request.user, timezone.now(), timezone.localdate(), rights, pages)
    return render_page(
        request,
        "staff/start.html",
        "Start",
        sections=waiting.sections(dashboard),
        pages=pages,
        actions=actions(request.user),
    )


@require_POST
@staff_view()
def takeover_seen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note that this person has read that a draft was taken over from them."""
    Takeover.objects.filter(pk=pk, person_id=request.user.pk).delete()
    return redirect("staff_home")


def override_admin_index(request: HttpRequest, app_label: str = "") -> Any:
    """Show the admin's own index to superusers only; redirect others to the start page."""
    if request.user.is_superuser:
        return admin.site.app_index(request, app_label) if app_label else admin.site.index(request)
    return redirect("staff_home")
