"""The order of the menu: who changes it, what readers get at once, and a menu that stays on one line."""

from typing import Any

import pytest
from cms.models import Page, PageContent
from django.test import Client
from lxml import html

from content.ledger.models import Entry, Event
from content.publishing.models import SnapshotDue
from content.staff.accounts.roles import ROLES
from tests.factories import ProseFactory, author, page_of_kind, slot_of
from tests.rendering import publish, text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db
PLACE = "/staff/menu-order/"


def in_menu(*titles: str, **values: Any) -> list[PageContent]:
    """Live pages of the clinic's own, in the menu in this order."""
    made = []
    for title in titles:
        page = page_of_kind("clinic", title=title, in_navigation=True, **values)
        ProseFactory(placeholder=slot_of(page, "clinic_body"), heading=title)
        publish(page)
        made.append(page)
    return made


def menu() -> list[str]:
    """The main menu's words, as a visitor reads them."""
    tree = html.fromstring(Client().get("/about/").content.decode())
    return [text_of(link) for link in tree.get_element_by_id("menu").iter("a")]


def press(browser: Client, content: PageContent, verb: str, **values: Any) -> Any:
    return browser.post(PLACE, {"page": content.page_id, "do": verb, **values})


@pytest.mark.parametrize(("role", "may_it"), [(role, role != "Reception") for role in ROLES])
def test_whoever_may_publish_changes_the_order_for_readers_at_once(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    first, second = in_menu("Alpha", "Beta")
    assert menu()[-3:-1] == ["Alpha", "Beta"]
    reply = press(member(role), second, "up")
    assert reply.status_code == (302 if may_it else 403)
    assert menu()[-3:-1] == (["Beta", "Alpha"] if may_it else ["Alpha", "Beta"])
    assert Client().get(first.page.get_absolute_url()).status_code == 200


def test_a_page_is_dropped_beside_another_and_its_own_pages_go_with_it() -> None:
    first, second, third = in_menu("Alpha", "Beta", "Gamma")
    in_menu("Inside", parent=third.page)
    nurse = member("Nurse")
    press(nurse, third, "above", beside=first.page_id)
    assert menu()[-5:-1] == ["Gamma", "Inside", "Alpha", "Beta"]
    press(nurse, first, "below", beside=second.page_id)
    assert menu()[-5:-1] == ["Gamma", "Inside", "Beta", "Alpha"]


def test_no_page_leaves_the_page_above_it_and_strange_input_changes_nothing() -> None:
    first, second = in_menu("Alpha", "Beta")
    [inside] = in_menu("Inside", parent=first.page)
    before, paths = menu(), dict(Page.objects.values_list("pk", "path"))
    nurse = member("Nurse")
    for page, verb, beside in (
        (inside, "above", second.page_id),
        (second, "below", second.page_id),
        (second, "down", ""),
        (second, "above", "x"),
        (second, "burn", first.page_id),
        (second, "above", PageContent.objects.get(page__is_home=True).page_id),
    ):
        assert (
            "can’t be moved there"
            in nurse.post(PLACE, {"page": page.page_id, "do": verb, "beside": beside}, follow=True).content.decode()
        )
    assert (menu(), dict(Page.objects.values_list("pk", "path"))) == (before, paths)
    assert Client().post(PLACE, {"page": second.page_id, "do": "up"}).status_code == 302
    assert member("").post(PLACE, {"page": second.page_id, "do": "up"}).status_code == 403
    assert menu() == before


def test_a_new_order_is_in_the_ledger_in_what_changed_and_due_for_the_archive() -> None:
    first, second = in_menu("Alpha", "Beta")
    nurse = member("Nurse")
    SnapshotDue.objects.all().delete()
    press(nurse, second, "up")
    [entry] = Entry.objects.filter(event=Event.MENU_REORDERED)
    assert entry.detail["before"][-2:] == ["Alpha", "Beta"]
    assert entry.detail["after"][-2:] == ["Beta", "Alpha"]
    assert SnapshotDue.objects.filter(page_id=first.page_id).exists()
    draft = second.versions.get().copy(author()).content
    text = text_of(html.fromstring(nurse.get(f"/staff/pages/{draft.pk}/changes/").content.decode()))
    assert "The order of the menu was changed on" in text
    assert "by a-nurse" in text


def test_a_menu_too_long_for_a_line_folds_its_end_under_more_and_loses_no_page() -> None:
    before = menu()
    assert "More" not in text_of(html.fromstring(Client().get("/about/").content.decode()).get_element_by_id("menu"))
    titles = [f"A page with a longer word {number}" for number in range(4)]
    in_menu(*titles)
    tree = html.fromstring(Client().get("/about/").content.decode())
    folded = [text_of(link) for link in tree.get_element_by_id("menu-more").iter("a")]
    assert folded[-4:] == titles
    assert menu() == [*before[:-1], *titles, "Search"]
