"""The lists of pages and versions: what, who, when and where it stands, and only buttons that work."""

from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from django.utils import timezone

from content.reviews import draft_locks, signing
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, author, page_of_kind
from tests.rendering import publish
from tests.staff.members import member
from tests.staff.page_content import links, main_of, of_class, words
from tests.staff.rights import person, writer

pytestmark = pytest.mark.django_db
VERSIONS = "/admin/djangocms_versioning/pagecontentversion/"
CMS_WORDS = ["Draft", "Published", "Unpublished", "Archived"]


def with_history(kind: str) -> PageContent:
    """A page with an old version, a live one, and a draft that reception holds; returns the draft."""
    first = page_of_kind(kind, title="First words")
    publish(first)
    second = first.versions.get().copy(author()).content
    second.title = "Second words"
    second.save()
    publish(second)
    writer("Reception")
    draft: PageContent = second.versions.get().copy(person("Reception")).content
    draft_locks.acquire_if_free(draft, user=person("Reception"), now=timezone.now())
    return draft


def table(browser: Client, draft: PageContent) -> dict[str, tuple[list[str], list[str]]]:
    """For each number: the cells, and the words of the buttons."""
    rows = {}
    for row in main_of(browser, f"{VERSIONS}?page={draft.page_id}&language=en-gb").find(".//tbody").iter("tr"):
        cells = [words(cell) for cell in row]
        buttons = [one.text.strip() for one in row.iter("a", "button")]
        rows[cells[0]] = (cells[1:5], buttons)
    return rows


@pytest.mark.usefixtures("incomplete_pages")
def test_each_version_says_what_who_and_where_it_stands() -> None:
    rows = table(writer("Reception"), with_history("topic"))
    assert [(number, cells[0], cells[1], cells[3]) for number, (cells, _) in rows.items()] == [
        ("3", "Second words", "a-reception", "Being written"),
        ("2", "Second words", "author", "Live"),
        ("1", "First words", "author", "Old"),
    ]


#: For each role, the buttons at the draft that reception holds, at the live and at the old version of a medical page.
READS = ["Look at it", "What changed"]
MEDICAL = {
    "Reception": (
        [*READS, "Go on writing", "Throw the draft away"],
        ["Look at it"],
        ["Look at it", "Put back as a draft"],
    ),
    "Nurse": (READS, ["Look at it"], ["Look at it"]),
    "Doctor": ([*READS, "Take this draft over"], ["Look at it"], ["Look at it"]),
    "Owner": (READS, ["Look at it"], ["Look at it"]),
}


@pytest.mark.usefixtures("incomplete_pages")
def test_a_draft_that_waits_is_settled_from_the_list_by_who_may() -> None:
    draft = with_history("topic")
    signing.request_review(draft, actor="a-reception", note="", now=NOON)
    assert "Read and sign" in table(writer("Doctor"), draft)["3"][1]
    for role in ("Reception", "Nurse", "Owner"):
        assert "Read and sign" not in table(writer(role), draft)["3"][1]


def test_putting_an_old_version_back_asks_what_becomes_of_the_draft() -> None:
    draft = with_history("clinic")
    reception = writer("Reception")
    old = PageContent.admin_manager.get(page=draft.page, title="First words").versions.get()
    address = f"{VERSIONS}{old.pk}/revert/"
    question = main_of(reception, address)
    assert "Put version 1 back as a draft?" in words(question)
    assert [one.text for one in question.iter("button")] == ["Keep it among the old versions", "Throw it away"]
    reception.post(address, {"archive": "1"})
    rows = table(reception, draft)
    assert [(number, cells[0], cells[3]) for number, (cells, _) in rows.items()] == [
        ("4", "First words", "Being written"),
        ("3", "Second words", "Old"),
        ("2", "Second words", "Live"),
        ("1", "First words", "Old"),
    ]


def test_throwing_a_draft_away_says_what_is_lost_and_leaves_the_live_page() -> None:
    draft = with_history("clinic")
    reception = writer("Reception")
    address = f"{VERSIONS}{draft.versions.get().pk}/discard/"
    assert "What was written in version 3 of “Second words” is gone for good." in words(main_of(reception, address))
    reception.post(address, {"discard": "1"})
    assert list(table(reception, draft)) == ["2", "1"]
    assert PageContent.objects.get(page=draft.page).title == "Second words"


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_only_the_buttons_that_it_can_use(role: str) -> None:
    draft = with_history("topic")
    browser = writer(role)
    rows = table(browser, draft)
    assert tuple(rows[number][1] for number in "321") == MEDICAL[role]


