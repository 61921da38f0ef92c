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
from content.gallery.readiness import WARNED
from content.publishing import schedule, ticks
from content.publishing.models import Schedule
from content.reviews import rules
from content.reviews.states import State
from content.staff.action_links import Step
from content.staff.dashboard.page_list import PageRow, Rights, titles

MOST_ROWS = 12
NEW = timedelta(days=7)
LATE = timedelta(minutes=10)  # the tick comes each minute


@dataclass(frozen=True)
class Row:
    """One thing that waits: what, what about it, and where to go."""

    words: str
    detail: str = ""
    step: Step | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind; `key` names it in the page's address."""

    key: str
    title: str
    rows: list[Row]
    is_urgent: bool = False


@dataclass(frozen=True)
class Visit:
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


def overdue(visit: Visit) -> Section | None:
    """Live pages whose clinical review is due, for whoever makes pages live."""
    if not visit.rights.is_publisher:
        return None
    rows = [
        Row(
            content.title,
            f"A doctor was to read it again by {signed.due_on:%-d %B %Y}.",
            _to("page_sign", "Read it again", content.pk, of=content.title) if visit.rights.is_signer else None,
        )
        for content, signed in rules.due(visit.on)
    ]
    return Section("overdue", "Reviews that are overdue", rows, is_urgent=True)


def reopened(visit: Visit) -> Section | None:
    """Live pages whose signature no longer fits, for whoever makes pages live."""
    if not visit.rights.is_publisher:
        return None
    titles = {row.page.pk: row.live.title for row in visit.pages if row.live}
    rows = []
    for one in rules.reopened():
        title = titles.get(one.page_id, str(one.page))
        why = f"{one.because[:1].upper()}{one.because[1:]}"
        step = _to("staff_reopened", "See what changed", of=title) if visit.rights.is_signer else None
        rows.append(Row(title, f"Patients read: being reviewed again since {one.since:%-d %B %Y}. {why}", step))
    return Section("reopened", "Being reviewed again", rows, is_urgent=True)


def unsigned(visit: Visit) -> Section | None:
    """Live medical pages that no doctor has ever signed, such as the first content, which says that it is a sample."""
    if not visit.rights.is_signer:
        return None
    live = [row.live for row in visit.pages if row.live and rules.needs_signature(row.live)]
    signed = set(rules.signed_among(live))
    rows = [
        Row(one.title, "", _to("page_sign", "Read and sign", one.pk, of=one.title))
        for one in live
        if one.pk not in signed
    ]
    return Section("unsigned", "Live, and no doctor has signed it", rows)


def waiting(visit: Visit) -> Section | None:
    """Drafts that wait for exactly this person's right."""
    states = {State.DOCTOR, State.NURSE, State.SIGNED}
    found = [row for row in visit.pages if row.draft and row.state in states and visit.rights.settles(row.draft)]
    if any(row.state == State.SIGNED for row in found):
        planned = {one.content_id for one in schedule.coming()}  # they go live by themselves
        found = [row for row in found if row.shown.pk not in planned]
    return Section("waiting", "Waiting for you", [_request(row, row.step) for row in found], is_urgent=True)


def asked(visit: Visit) -> Section | None:
    """What this person has asked for, and where it stands."""
    found = [
        row
        for row in visit.pages
        if row.draft and row.request and row.request.asked_by == visit.name and not visit.rights.settles(row.draft)
    ]
    return Section("asked", "What you asked for", [_request(row, _asked_for(row)) for row in found])


def _asked_for(row: PageRow) -> Step:
    return _to("page_ask", "See where it stands", row.shown.pk, of=row.shown.title)


def _request(row: PageRow, step: Step | None) -> Row:
    if row.request is None:
        return Row(row.shown.title, f"{row.state.label}.", step)
    when = f"{timezone.localtime(row.request.asked_at):%-d %B, %H:%M}"
    return Row(row.shown.title, f"{row.state.label}. Asked by {row.request.asked_by}, {when}.", step, row.request.note)


def stuck(visit: Visit) -> Section | None:
    """What did not go live at its time, and whether anything does."""
    if not visit.rights.is_publisher:
        return None
    rows = [_planned(one, one.problem) for one in schedule.problems()]
    last = ticks.last()
    if last and visit.now - last > LATE:
        when = f"{timezone.localtime(last):%-d %B, %H:%M}"
        rows.append(
            Row("Nothing goes live by itself", f"Last looked at on {when}. Tell whoever looks after the server.")
        )
    return Section("stuck", "Did not go live at its time", rows, is_urgent=True)


def not_kept(visit: Visit) -> Section | None:
    """Whether pages can't be kept as files any more: readers get them, but would not without the database."""
    closed_at = store.closed_at()
    if closed_at is None or visit.now - closed_at < LATE:
        return None
    when = f"{timezone.localtime(closed_at):%-d %B, %H:%M}"
    row = Row(f"Since {when} no page could be kept", "Perhaps the disk is full. Tell whoever looks after the server.")
    return Section("not-kept", "Readers get pages, but slowly", [row], is_urgent=True)


