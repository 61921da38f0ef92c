"""The signal receivers of reviews: for versions, their requests, changed facts, locked drafts and lapsed reasons."""

from content.reviews import draft_locks, gate, page_checks, rereview, signing


def connect_receivers() -> None:
    """Connect them all; called once, when the apps are ready."""
    for module in (gate, signing, rereview, draft_locks, page_checks):
        module.connect_receivers()
