"""The sections of the start page on what this person asked for: what waits, what came back, what became of the rest."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from content.outcomes.models import Became, Outcome
from content.outcomes.people import names_of
from content.staff.action_links import ActionLink
from content.staff.dashboard.page_list import PageRow, edit_button
from content.staff.dashboard.section import DashboardContext, Section, WaitingItem, link_to

#: What became of it, after the name of whoever did it.
TOLD = {
    Became.SENT_BACK: "{} sent it back",
    Became.SIGNED: "{} signed it; it is not live yet",
    Became.LIVE: "Live: {} published it",
    Became.TAKEN_BACK: "{} took it back, to go on writing",
    Became.PUT_ASIDE: "{} put the draft aside",
    Became.THROWN_AWAY: "{} threw the draft away",
    Became.APPROVED: "{} approved it",
}


def sent_back(dashboard: DashboardContext) -> Section | None:
    """What was sent back to this person, with the words, until they have seen it."""
    return Section("sent-back", "Sent back to you", _rows(dashboard, is_sent_back=True), is_urgent=True)


def own_requests(dashboard: DashboardContext) -> Section | None:
    """What this person has asked a signer or publisher for, and what became of it."""
    known = {outcome.content_id for outcome in dashboard.outcomes}
    older = [
        _waiting(row)
        for row in dashboard.pages
        if row.request
        and row.request.asked_by == dashboard.name
        and row.current.pk not in known  # asked under a release that kept no outcomes
        and not dashboard.rights.may_make_live(row.current)
    ]
    return Section("asked", "What you asked for", [*older, *_rows(dashboard, is_sent_back=False)])


def _rows(dashboard: DashboardContext, *, is_sent_back: bool) -> list[WaitingItem]:
    told = [each for each in dashboard.outcomes if not each.is_dismissed]
    outcomes = [each for each in told if (each.became == Became.SENT_BACK) is is_sent_back]
    names = names_of(name for each in outcomes for name in (each.by, *each.changed_by)) if outcomes else {}
    rows = {row.page.pk: row for row in dashboard.pages}
    items = [_item(each, rows.get(each.page_id or 0), names, dashboard) for each in outcomes]
    return [item for item in items if item]


def _item(
    outcome: Outcome, row: PageRow | None, names: dict[str, str], dashboard: DashboardContext
) -> WaitingItem | None:
    """Return the row that tells this outcome, or None where another section does."""
    if outcome.became == Became.WAITING and row and row.request and row.current.pk == outcome.content_id:
        return None if dashboard.rights.may_make_live(row.current) else _waiting(row, _changed(outcome, names))
    seen = reverse("outcome_dismiss", args=[outcome.pk])
    return WaitingItem(
        outcome.title,
        f"{_told(outcome, names)}{_changed(outcome, names)}",
        _next(outcome, row, dashboard),
        outcome.comment,
        ActionLink("I have seen it", seen, is_post=True, subject=outcome.title),
    )


def _waiting(row: PageRow, changed: str = "") -> WaitingItem:
    assert row.request is not None  # noqa: S101  the callers look
    detail = f"{row.state.label}. Asked on {_moment(row.request.asked_at)}.{changed}"
    step = link_to("page_ask", "See where it stands", row.current.pk, of=row.current.title)
    return WaitingItem(row.current.title, detail, step, row.request.note)


def _told(outcome: Outcome, names: dict[str, str]) -> str:
    if outcome.became == Became.WAITING:
        return "It waits no longer."
    sentence = TOLD[Became(outcome.became)].format(names.get(outcome.by) or "Somebody")
    return f"{sentence}, {_moment(outcome.at)}." if outcome.at else f"{sentence}."


def _changed(outcome: Outcome, names: dict[str, str]) -> str:
    people = " and ".join(names.get(name, name) for name in outcome.changed_by)
    return f" Changed by {people} while it waited." if people else ""


def _next(outcome: Outcome, row: PageRow | None, dashboard: DashboardContext) -> ActionLink | None:
    """Return where this person goes on from here."""
    if outcome.case_id:
        may_see = dashboard.user.has_perm("content.view_case")
        return link_to("case_photographs", "Open the case", outcome.case_id, of=outcome.title) if may_see else None
    if row is None or outcome.became in {Became.PUT_ASIDE, Became.THROWN_AWAY}:
        return None
    if outcome.became == Became.LIVE:
        return ActionLink("See the page", row.public_url, subject=outcome.title) if row.live else None
    if row.draft is None or row.draft.pk != outcome.content_id:
        return None
    if outcome.became == Became.SENT_BACK and (row.holder == "" or row.belongs_to(dashboard.user)):
        return edit_button(row.draft, "Go on writing")
    return link_to("page_changes", "See what changed", row.draft.pk, of=outcome.title)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B, %H:%M}"
