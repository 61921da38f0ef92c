"""The list of a draft's blocks: what each role does with it, and what nobody does."""

from typing import Any

import pytest
from cms.models import CMSPlugin, PageContent
from cms.toolbar.utils import get_object_preview_url
from django.test import Client
from lxml import html

from content.models import Prose, TopicLinks
from content.reviews import draft_locks
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, CareCardFactory, ProseFactory, author, page_of_kind, slot_of
from tests.rendering import Element, filled_in, opened, publish, text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db


def draft_with(*headings: str, kind: str = "topic") -> PageContent:
    """A draft that nobody holds, with a block of text under each of these headings."""
    draft = page_of_kind(kind)
    for heading in headings:
        ProseFactory(placeholder=slot_of(draft, f"{kind}_body"), heading=heading)
    draft_locks.release(draft, now=NOON)
    return draft


def place(draft: PageContent) -> str:
    return f"/staff/pages/{draft.pk}/blocks/"


def block(draft: PageContent, heading: str) -> Prose:
    found: Prose = Prose.objects.get(placeholder__in=draft.placeholders.all(), heading=heading)
    return found


def order(draft: PageContent, slot: str = "topic_body") -> list[str]:
    rows = Prose.objects.filter(placeholder=slot_of(draft, slot)).order_by("position")
    return list(rows.values_list("heading", flat=True))


def press(client: Client, draft: PageContent, verb: str, of: CMSPlugin, **values: Any) -> Any:
    return client.post(place(draft), {"do": verb, "block": of.pk, **values}, follow=True)


def tree_of(client: Client, url: str) -> Element:
    return html.fromstring(client.get(url).content.decode())


@pytest.mark.parametrize("role", ROLES)
def test_every_role_moves_copies_and_deletes_blocks(role: str) -> None:
    draft, browser = draft_with("One", "Two", "Three"), member(role)
    press(browser, draft, "up", block(draft, "Three"))
    assert order(draft) == ["One", "Three", "Two"]
    press(browser, draft, "down", block(draft, "One"))
    assert order(draft) == ["Three", "One", "Two"]
    press(browser, draft, "copy", block(draft, "One"))
    assert order(draft) == ["Three", "One", "One", "Two"]
    doomed = block(draft, "Three")
    asked = browser.get(f"{place(draft)}{doomed.pk}/delete/").content.decode()
    assert "Delete the block “Three” (Text)?" in asked
    assert order(draft)[0] == "Three"
    browser.post(f"{place(draft)}{doomed.pk}/delete/")
    assert order(draft) == ["One", "One", "Two"]


def test_a_list_moves_past_another_with_all_that_is_inside_it() -> None:
    draft = draft_with("One")
    lists = [_links(draft, f"List {number}", children=number) for number in (2, 3)]
    nurse = member("Nurse")
    press(nurse, draft, "down", block(draft, "One"))
    rows = CMSPlugin.objects.filter(placeholder=slot_of(draft, "topic_body")).order_by("position")
    kinds = [(row.plugin_type, row.parent_id) for row in rows]
    assert kinds[:3] == [("TopicLinksPlugin", None), *[("TopicLinkPlugin", lists[0].pk)] * 2]
    assert kinds[3] == ("ProsePlugin", None)
    press(nurse, draft, "up", lists[1])
    press(nurse, draft, "up", lists[1])
    top = [row.pk for row in rows.all() if row.parent_id is None]
    assert top == [lists[1].pk, lists[0].pk, block(draft, "One").pk]
    assert [row.position for row in rows.all()] == list(range(1, 9))


def _links(draft: PageContent, heading: str, *, children: int) -> TopicLinks:
    from cms.api import add_plugin

    slot, language = slot_of(draft, "topic_body"), draft.language
    made: TopicLinks = add_plugin(slot, "TopicLinksPlugin", language, heading=heading)
    for _ in range(children):
        add_plugin(slot, "TopicLinkPlugin", language, target=made, page=draft.page, text="Read on")
    return made


def test_a_copied_list_has_its_own_links_inside_and_stands_right_below() -> None:
    draft = draft_with()
    made = _links(draft, "Links", children=2)
    ProseFactory(placeholder=slot_of(draft, "topic_body"), heading="Last")
    press(member("Nurse"), draft, "copy", made)
    rows = CMSPlugin.objects.filter(placeholder=slot_of(draft, "topic_body")).order_by("position")
    kinds = [row.plugin_type for row in rows]
    assert kinds == [*["TopicLinksPlugin", *["TopicLinkPlugin"] * 2] * 2, "ProsePlugin"]
    assert len({row.parent_id for row in rows if row.parent_id}) == 2


