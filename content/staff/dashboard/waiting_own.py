"""What became of one person's own work without them: a save that a sign-in interrupted, a draft that was taken over."""

from django.urls import reverse

from content.reviews.draft_locks import time_of_day
from content.reviews.models import Takeover
from content.staff.action_links import ActionLink
from content.staff.dashboard.section import DashboardContext, Section, WaitingItem, link_to
from content.staff.sessions import interrupted


def interrupted_saves(dashboard: DashboardContext) -> Section | None:
    """What this person sent to be saved when they were signed in no more."""
    rows = [
        WaitingItem(
            f"What you typed for {kept.subject}",
            f"You pressed the button on {interrupted.time_of(kept)}, after you had been signed out.",
            link_to("go_on", "Look at it and save", kept.token, of=kept.subject, look="1"),
        )
        for kept in interrupted.of_user(dashboard.user, now=dashboard.now)
    ]
    return Section("not-saved", "Not saved yet", rows, is_urgent=True)


def taken_over(dashboard: DashboardContext) -> Section | None:
    """The drafts that somebody took over from this person, until they have read it."""
    rows = [
        WaitingItem(
            takeover.title,
            f"{takeover.taken_by} took this draft over from you at {time_of_day(takeover.taken_at, dashboard.now)}. "
            "What you saved is in it.",
            ActionLink(
                "I have read it", reverse("takeover_seen", args=[takeover.pk]), is_post=True, subject=takeover.title
            ),
        )
        for takeover in Takeover.objects.filter(person=dashboard.user)
    ]
    return Section("taken-over", "Taken over from you", rows)
