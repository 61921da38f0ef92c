"""The signal receivers of reviews: for versions that go live, changed facts and locked drafts."""

from content.reviews import draft_locks, gate, rereview


def connect_receivers() -> None:
    """Connect them all; called once, when the apps are ready."""
    for module in (gate, rereview, draft_locks):
        module.connect_receivers()