def coming(visit: Visit) -> Section | None:
    """What is still to go live by itself."""
    if not visit.rights.is_writer:
        return None
    return Section("coming", "Goes live by itself", [_planned(one, "") for one in schedule.coming()])


def _planned(one: Schedule, problem: str) -> Row:
    title = one.content.title
    when = f"Set by {one.set_by} for {timezone.localtime(one.goes_live_at):%-d %B %Y, %H:%M}."
    return Row(title, f"{when} {problem}".strip(), _to("page_schedule", "See the time", one.content.pk, of=title))


def own_drafts(visit: Visit) -> Section | None:
    """What this person is writing."""
    found = [row for row in visit.pages if row.state == State.WRITING and row.is_held_by(visit.user)]
    rows = [Row(row.shown.title, f"Begun on {timezone.localtime(row.since):%-d %B %Y}.", row.step) for row in found]
    return Section("drafts", "Your drafts", rows)


def other_drafts(visit: Visit) -> Section | None:
    """What others are writing: who, and since when."""
    if not visit.rights.is_writer:
        return None
    rows = []
    for row in visit.pages:
        if row.state == State.WRITING and not row.is_held_by(visit.user):
            since = f"{timezone.localtime(row.since):%-d %B %Y}"
            rows.append(Row(row.shown.title, f"{row.holder or 'Nobody'} is changing it; begun on {since}.", row.step))
    return Section("others", "Drafts of others", rows)


def cases(visit: Visit) -> Section | None:
    """How many cases a doctor hasn't approved yet."""
    if not visit.user.has_perm("content.approve_case"):
        return None
    number = Case.objects.filter(approved_at=None, consent__withdrawn_at=None).count()
    url = f"{reverse('admin:content_case_changelist')}?stands=waiting"
    words = "1 case is not approved yet" if number == 1 else f"{number} cases are not approved yet"
    return Section("cases", "Before and after", [Row(words, "", Step("Look at them", url))] if number else [])


def consents(visit: Visit) -> Section | None:
    """Consents that end within 60 days, for whoever can ask the person for a new one; then the pictures come down."""
    if not any(visit.user.has_perm(f"content.{right}") for right in ("change_consent", "export_consent")):
        return None
    last = visit.on + timedelta(days=max(WARNED))
    ending = Consent.objects.filter(withdrawn_at=None, is_demo=False, expires_on__range=(visit.on, last))
    found = list(ending.order_by("expires_on", "pk")[: MOST_ROWS + 1])
    rows = [_consent(one, visit.on) for one in found[:MOST_ROWS]]
    if len(found) > MOST_ROWS:
        rows.append(Row("And more", "", Step("See all consents", reverse("admin:content_consent_changelist"))))
    is_urgent = any((one.expires_on - visit.on).days <= min(WARNED) for one in found)
    return Section("consents", "Consents that end soon", rows, is_urgent=is_urgent)


def _consent(one: Consent, on: date) -> Row:
    days = (one.expires_on - on).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days, on {one.expires_on:%-d %B %Y}"
    url = reverse("admin:content_consent_change", args=[one.pk])
    urgent = "Urgent. " if days <= min(WARNED) else ""
    detail = f"{urgent}Ends {when}. Ask the person for a new one, or the pictures are taken down."
    return Row(one.reference, detail, Step("Open", url, of=one.reference))


def said(visit: Visit) -> Section | None:
    """What readers wrote in the last week; it goes by itself, for nobody has to act on each."""
    if not visit.user.has_perm("content.view_answer"):
        return None
    written = Answer.objects.order_by().exclude(words="").filter(answered_on__gt=visit.on - NEW)
    numbers = dict(written.values_list("page_id").annotate(number=Count("pk")))
    rows = [
        Row(title, f"{numbers[page_id]} wrote something.", _to("feedback_words", "Read it", page_id, of=title))
        for page_id, title in titles(set(numbers)).items()
    ]
    return Section("said", "What readers wrote in the last 7 days", rows)


#: What the page holds, in this order; each is asked whether it is for this person, and shown where it holds something.
SECTIONS: list[Callable[[Visit], Section | None]] = [
    overdue,
    reopened,
    waiting,
    stuck,
    not_kept,
    coming,
    unsigned,
    own_drafts,
    other_drafts,
    cases,
    consents,
    said,
    asked,
]


def sections(visit: Visit) -> list[Section]:
    """What waits for this person, in the order of the page; nothing that is empty."""
    return [section for make in SECTIONS if (section := make(visit)) and section.rows]


def _to(name: str, words: str, *args: Any, of: str = "") -> Step:
    return Step(words, reverse(name, args=args), of=of)
