"""The signal receivers of reviews: for versions that go live, their requests, changed facts and locked drafts."""

from content.reviews import draft_locks, gate, rereview, signing


def connect_receivers() -> None:
    """Connect them all; called once, when the apps are ready."""
    for module in (gate, signing, rereview, draft_locks):
        module.connect_receivers()
