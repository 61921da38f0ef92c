"""Pages that go live, move and go offline in the tests of publishing."""

from typing import Any

from cms.models import PageContent
from django.test import Client

from content.models import Snapshot
from content.publishing import snapshots
from tests.factories import NOON, author, page_of_kind
from tests.rendering import publish


def live(kind: str = "clinic", **texts: Any) -> PageContent:
    """A new page that visitors can read."""
    draft = page_of_kind(kind, **texts)
    publish(draft)
    return draft


def renamed(content: PageContent, **texts: Any) -> PageContent:
    """The next version of the page with these texts, live in the place of this one."""
    draft = next_draft(content, **texts)
    draft.versions.get().publish(author())
    return draft


def next_draft(content: PageContent, **texts: Any) -> PageContent:
    """A draft after this version, with these texts."""
    draft: PageContent = content.versions.get().copy(author()).content
    for name, value in texts.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def leads_to(path: str) -> str | int:
    """Where a visitor's browser ends up who asks for this address: there, or with which refusal."""
    for _ in range(5):
        reply = Client().get(path)
        assert not reply.cookies
        if reply.status_code != 301:
            return path if reply.status_code == 200 else reply.status_code
        path = reply["Location"]
    raise AssertionError("It went round in circles.")


def snapshots_of(content: PageContent) -> list[Snapshot]:
    """The snapshots of the page, taken by now."""
    snapshots.take_due(now=NOON)
    return list(Snapshot.objects.filter(page_id=content.page_id))
