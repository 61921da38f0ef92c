"""What needs one person today: everything that waits for them, goes live by itself or is being written, by kind."""

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
LATE_AFTER = timedelta(minutes=10)  # the tick comes each minute


@dataclass(frozen=True)
class WaitingItem:
    """One thing that waits: what, what about it, and where to go."""

    label: str
    detail: str = ""
    link: ActionLink | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind; `key` names it in the page's address."""

    key: str
    title: str
    rows: list[WaitingItem]
    is_urgent: bool = False


@dataclass(frozen=True)
class DashboardContext:
    """One person `now`, on the clinic's local date `on`, with all pages read once."""

    user: Any
    now: datetime
    on: date
    rights: Rights
    pages: list[PageRow]

    @property
    def name(self) -> str:
        """What requests call this person."""
        return str(self.user.get_username())


def overdue(visit: DashboardContext) -> Section | None:
    """Live pages whose clinical review is due, for whoever makes pages live."""
    if not visit.rights.is_publisher:
        return None
    rows = [
        WaitingItem(
            content.title,
            f"A doctor was to read it again by {signed.due_on:%-d %B %Y}.",
            _link("page_sign", "Read it again", content.pk, of=content.title) if visit.rights.is_signer else None,
        )
        for content, signed in rules.due(visit.on)
    ]
    return Section("overdue", "Reviews that are overdue", rows, is_urgent=True)


def reopened(visit: DashboardContext) -> Section | None:
    """Live pages whose signature no longer fits, for whoever makes pages live."""
    if not visit.rights.is_publisher:
        return None
    titles = {row.page.pk: row.live.title for row in visit.pages if row.live}
    rows = []
    for one in rules.reopened():
        title = titles.get(one.page_id, str(one.page))
        why = f"{one.because[:1].upper()}{one.because[1:]}"
        step = _link("staff_reopened", "See what changed", of=title) if visit.rights.is_signer else None
        rows.append(WaitingItem(title, f"Patients read: being reviewed again since {one.since:%-d %B %Y}. {why}", step))
    return Section("reopened", "Being reviewed again", rows, is_urgent=True)


def unsigned(visit: DashboardContext) -> Section | None:
    """Live medical pages that no doctor has ever signed, such as the first content, which says that it is a sample."""
    if not visit.rights.is_signer:
        return None
    live = [row.live for row in visit.pages if row.live and rules.needs_signature(row.live)]
    signed = set(rules.ever_signed(live))
    rows = [
        WaitingItem(one.title, "", _link("page_sign", "Read and sign", one.pk, of=one.title))
        for one in live
        if one.pk not in signed
    ]
    return Section("unsigned", "Live, and no doctor has signed it", rows)


def awaiting_user(visit: DashboardContext) -> Section | None:
    """Drafts that wait for exactly this person's right."""
    states = {State.DOCTOR, State.NURSE, State.SIGNED}
    found = [row for row in visit.pages if row.draft and row.state in states and visit.rights.may_make_live(row.draft)]
    if any(row.state == State.SIGNED for row in found):
        planned = {one.content_id for one in schedule.upcoming()}  # they go live by themselves
        found = [row for row in found if row.current.pk not in planned]
    return Section("waiting", "Waiting for you", [_request(row, row.step) for row in found], is_urgent=True)


def own_requests(visit: DashboardContext) -> Section | None:
    """What this person has asked for, and where it stands."""
    found = [
        row
        for row in visit.pages
        if row.draft
        and row.request
        and row.request.asked_by == visit.name
        and not visit.rights.may_make_live(row.draft)
    ]
    return Section("asked", "What you asked for", [_request(row, _own_request(row)) for row in found])


def _own_request(row: PageRow) -> ActionLink:
    return _link("page_ask", "See where it stands", row.current.pk, of=row.current.title)


def _request(row: PageRow, step: ActionLink | None) -> WaitingItem:
    if row.request is None:
        return WaitingItem(row.current.title, f"{row.state.label}.", step)
    when = f"{timezone.localtime(row.request.asked_at):%-d %B, %H:%M}"
    return WaitingItem(
        row.current.title, f"{row.state.label}. Asked by {row.request.asked_by}, {when}.", step, row.request.note
    )


def failed_schedules(visit: DashboardContext) -> Section | None:
    """What did not go live at its time, and whether anything does."""
    if not visit.rights.is_publisher:
        return None
    rows = [_schedule_item(one, one.problem) for one in schedule.failed()]
    last = ticks.last_run_at()
    if last and visit.now - last > LATE_AFTER:
        when = f"{timezone.localtime(last):%-d %B, %H:%M}"
        rows.append(
            WaitingItem(
                "Nothing goes live by itself", f"Last looked at on {when}. Tell whoever looks after the server."
            )
        )
    return Section("stuck", "Did not go live at its time", rows, is_urgent=True)


