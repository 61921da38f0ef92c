"""The signal receivers of reviews: for versions that go live, changed facts, locked drafts and lapsed reasons."""

from content.reviews import draft_locks, gate, page_checks, rereview


def connect_receivers() -> None:
    """Connect them all; called once, when the apps are ready."""
    for module in (gate, rereview, draft_locks, page_checks):
        module.connect_receivers()
