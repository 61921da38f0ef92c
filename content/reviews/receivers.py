"""What the reviews listen to: versions that go live, facts that change, drafts that are locked."""

from content.reviews import draft_locks, gate, rereview


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    for module in (gate, rereview, draft_locks):
        module.connect_receivers()