def page_cache_failures(visit: DashboardContext) -> Section | None:
    """Whether pages can't be kept as files any more: readers get them, but would not without the database."""
    closed_at = store.invalidated_at()
    if closed_at is None or visit.now - closed_at < LATE_AFTER:
        return None
    when = f"{timezone.localtime(closed_at):%-d %B, %H:%M}"
    row = WaitingItem(
        f"Since {when} no page could be kept", "Perhaps the disk is full. Tell whoever looks after the server."
    )
    return Section("not-kept", "Readers get pages, but slowly", [row], is_urgent=True)


def upcoming_schedules(visit: DashboardContext) -> Section | None:
    """What is still to go live by itself."""
    if not visit.rights.is_writer:
        return None
    return Section("coming", "Goes live by itself", [_schedule_item(one, "") for one in schedule.upcoming()])


def _schedule_item(one: Schedule, problem: str) -> WaitingItem:
    title = one.content.title
    when = f"Set by {one.set_by} for {timezone.localtime(one.goes_live_at):%-d %B %Y, %H:%M}."
    return WaitingItem(
        title, f"{when} {problem}".strip(), _link("page_schedule", "See the time", one.content.pk, of=title)
    )


def own_drafts(visit: DashboardContext) -> Section | None:
    """What this person is writing."""
    found = [row for row in visit.pages if row.state == State.WRITING and row.is_held_by(visit.user)]
    rows = [
        WaitingItem(row.current.title, f"Begun on {timezone.localtime(row.since):%-d %B %Y}.", row.step)
        for row in found
    ]
    return Section("drafts", "Your drafts", rows)


def other_drafts(visit: DashboardContext) -> Section | None:
    """What others are writing: who, and since when."""
    if not visit.rights.is_writer:
        return None
    rows = []
    for row in visit.pages:
        if row.state == State.WRITING and not row.is_held_by(visit.user):
            since = f"{timezone.localtime(row.since):%-d %B %Y}"
            rows.append(
                WaitingItem(row.current.title, f"{row.holder or 'Nobody'} is changing it; begun on {since}.", row.step)
            )
    return Section("others", "Drafts of others", rows)


def cases(visit: DashboardContext) -> Section | None:
    """How many cases a doctor hasn't approved yet."""
    if not visit.user.has_perm("content.approve_case"):
        return None
    number = Case.objects.filter(approved_at=None, consent__withdrawn_at=None).count()
    url = f"{reverse('admin:content_case_changelist')}?stands=waiting"
    words = "1 case is not approved yet" if number == 1 else f"{number} cases are not approved yet"
    return Section(
        "cases", "Before and after", [WaitingItem(words, "", ActionLink("Look at them", url))] if number else []
    )


def consents(visit: DashboardContext) -> Section | None:
    """Consents that end within 60 days, for whoever can ask the person for a new one; then the pictures come down."""
    if not any(visit.user.has_perm(f"content.{right}") for right in ("change_consent", "export_consent")):
        return None
    last = visit.on + timedelta(days=max(WARNING_DAYS))
    ending = Consent.objects.filter(withdrawn_at=None, is_demo=False, expires_on__range=(visit.on, last))
    found = list(ending.order_by("expires_on", "pk")[: MAX_ROWS + 1])
    rows = [_consent(one, visit.on) for one in found[:MAX_ROWS]]
    if len(found) > MAX_ROWS:
        rows.append(
            WaitingItem("And more", "", ActionLink("See all consents", reverse("admin:content_consent_changelist")))
        )
    is_urgent = any((one.expires_on - visit.on).days <= min(WARNING_DAYS) for one in found)
    return Section("consents", "Consents that end soon", rows, is_urgent=is_urgent)


def _consent(one: Consent, on: date) -> WaitingItem:
    days = (one.expires_on - on).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days, on {one.expires_on:%-d %B %Y}"
    url = reverse("admin:content_consent_change", args=[one.pk])
    urgent = "Urgent. " if days <= min(WARNING_DAYS) else ""
    detail = f"{urgent}Ends {when}. Ask the person for a new one, or the pictures are taken down."
    return WaitingItem(one.reference, detail, ActionLink("Open", url, subject=one.reference))


def recent_feedback(visit: DashboardContext) -> Section | None:
    """What readers wrote in the last week; it goes by itself, for nobody has to act on each."""
    if not visit.user.has_perm("content.view_answer"):
        return None
    written = Answer.objects.order_by().exclude(words="").filter(answered_on__gt=visit.on - NEW_FEEDBACK_AGE)
    numbers = dict(written.values_list("page_id").annotate(number=Count("pk")))
    rows = [
        WaitingItem(
            title, f"{numbers[page_id]} wrote something.", _link("feedback_words", "Read it", page_id, of=title)
        )
        for page_id, title in titles(set(numbers)).items()
    ]
    return Section("said", "What readers wrote in the last 7 days", rows)


#: What the page holds, in this order; each is asked whether it is for this person, and shown where it holds something.
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


def sections(visit: DashboardContext) -> list[Section]:
    """What waits for this person, in the order of the page; nothing that is empty."""
    return [section for make in SECTIONS if (section := make(visit)) and section.rows]


def _link(name: str, words: str, *args: Any, of: str = "") -> ActionLink:
    return ActionLink(words, reverse(name, args=args), subject=of)
