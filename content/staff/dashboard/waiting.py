"""The sections of the start page: what waits for one person, goes live by itself or is being written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from clinic_site.page_cache import store
from content.consent.models import Consent
from content.feedback.models import Answer
from content.gallery.models import Case
from content.gallery.readiness import WARNING_DAYS
from content.publishing import schedule, ticks
from content.publishing.models import Schedule
from content.reviews import rules
from content.reviews.states import State
from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import PageRow, Rights, titles

MAX_ROWS = 12
NEW_FEEDBACK_AGE = timedelta(days=7)
LATE_AFTER = timedelta(minutes=10)  # `tick` runs each minute


@dataclass(frozen=True)
class WaitingItem:
    """One row of a section: a title, a sentence about it, a link, and the note of whoever asked."""

    label: str
    detail: str = ""
    link: ActionLink | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """The rows of one kind; `key` is its anchor on the page."""

    key: str
    title: str
    rows: list[WaitingItem]
    is_urgent: bool = False


@dataclass(frozen=True)
class DashboardContext:
    """One person at `now`, on the clinic's local date `on`, with all pages read once."""

    user: Any
    now: datetime
    on: date
    rights: Rights
    pages: list[PageRow]

    @property
    def name(self) -> str:
        """The user name, which is what a sign-off request stores."""
        return str(self.user.get_username())


def overdue(dashboard: DashboardContext) -> Section | None:
    """Live pages whose clinical review is due, for publishers."""
    if not dashboard.rights.is_publisher:
        return None
    rows = [
        WaitingItem(
            content.title,
            f"A doctor was to read it again by {signature.due_on:%-d %B %Y}.",
            _link("page_sign", "Read it again", content.pk, of=content.title) if dashboard.rights.is_signer else None,
        )
        for content, signature in rules.due(dashboard.on)
    ]
    return Section("overdue", "Reviews that are overdue", rows, is_urgent=True)


def reopened(dashboard: DashboardContext) -> Section | None:
    """Live pages whose signature no longer fits, for publishers."""
    if not dashboard.rights.is_publisher:
        return None
    titles = {row.page.pk: row.live.title for row in dashboard.pages if row.live}
    rows = []
    for page in rules.reopened():
        title = titles.get(page.page_id, str(page.page))
        why = f"{page.because[:1].upper()}{page.because[1:]}"
        step = _link("staff_reopened", "See what changed", of=title) if dashboard.rights.is_signer else None
        rows.append(
            WaitingItem(title, f"Patients read: being reviewed again since {page.since:%-d %B %Y}. {why}", step)
        )
    return Section("reopened", "Being reviewed again", rows, is_urgent=True)


def unsigned(dashboard: DashboardContext) -> Section | None:
    """Live medical pages that no doctor has ever signed, such as the sample content, for signers."""
    if not dashboard.rights.is_signer:
        return None
    live = [row.live for row in dashboard.pages if row.live and rules.needs_signature(row.live)]
    signed = set(rules.ever_signed(live))
    rows = [
        WaitingItem(content.title, "", _link("page_sign", "Read and sign", content.pk, of=content.title))
        for content in live
        if content.pk not in signed
    ]
    return Section("unsigned", "Live, and no doctor has signed it", rows)


def awaiting_user(dashboard: DashboardContext) -> Section | None:
    """Drafts that this person may sign or publish, except those that go live by themselves."""
    states = {State.DOCTOR, State.NURSE, State.SIGNED}
    rows = [
        row
        for row in dashboard.pages
        if row.draft and row.state in states and dashboard.rights.may_make_live(row.draft)
    ]
    if any(row.state == State.SIGNED for row in rows):
        planned = {upcoming.content_id for upcoming in schedule.upcoming()}  # they go live by themselves
        rows = [row for row in rows if row.current.pk not in planned]
    return Section("waiting", "Waiting for you", [_request(row, row.step) for row in rows], is_urgent=True)


def own_requests(dashboard: DashboardContext) -> Section | None:
    """The drafts that this person has asked a signer or publisher for."""
    rows = [
        row
        for row in dashboard.pages
        if row.draft
        and row.request
        and row.request.asked_by == dashboard.name
        and not dashboard.rights.may_make_live(row.draft)
    ]
    return Section("asked", "What you asked for", [_request(row, _own_request(row)) for row in rows])


def _own_request(row: PageRow) -> ActionLink:
    return _link("page_ask", "See where it stands", row.current.pk, of=row.current.title)


def _request(row: PageRow, step: ActionLink | None) -> WaitingItem:
    if row.request is None:
        return WaitingItem(row.current.title, f"{row.state.label}.", step)
    when = f"{timezone.localtime(row.request.asked_at):%-d %B, %H:%M}"
    return WaitingItem(
        row.current.title, f"{row.state.label}. Asked by {row.request.asked_by}, {when}.", step, row.request.note
    )