def test_a_block_moves_to_another_part_that_takes_it_and_to_no_other() -> None:
    draft, nurse = draft_with("One", kind="home"), member("Nurse")
    body, hero = slot_of(draft, "home_body"), slot_of(draft, "home_hero")
    offered = [text_of(one) for one in tree_of(nurse, place(draft)).xpath("//button[@value='move']")]
    card = CareCardFactory(placeholder=slot_of(other := draft_with("x"), "topic_help"))
    assert [one for one in offered if "Beside the title" in one] == []
    press(nurse, draft, "move", block(draft, "One"), part=hero.pk)
    assert list(Prose.objects.filter(placeholder=body).values_list("heading", flat=True)) == ["One"]
    press(nurse, other, "move", card, part=slot_of(other, "topic_body").pk)
    card.refresh_from_db()
    assert card.placeholder.slot == "topic_body"
    press(nurse, other, "move", card, part=body.pk)
    card.refresh_from_db()
    assert card.placeholder.source == other


def test_what_stands_at_the_end_says_so_and_a_strange_id_changes_nothing() -> None:
    draft, other, nurse = draft_with("One", "Two"), draft_with("Other", "More"), member("Nurse")
    for verb, of in (("up", block(draft, "One")), ("down", block(draft, "Two")), ("up", block(other, "More"))):
        assert "Nothing was changed." in press(nurse, draft, verb, of).content.decode()
    assert "Nothing was changed." in nurse.post(place(draft), {"do": "up", "block": "x"}, follow=True).content.decode()
    assert "Nothing was changed." in press(nurse, draft, "burn", block(draft, "One")).content.decode()
    nurse.post(f"{place(draft)}{block(other, 'Other').pk}/delete/")
    assert (order(draft), order(other)) == (["One", "Two"], ["Other", "More"])


def test_a_colleagues_draft_and_a_live_page_are_left_as_they_are() -> None:
    theirs = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(theirs, "topic_body"), heading="A")
    ProseFactory(placeholder=slot_of(theirs, "topic_body"), heading="B")
    draft_locks.acquire_if_free(theirs, user=author(), now=NOON)
    nurse = member("Nurse")
    told = press(nurse, theirs, "up", block(theirs, "B"))
    assert "is changing this page since" in told.content.decode()
    assert told.redirect_chain[-1][0] == get_object_preview_url(theirs)
    nurse.post(f"{place(theirs)}{block(theirs, 'A').pk}/delete/")
    assert order(theirs) == ["A", "B"]
    live = draft_with("A", "B", kind="clinic")
    publish(live)
    assert "Only the blocks of a draft can be changed" in press(nurse, live, "up", block(live, "B")).content.decode()
    assert order(live, "clinic_body") == ["A", "B"]


def test_strangers_and_clerks_without_the_right_get_nothing() -> None:
    draft = draft_with("One", "Two")
    for browser, status in ((Client(), 302), (member(""), 403)):
        assert browser.get(place(draft)).status_code == status
        assert browser.post(place(draft), {"do": "up", "block": block(draft, "Two").pk}).status_code == status
        assert browser.post(f"{place(draft)}{block(draft, 'Two').pk}/delete/").status_code == status
    assert order(draft) == ["One", "Two"]


def test_a_form_opened_from_the_list_leads_back_to_its_block_and_one_in_the_window_does_not() -> None:
    draft, nurse = draft_with("One"), member("Nurse")
    tree = tree_of(nurse, place(draft))
    change = next(str(link.get("href")) for link in tree.iter("a") if "edit-plugin" in str(link.get("href")))
    assert place(draft) in {link.get("href") for link in tree_of(nurse, change).iter("a")}
    words = filled_in({"heading": "Uno", "body": "<p>Better.</p>"})
    reply = nurse.post(change, {**words, **opened(nurse, change)})
    assert reply["Location"] == f"{place(draft)}#block-{block(draft, 'Uno').pk}"
    window = change.replace("&in_list=1", "")
    reply = nurse.post(window, {**words, **opened(nurse, window)})
    assert reply.status_code == 200
    assert b"cms-close-frame" in reply.content


def test_a_block_is_added_at_the_end_of_its_part() -> None:
    draft, nurse = draft_with("One", "Two"), member("Nurse")
    [add] = [
        str(link.get("href"))
        for link in tree_of(nurse, place(draft)).iter("a")
        if "plugin_type=ProsePlugin" in str(link.get("href"))
        and f"={slot_of(draft, 'topic_body').pk}&" in str(link.get("href"))
    ]
    reply = nurse.post(add, filled_in({"heading": "Three", "body": "<p>More.</p>"}))
    assert reply["Location"].startswith(place(draft))
    assert order(draft) == ["One", "Two", "Three"]


def test_a_press_takes_the_free_draft_so_that_nobody_else_writes_meanwhile() -> None:
    draft = draft_with("One", "Two")
    press(member("Nurse"), draft, "up", block(draft, "Two"))
    press(member("Reception"), draft, "up", block(draft, "One"))
    assert order(draft) == ["Two", "One"]
