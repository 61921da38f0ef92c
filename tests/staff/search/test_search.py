"""The staff's search finds what a person may open and nothing else: for each hidden thing, one who may open it finds it."""

from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import Permission, User
from django.test import Client
from lxml import html

from content.models import Case, Consent
from content.staff.matching import Query
from tests.factories import CalloutFactory, CaseFactory, page_of_kind, slot_of
from tests.staff.editors import browser_of
from tests.staff.members import member
from tests.staff.page_content import links, main_of, words
from tests.staff.rights import person, writer

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/search/?q={}"


def found(browser: Client, typed: str) -> list[str]:
    """Where the results lead."""
    return [url for url in links(main_of(browser, ADDRESS.format(typed))) if url not in {"/staff/", "/staff/help/"}]


def with_permissions(*codenames: str) -> Client:
    user = User.objects.create(username="few-rights", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return browser_of(User.objects.get(pk=user.pk))


@pytest.fixture
def draft() -> PageContent:
    content = page_of_kind("clinic", title="Prices and vouchers")
    CalloutFactory(placeholder=slot_of(content, "clinic_body"), text="The zeppelin is free of charge.")
    return content


@pytest.mark.parametrize("role", ["Reception", "Nurse", "Doctor", "Owner"])
@pytest.mark.parametrize("typed", ["vouchers", "PRICES voucher", "zeppelin", "free zeppelin"])
def test_a_draft_is_found_by_its_title_and_its_blocks(draft: PageContent, role: str, typed: str) -> None:
    page = main_of(writer(role), ADDRESS.format(typed))
    assert "Prices and vouchers" in words(page)
    assert any(f"/{draft.pk}/" in url for url in links(page))


def test_who_edits_no_pages_finds_no_pages(draft: PageContent) -> None:
    assert found(with_permissions("view_case"), "zeppelin") == []


def test_all_words_have_to_be_there(draft: PageContent) -> None:
    assert found(writer("Nurse"), "zeppelin+balloon") == []


def test_cases_are_found_by_those_who_may_open_them() -> None:
    case: Case = CaseFactory()
    address = f"/admin/content/case/{case.pk}/change/"
    for role in ("Reception", "Nurse", "Doctor", "Owner"):
        assert address in found(writer(role), case.code)
        assert writer(role).get(address).status_code == 200
    assert found(with_permissions("change_page"), case.code) == []


def test_a_consents_code_finds_consent_and_case_only_for_those_who_may_open_consents() -> None:
    case: Case = CaseFactory()
    consent: Consent = case.consent
    assert set(found(writer("Nurse"), consent.reference)) == {
        f"/admin/content/case/{case.pk}/change/",
        f"/admin/content/consent/{consent.pk}/change/",
    }
    limited = with_permissions("view_case")
    assert found(limited, consent.reference) == []
    assert found(limited, case.code) == [f"/admin/content/case/{case.pk}/change/"]


@pytest.mark.parametrize(("role", "may"), [("Owner", True), ("Doctor", False), ("Nurse", False), ("Reception", False)])
def test_people_are_found_by_the_owner_alone(role: str, may: bool) -> None:  # noqa: FBT001  a parameter of the table
    colleague = User.objects.create(username="zacharias", first_name="Zoë Zacharias", is_staff=True)
    assert (f"/staff/people/{colleague.pk}/" in found(writer(role), "zoe")) is may


@pytest.mark.parametrize(("typed", "address"), [("withdraw", "/staff/help/withdraw/"), ("care+card", "#care_card")])
def test_help_is_found_by_section_and_by_block(typed: str, address: str) -> None:
    assert any(address in url for url in found(writer("Reception"), typed))


def test_each_result_opens() -> None:
    browser = writer("Owner")
    CaseFactory()
    for typed in ("belly", "contact", "owner", "draft"):
        for url in found(browser, typed):
            assert browser.get(url, follow=True).status_code == 200, url


def test_a_stranger_is_asked_to_sign_in_and_who_has_no_role_finds_nothing(draft: PageContent) -> None:
    assert Client().get(ADDRESS.format("zeppelin")).status_code == 302
    assert "Prices" not in member("").get(ADDRESS.format("zeppelin")).content.decode()


def test_what_was_typed_stays_in_the_box_and_is_no_markup() -> None:
    text = writer("Nurse").get("/staff/search/", {"q": '"><script>x\0</script>' + "y" * 500}).content.decode()
    assert "&quot;&gt;&lt;script&gt;x" in text
    assert "<script>x" not in text
    boxes = html.fromstring(text).xpath('//input[@name="q"]/@value')
    assert boxes
    assert max(map(len, boxes)) <= 100


@pytest.mark.parametrize("things", [1, 3])
def test_more_pages_cost_no_more_queries(things: int, django_assert_num_queries: Any) -> None:
    browser = writer("Nurse")
    assert person("Nurse")
    for number in range(things):
        CalloutFactory(
            placeholder=slot_of(page_of_kind("clinic", title=f"Page {number}"), "clinic_body"), text="A zeppelin."
        )
    browser.get(ADDRESS.format("zeppelin"))
    with django_assert_num_queries(17):
        browser.get(ADDRESS.format("zeppelin"))


def test_the_box_stands_on_the_start_page_and_works_without_scripts() -> None:
    form = main_of(writer("Reception"), "/staff/").xpath(".//form[@role='search']")[0]
    assert (form.get("action"), form.get("method")) == ("/staff/search/", "get")


@pytest.mark.parametrize(
    ("typed", "text", "fits"),
    [("zoe", "Zoë", True), ("ZOË", "zoe", True), ("don't", "don’t", True), ("a b", "B and A", True), ("", "x", False)],
)
def test_words_are_compared_without_capitals_accents_and_curly_quotes(typed: str, text: str, fits: bool) -> None:  # noqa: FBT001  a parameter of the table
    assert Query.of(typed).fits(text) is fits


def test_an_excerpt_shows_the_words_around_the_first_one() -> None:
    assert Query.of("needle").excerpt(["hay " * 50, "a needle", "hay " * 50]).count("needle") == 1
    assert Query.of("needle").excerpt(["hay"]) == ""
