"""The sections of the start page on cases, consents and readers' feedback."""

from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse

from content.consent.models import Consent
from content.feedback.models import Answer
from content.gallery.models import Case
from content.gallery.readiness import WARNING_DAYS
from content.outcomes import cases as outcomes
from content.outcomes.models import Became
from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import titles
from content.staff.dashboard.section import DashboardContext, Section, WaitingItem, link_to

MAX_ROWS = 12
NEW_FEEDBACK_AGE = timedelta(days=7)


def cases(dashboard: DashboardContext) -> Section | None:
    """The number of cases that await a doctor's approval."""
    if not dashboard.user.has_perm("content.approve_case"):
        return None
    waiting = Case.objects.filter(approved_at=None, consent__withdrawn_at=None)
    sent_back = waiting.filter(outcomes__became=Became.SENT_BACK).distinct()
    returned = len(outcomes.returned_cases(list(sent_back.select_related("consent").with_pictures())))
    number = waiting.count() - returned
    url = f"{reverse('admin:content_case_changelist')}?stands=waiting"
    words = "1 case is not approved yet" if number == 1 else f"{number} cases are not approved yet"
    was = "1 more was" if returned == 1 else f"{returned} more were"
    detail = f"{was} sent back, and nothing of it has changed since." if returned else ""
    row = WaitingItem(words, detail, ActionLink("Look at them", url))
    return Section("cases", "Before and after", [row] if number else [])


def consents(dashboard: DashboardContext) -> Section | None:
    """Consents that end within 60 days, for those who can ask for a new one; then the pictures come down."""
    if not any(dashboard.user.has_perm(f"content.{right}") for right in ("change_consent", "export_consent")):
        return None
    last = dashboard.on + timedelta(days=max(WARNING_DAYS))
    ending = Consent.objects.filter(withdrawn_at=None, is_demo=False, expires_on__range=(dashboard.on, last))
    consents_to_show = list(ending.order_by("expires_on", "pk")[: MAX_ROWS + 1])
    rows = [_consent(consent, dashboard.on) for consent in consents_to_show[:MAX_ROWS]]
    if len(consents_to_show) > MAX_ROWS:
        rows.append(
            WaitingItem("And more", "", ActionLink("See all consents", reverse("admin:content_consent_changelist")))
        )
    is_urgent = any((consent.expires_on - dashboard.on).days <= min(WARNING_DAYS) for consent in consents_to_show)
    return Section("consents", "Consents that end soon", rows, is_urgent=is_urgent)


def _consent(consent: Consent, on: date) -> WaitingItem:
    days = (consent.expires_on - on).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days, on {consent.expires_on:%-d %B %Y}"
    url = reverse("admin:content_consent_change", args=[consent.pk])
    urgent = "Urgent. " if days <= min(WARNING_DAYS) else ""
    detail = f"{urgent}Ends {when}. Ask the person for a new one, or the pictures are taken down."
    return WaitingItem(consent.reference, detail, ActionLink("Open", url, subject=consent.reference))


def recent_feedback(dashboard: DashboardContext) -> Section | None:
    """What readers wrote in the last week; it disappears by itself, for nobody has to act on each."""
    if not dashboard.user.has_perm("content.view_answer"):
        return None
    written = Answer.objects.order_by().exclude(words="").filter(answered_on__gt=dashboard.on - NEW_FEEDBACK_AGE)
    numbers = dict(written.values_list("page_id").annotate(number=Count("pk")))
    rows = [
        WaitingItem(
            title, f"{numbers[page_id]} wrote something.", link_to("feedback_words", "Read it", page_id, of=title)
        )
        for page_id, title in titles(set(numbers)).items()
    ]
    return Section("said", "What readers wrote in the last 7 days", rows)
