"""What the checks find stops signing and publishing, until it is mended or a reviewer gives the reason."""

import pytest
from cms.models import PageContent
from djangocms_versioning.exceptions import ConditionFailed

from content.models import Prose
from content.reviews import checks, rules, signing
from tests.factories import NOON, author, doctor, signed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def draft(db: None) -> PageContent:
    """A new draft of the seeded page on the session, in which someone has written that it is painless."""
    live = PageContent.objects.get(page__reverse_id="your-session")
    made: PageContent = live.versions.get().copy(author()).content
    block = Prose.objects.filter(placeholder__in=made.placeholders.all()).first()
    assert block
    block.body = f"{block.body}<p>It is quite painless.</p>"
    block.save()
    return made


def test_painless_is_neither_signed_nor_published_until_it_is_mended(draft: PageContent) -> None:
    with pytest.raises(signing.RefusedError, match="look under “Checks”"):
        signed(draft)
    with pytest.raises(ConditionFailed):
        draft.versions.get().publish(author())
    block = Prose.objects.get(placeholder__in=draft.placeholders.all(), body__contains="painless")
    block.body = str(block.body).replace("<p>It is quite painless.</p>", "")
    block.save()
    signed(draft)
    draft.versions.get().publish(author())


def test_a_reviewers_reason_lets_it_stand_and_travels_with_the_page(draft: PageContent) -> None:
    [stop] = checks.blocking_findings(draft)
    checks.give_reason(
        draft, word=stop.word, sentence=stop.quoted, reason="A patient is quoted.", actor="dr-test", now=NOON
    )
    signed(draft)
    draft.versions.get().publish(author())
    second = draft.versions.get().copy(author()).content
    assert checks.blocking_findings(second) == []


def test_every_seeded_page_could_be_signed_as_it_is() -> None:
    live = rules.live_pages()
    assert len(live) == 6
    for content in live:
        signed(content, user=doctor())
