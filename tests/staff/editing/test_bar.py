"""The bar above a page: one, with the state, the next step and all links; and the page without it."""

import pytest
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.test import Client
from lxml import html

from content.reviews import draft_locks
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, ProseFactory, author, page_of_kind, slot_of
from tests.rendering import Element, publish, text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db


def free_draft(kind: str = "clinic") -> PageContent:
    """A draft that nobody holds, with one block that says what no page may say."""
    draft = page_of_kind(kind)
    ProseFactory(placeholder=slot_of(draft, f"{kind}_body"), heading="Ours", body="<p>It is painless.</p>")
    draft_locks.release(draft, now=NOON)
    return draft


def tree_of(client: Client, url: str) -> Element:
    reply = client.get(url)
    assert reply.status_code == 200, url
    return html.fromstring(reply.content.decode())


def links(tree: Element, css_class: str) -> list[str]:
    [part] = tree.find_class(css_class)
    return [text_of(link) for link in part.iter("a") if link.getparent().get("data-narrow") is None]


@pytest.mark.parametrize("role", ROLES)
def test_the_bar_of_a_draft_leads_everywhere_and_the_cms_adds_nothing(role: str) -> None:
    draft, browser = free_draft(), member(role)
    tree = tree_of(browser, get_object_edit_url(draft))
    assert links(tree, "staff-bar-links") == ["Blocks", "Title and address", "As patients see it", "What changed"]
    assert {"Start", "Versions", "Throw the draft away"} <= {*links(tree, "staff-bar-more")}
    [toolbar] = tree.find_class("cms-toolbar")
    assert [text_of(one) for one in toolbar.iter("a") if text_of(one) not in {"django CMS", "More..."}] == []
    addresses = [link.get("href") for part in tree.find_class("staff-bar") for link in part.iter("a")]
    assert [address for address in addresses if browser.get(address).status_code != 200] == []


def test_the_bar_counts_what_stops_the_page_and_leads_to_it() -> None:
    draft = free_draft()
    [panel] = tree_of(member("Nurse"), get_object_edit_url(draft)).iter("checks-panel")
    assert text_of(panel) == "1 thing stops this page"
    assert [link.get("href") for link in panel.iter("a")] == [f"/staff/pages/{draft.pk}/checks/"]


def test_a_draft_that_somebody_else_holds_is_looked_at_and_not_changed() -> None:
    draft = page_of_kind("clinic")
    draft_locks.acquire_if_free(draft, user=author(), now=NOON)
    tree = tree_of(member("Nurse"), get_object_preview_url(draft))
    assert "is changing this page since" in text_of(tree.find_class("staff-notes")[0])
    assert "Blocks" not in text_of(tree.find_class("staff-bar")[0])
    assert tree.find_class("staff-bar")[0].get("data-title-form") is None


def test_the_live_page_offers_one_step_and_its_archive_to_those_who_may_see_it() -> None:
    live = page_of_kind("clinic")
    ProseFactory(placeholder=slot_of(live, "clinic_body"), heading="Ours")
    publish(live)
    address = live.page.get_absolute_url()
    for role, has_archive in (("Nurse", True), ("Reception", False)):
        [bar] = tree_of(member(role), address).find_class("staff-bar")
        assert [text_of(button) for button in bar.iter("button")] == ["Change this page", "More"]
        assert ("Archive: what patients saw" in text_of(bar)) is has_archive


@pytest.mark.parametrize("role", ROLES)
def test_as_patients_see_it_shows_the_draft_without_any_bar(role: str) -> None:
    draft = free_draft()
    shown = member(role).get(f"/staff/pages/{draft.pk}/as-patients-see-it/").content.decode()
    assert "It is painless." in shown
    for word in ("staff-bar", "staff-notes", "checks-panel", "cms-toolbar", "cms-plugin", "bundle.toolbar"):
        assert word not in shown, word


def test_strangers_see_no_draft_at_that_address() -> None:
    draft = free_draft()
    reply = Client().get(f"/staff/pages/{draft.pk}/as-patients-see-it/")
    assert reply.status_code == 302
    assert reply["Location"].startswith("/admin/login/")
