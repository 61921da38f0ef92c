""" "What changed" puts single blocks back as they are on the live page, under the rules of every change."""

import re
from typing import Any

import pytest
from cms.models import CMSPlugin, PageContent
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.ledger.models import Entry
from content.models import BlockChange, DoAndDont, Prose, TopicLink, TopicLinks
from content.reviews import diff, draft_locks, signed_document
from tests.factories import (
    DoAndDontFactory,
    ProseFactory,
    TopicLinkFactory,
    TopicLinksFactory,
    author,
    page_of_kind,
    slot_of,
)
from tests.rendering import publish, unescaped
from tests.staff.editors import browser_of, editor
from tests.staff.members import member
from tests.undo.test_changes import delete, move, of, placed

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("incomplete_pages")]


@pytest.fixture
def live() -> PageContent:
    """A live topic with three blocks, one of them a list with two links."""
    content = page_of_kind("topic", title="Aftercare")
    body = slot_of(content, "topic_body")
    ProseFactory(placeholder=body, heading="Before you come", body="<p>Eat as <strong>usual</strong>.</p>")
    links = TopicLinksFactory(placeholder=body, heading="Read on")
    TopicLinkFactory(target=links, text="The day before")
    TopicLinkFactory(target=links, text="Half a year later")
    DoAndDontFactory(placeholder=body, heading="Afterwards")
    publish(content)
    return content


@pytest.fixture
def draft(live: PageContent) -> PageContent:
    """Its new draft."""
    content: PageContent = live.versions.get().copy(author()).content
    return PageContent.admin_manager.get(pk=content.pk)


def document(draft: PageContent) -> Any:
    return signed_document.build(PageContent.admin_manager.get(pk=draft.pk))


def offers(client: Client, draft: PageContent) -> list[str]:
    """What the page "What changed" offers to put back."""
    page = unescaped(client.get(reverse("page_changes", args=[draft.pk])))
    return re.findall(r'name="offer" value="([^"]+)"', page)


def accept(client: Client, draft: PageContent, offer: str) -> str:
    return unescaped(client.post(reverse("page_put_back", args=[draft.pk]), {"offer": offer}, follow=True))


@pytest.mark.parametrize("model", [Prose, DoAndDont, TopicLink])
def test_a_deleted_block_is_put_back_alone(staff: Client, draft: PageContent, model: Any) -> None:
    before = document(draft)
    other = Prose.objects.filter(placeholder=slot_of(draft, "topic_body")).get()
    if model is not Prose:
        other.heading = "Another heading that stays changed"
        other.save()
    changed = document(draft)
    delete(staff, of(draft, model))
    [offer] = [one for one in offers(staff, draft) if one.startswith("put-")]
    assert "is back where it was" in accept(staff, draft, offer)
    assert document(draft) == (before if model is Prose else changed)
    assert not BlockChange.objects.exists()  # undoing as well would make two of it


def test_a_list_is_put_back_with_its_links_or_a_link_alone(staff: Client, draft: PageContent) -> None:
    before = document(draft)
    delete(staff, of(draft, TopicLinks))
    assert len(offers(staff, draft)) == 3
    accept(staff, draft, offers(staff, draft)[0])
    assert document(draft) == before
    assert offers(staff, draft) == []


def test_a_link_whose_list_is_gone_says_what_to_do(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, TopicLinks))
    before = placed(draft)
    assert "stands only inside its list" in accept(staff, draft, offers(staff, draft)[1])
    assert placed(draft) == before


def test_a_moved_block_is_moved_back_alone(staff: Client, draft: PageContent) -> None:
    before = placed(draft)
    move(staff, of(draft, Prose), placeholder_id=slot_of(draft, "topic_summary").pk, target_position=1)
    [offer] = offers(staff, draft)
    assert offer.startswith("move-")
    accept(staff, draft, offer)
    assert placed(draft) == before


def test_a_block_that_is_back_already_is_not_put_back_twice(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    [offer] = offers(staff, draft)
    accept(staff, draft, offer)
    after = placed(draft)
    assert "is back already" in accept(staff, draft, offer)
    assert placed(draft) == after


@pytest.mark.parametrize("offer", ["", "put-1", "put-", "move-1", "<b>", "put-99999999999999999999"])
def test_nothing_but_what_is_offered_is_taken(staff: Client, draft: PageContent, offer: str) -> None:
    other = ProseFactory(heading="Of another page")
    delete(staff, of(draft, Prose))
    before = placed(draft)
    for sent in (offer, f"put-{other.pk}", f"move-{other.pk}"):
        accept(staff, draft, sent)
    assert placed(draft) == before


def test_nothing_is_offered_or_taken_once_the_page_went_live(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    [offer] = offers(staff, draft)
    publish(draft)
    before = placed(draft)
    assert "no draft any more" in accept(staff, draft, offer)
    assert placed(draft) == before
    assert offers(staff, draft) == []


def test_nothing_is_offered_or_taken_while_somebody_else_holds_the_draft(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    [offer] = offers(staff, draft)
    nurse = browser_of(editor("nurse.b"))
    assert offers(nurse, draft) == []
    before = placed(draft)
    assert "is changing this page" in accept(nurse, draft, offer)
    assert placed(draft) == before


@pytest.mark.parametrize("role", ["Reception", "Nurse", "Doctor", "Owner"])
def test_each_role_may_put_back_and_the_ledger_says_who_did(role: str, draft: PageContent) -> None:
    browser = member(role)
    draft_locks.release(draft, now=timezone.now())
    delete(browser, of(draft, Prose))
    accept(browser, draft, offers(browser, draft)[0])
    assert of(draft, Prose).heading == "Before you come"
    [entry] = Entry.objects.filter(event="BLOCK_PUT_BACK")
    assert (entry.detail["block"], entry.detail["how"]) == ("Text, “Before you come”", "gone since live")


def test_strangers_and_gets_change_nothing(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    [offer] = offers(staff, draft)
    url = reverse("page_put_back", args=[draft.pk])
    assert Client().post(url, {"offer": offer})["Location"].startswith("/admin/login/")
    assert member("").post(url, {"offer": offer}).status_code in {302, 403}
    assert staff.get(url, {"offer": offer}).status_code == 405
    assert of(draft, Prose) is None


def test_a_page_that_was_never_live_offers_nothing(staff: Client) -> None:
    draft = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    delete(staff, of(draft, Prose))
    assert offers(staff, draft) == []


def test_a_block_put_back_is_no_change_to_sign(staff: Client, draft: PageContent, live: PageContent) -> None:
    delete(staff, of(draft, Prose))
    accept(staff, draft, offers(staff, draft)[0])
    before, _ = diff.baseline(draft)
    assert signed_document.fingerprint(document(draft)) == signed_document.fingerprint(before or {})
    assert CMSPlugin.objects.filter(placeholder__in=live.placeholders.all()).count() == 5