@pytest.mark.parametrize(("role", "may"), [("Reception", False), ("Nurse", True), ("Doctor", True), ("Owner", True)])
def test_who_publishes_the_clinics_own_pages_takes_them_offline(role: str, *, may: bool) -> None:
    draft = page_of_kind("clinic", title="Opening hours")
    publish(draft)
    buttons = table(writer(role), draft)["1"][1]
    assert ("Take offline" in buttons) is may
    assert "Change this page" in buttons


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize(("role", "may"), [("Reception", False), ("Nurse", False), ("Doctor", True), ("Owner", False)])
def test_a_medical_page_is_taken_offline_by_a_doctor_alone(role: str, *, may: bool) -> None:
    draft = page_of_kind("topic", title="Advice")
    publish(draft)
    assert ("Take offline" in table(writer(role), draft)["1"][1]) is may


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_lists_works_for_the_role_that_sees_it(role: str) -> None:
    draft = with_history("clinic")
    browser = writer(role)
    for address in (f"{VERSIONS}?page={draft.page_id}", "/staff/pages/"):
        for link in links(main_of(browser, address)):
            reply = browser.get(link, follow=True)
            assert reply.status_code == 200, (role, link)
            assert "messagelist" not in reply.content.decode(), (role, link)


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("role", ROLES)
def test_the_lists_show_no_dead_button_no_bulk_action_and_none_of_the_cms_words(role: str) -> None:
    draft = with_history("topic")
    for address in (f"{VERSIONS}?page={draft.page_id}", "/staff/pages/", "/staff/"):
        main = main_of(writer(role), address)
        assert not main.xpath(".//*[@disabled or @aria-disabled or self::select or @type='checkbox']")
        assert not [*of_class(main, "inactive"), *of_class(main, "disabled")]
        labels = {words(one) for one in [*of_class(main, "staff-state"), *main.iter("a", "button")]}
        assert labels.isdisjoint([*CMS_WORDS, "Publish", "Delete"])


def test_the_page_tree_is_the_staffs_own_list(staff: Client) -> None:
    for browser in (writer("Nurse"), staff):
        reply = browser.get("/admin/cms/pagecontent/")
        assert (reply.status_code, reply["Location"]) == (302, "/staff/pages/")
    assert member("").get("/admin/cms/pagecontent/", follow=True).status_code == 403


def test_who_looks_after_the_site_still_moves_and_deletes_pages_in_the_tree(staff: Client) -> None:
    way = "/admin/cms/pagecontent/?language=en-gb"
    assert way in links(main_of(staff, "/staff/pages/"))
    assert "Page Tree" in staff.get(way).content.decode()
    nurse = writer("Nurse")
    assert way not in links(main_of(nurse, "/staff/pages/"))
    assert nurse.get(way)["Location"] == "/staff/pages/"


def test_the_list_of_pages_follows_the_tree_and_names_what_is_offline() -> None:
    offline = page_of_kind("clinic", title="Christmas hours")
    publish(offline)
    offline.versions.get().unpublish(author())
    rows = of_class(main_of(writer("Nurse"), "/staff/pages/"), "staff-rows")[0]
    titles = [words(of_class(row, "staff-what")[0]) for row in rows]
    treatment = titles.index("Microneedling for stretch marks")
    assert "Looking after your skin" in titles[treatment + 1 : treatment + 4]
    assert rows[titles.index("Looking after your skin")].get("data-level") == "2"
    assert words(rows[titles.index("Christmas hours")]).startswith("Christmas hours Old")


@pytest.mark.usefixtures("incomplete_pages")
def test_a_signed_draft_says_so_until_it_is_changed() -> None:
    from tests.factories import signed

    draft = page_of_kind("topic", title="Advice")
    signed(draft)
    assert table(writer("Doctor"), draft)["1"][0][3] == "Signed, not live yet"
    draft.title = "Other advice"
    draft.save()
    signing.request_review(draft, actor="a-nurse", note="", now=NOON)
    assert table(writer("Doctor"), draft)["1"][0][3] == "Waiting for the doctor"


def test_old_versions_come_thirty_at_a_time() -> None:
    draft = page_of_kind("clinic", title="Hours")
    for _ in range(31):
        draft = draft.versions.get().copy(author()).content
    nurse = writer("Nurse")
    assert len(table(nurse, draft)) == 30
    assert len(main_of(nurse, f"{VERSIONS}?page={draft.page_id}&p=2").find(".//tbody")) == 2


@pytest.mark.parametrize(
    "query", ["", "?page=", "?page=x", "?page=-1", "?page=1' OR 1", f"?page={'9' * 30}", "?page=²"]
)
def test_nonsense_leads_to_the_list_of_pages(query: str) -> None:
    assert writer("Nurse").get(f"{VERSIONS}{query}")["Location"] == "/staff/pages/"


def test_a_page_that_is_not_there_is_not_found() -> None:
    assert writer("Nurse").get(f"{VERSIONS}?page=999999").status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_versions_takes_as_many_queries_for_three_as_for_one(
    more: int, django_assert_num_queries: Any
) -> None:
    draft = page_of_kind("clinic", title="Hours")
    for _ in range(more):
        draft = draft.versions.get().copy(author()).content
    doctor = writer("Doctor")
    with django_assert_num_queries(19):
        doctor.get(f"{VERSIONS}?page={draft.page_id}")