def failed_schedules(dashboard: DashboardContext) -> Section | None:
    """What did not go live at its time, and a warning if the scheduler itself no longer runs."""
    if not dashboard.rights.is_publisher:
        return None
    rows = [_schedule_item(failure, failure.problem) for failure in schedule.failed()]
    last = ticks.last_run_at()
    if last and dashboard.now - last > LATE_AFTER:
        when = f"{timezone.localtime(last):%-d %B, %H:%M}"
        rows.append(
            WaitingItem(
                "Nothing goes live by itself", f"Last looked at on {when}. Tell whoever looks after the server."
            )
        )
    return Section("stuck", "Did not go live at its time", rows, is_urgent=True)


def page_cache_failures(dashboard: DashboardContext) -> Section | None:
    """A warning if the page cache can't be written: then pages need the database and load slowly."""
    invalidated_at = store.invalidated_at()
    if invalidated_at is None or dashboard.now - invalidated_at < LATE_AFTER:
        return None
    when = f"{timezone.localtime(invalidated_at):%-d %B, %H:%M}"
    row = WaitingItem(
        f"Since {when} no page could be kept", "Perhaps the disk is full. Tell whoever looks after the server."
    )
    return Section("not-kept", "Readers get pages, but slowly", [row], is_urgent=True)


def upcoming_schedules(dashboard: DashboardContext) -> Section | None:
    """What is still to go live by itself."""
    if not dashboard.rights.is_writer:
        return None
    return Section("coming", "Goes live by itself", [_schedule_item(planned, "") for planned in schedule.upcoming()])


def _schedule_item(planned: Schedule, problem: str) -> WaitingItem:
    title = planned.content.title
    when = f"Set by {planned.set_by} for {timezone.localtime(planned.goes_live_at):%-d %B %Y, %H:%M}."
    return WaitingItem(
        title, f"{when} {problem}".strip(), _link("page_schedule", "See the time", planned.content.pk, of=title)
    )


def own_drafts(dashboard: DashboardContext) -> Section | None:
    """What this person is writing."""
    drafts = [row for row in dashboard.pages if row.state == State.WRITING and row.is_held_by(dashboard.user)]
    rows = [
        WaitingItem(row.current.title, f"Begun on {timezone.localtime(row.since):%-d %B %Y}.", row.step)
        for row in drafts
    ]
    return Section("drafts", "Your drafts", rows)


def other_drafts(dashboard: DashboardContext) -> Section | None:
    """What others are writing: who, and since when."""
    if not dashboard.rights.is_writer:
        return None
    rows = []
    for row in dashboard.pages:
        if row.state == State.WRITING and not row.is_held_by(dashboard.user):
            since = f"{timezone.localtime(row.since):%-d %B %Y}"
            rows.append(
                WaitingItem(row.current.title, f"{row.holder or 'Nobody'} is changing it; begun on {since}.", row.step)
            )
    return Section("others", "Drafts of others", rows)


def cases(dashboard: DashboardContext) -> Section | None:
    """The number of cases that await a doctor's approval."""
    if not dashboard.user.has_perm("content.approve_case"):
        return None
    number = Case.objects.filter(approved_at=None, consent__withdrawn_at=None).count()
    url = f"{reverse('admin:content_case_changelist')}?stands=waiting"
    words = "1 case is not approved yet" if number == 1 else f"{number} cases are not approved yet"
    return Section(
        "cases", "Before and after", [WaitingItem(words, "", ActionLink("Look at them", url))] if number else []
    )


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
            title, f"{numbers[page_id]} wrote something.", _link("feedback_words", "Read it", page_id, of=title)
        )
        for page_id, title in titles(set(numbers)).items()
    ]
    return Section("said", "What readers wrote in the last 7 days", rows)


#: In the order of the page. Each returns None if it is not for this person.
SECTIONS: list[Callable[[DashboardContext], Section | None]] = [
    overdue,
    reopened,
    awaiting_user,
    failed_schedules,
    page_cache_failures,
    upcoming_schedules,
    unsigned,
    own_drafts,
    other_drafts,
    cases,
    consents,
    recent_feedback,
    own_requests,
]


def sections(dashboard: DashboardContext) -> list[Section]:
    """Return this person's sections in the order of the page, without the empty ones."""
    return [section for build in SECTIONS if (section := build(dashboard)) and section.rows]


def _link(name: str, words: str, *args: Any, of: str = "") -> ActionLink:
    return ActionLink(words, reverse(name, args=args), subject=of)
