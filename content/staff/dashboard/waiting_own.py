"""What became of one person's own work without them: a save that a sign-in interrupted, a draft that was taken over."""

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
