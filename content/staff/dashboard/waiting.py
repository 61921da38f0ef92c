"""The sections of the start page: what waits for one person, goes live by itself or is being written."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from clinic_site.page_cache import store
from content.comments import threads
from content.publishing import schedule, ticks
from content.publishing.models import Schedule
from content.reviews import rules
from content.reviews.states import State
from content.staff.action_links import ActionLink
from content.staff.dashboard.answers import own_requests, sent_back
from content.staff.dashboard.page_list import PageRow
from content.staff.dashboard.section import DashboardContext, Section, Together, WaitingItem, link_to
from content.staff.dashboard.waiting_own import interrupted_saves, taken_over
from content.staff.dashboard.waiting_records import cases, consents, recent_feedback

LATE_AFTER = timedelta(minutes=10)  # `tick` runs each minute


def overdue(dashboard: DashboardContext) -> Section | None:
    """Live pages whose clinical review is due, for publishers."""
    if not dashboard.rights.is_publisher:
        return None
    rows = [
        WaitingItem(
            content.title,
            f"A doctor was to read it again by {signature.due_on:%-d %B %Y}.",
            link_to("page_sign", "Read it again", content.pk, of=content.title) if dashboard.rights.is_signer else None,
        )
        for content, signature in rules.due(dashboard.on)
    ]
    return Section("overdue", "Reviews that are overdue", rows, is_urgent=True)


def reopened(dashboard: DashboardContext) -> Section | None:
    """Live pages whose signature no longer fits, for publishers."""
    if not dashboard.rights.is_publisher:
        return None
    live = {row.page.pk: row.live for row in dashboard.pages if row.live}
    rows = []
    for page in rules.reopened():
        content = live.get(page.page_id)
        title = content.title if content else str(page.page)
        why = f"{page.because[:1].upper()}{page.because[1:]}"
        step = link_to("staff_reopened", "See what changed", of=title) if dashboard.rights.is_signer else None
        since = f"Patients read: being reviewed again since {page.since:%-d %B %Y}. {why}"
        rows.append(WaitingItem(title, since, step, tick=content.pk if content and step else None))
    together = Together("See the ticked pages and sign them together", reverse("staff_reopened"))
    return Section("reopened", "Being reviewed again", rows, is_urgent=True, together=together)


def unsigned(dashboard: DashboardContext) -> Section | None:
    """Live medical pages that no doctor has ever signed, such as the sample content, for signers."""
    if not dashboard.rights.is_signer:
        return None
    live = [row.live for row in dashboard.pages if row.live and rules.needs_signature(row.live)]
    signed = set(rules.ever_signed(live))
    rows = [
        WaitingItem(content.title, "", link_to("page_sign", "Read and sign", content.pk, of=content.title))
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
        title, f"{when} {problem}".strip(), link_to("page_schedule", "See the time", planned.content.pk, of=title)
    )


def own_drafts(dashboard: DashboardContext) -> Section | None:
    """What this person is writing."""
    drafts = [row for row in dashboard.pages if row.state == State.WRITING and row.belongs_to(dashboard.user)]
    comments = threads.count_open(row.page.pk for row in drafts) if drafts else {}
    rows = []
    for row in drafts:
        begun = f"Begun on {timezone.localtime(row.since):%-d %B %Y}."
        number = comments.get(row.page.pk, 0)
        said = f" {number} comment{' is' if number == 1 else 's are'} open." if number else ""
        is_asked_for = not dashboard.rights.may_make_live(row.current)
        tick = row.current.pk if is_asked_for else None
        rows.append(WaitingItem(row.current.title, f"{begun}{said}", row.step, tick=tick))
    together = Together("Ask for the ticked pages", reverse("ask_together"), is_post=True)
    return Section("drafts", "Your drafts", rows, together=together)


def other_drafts(dashboard: DashboardContext) -> Section | None:
    """What others are writing: who, and since when."""
    if not dashboard.rights.is_writer:
        return None
    rows = []
    for row in dashboard.pages:
        if row.state == State.WRITING and not row.belongs_to(dashboard.user):
            since = f"{timezone.localtime(row.since):%-d %B %Y}"
            rows.append(
                WaitingItem(row.current.title, f"{row.holder or 'Nobody'} is changing it; begun on {since}.", row.step)
            )
    return Section("others", "Drafts of others", rows)


#: In the order of the page. Each returns None if it is not for this person.
SECTIONS: list[Callable[[DashboardContext], Section | None]] = [
    interrupted_saves,
    taken_over,
    overdue,
    reopened,
    awaiting_user,
    sent_back,
    failed_schedules,
    page_cache_failures,
    own_requests,
    upcoming_schedules,
    unsigned,
    own_drafts,
    other_drafts,
    cases,
    consents,
    recent_feedback,
]


def sections(dashboard: DashboardContext) -> list[Section]:
    """Return this person's sections in the order of the page, without the empty ones."""
    return [section for build in SECTIONS if (section := build(dashboard)) and section.rows]
