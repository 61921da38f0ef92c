"""What search engines are asked to read: pages that are live, cases whose consent says so, dated by review."""

from datetime import date
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from lxml import etree

from content.gallery.withdrawal import withdraw
from content.pages import published_urls as all_addresses
from tests.factories import NOON, CaseFactory, author, page_of_kind, signed
from tests.publishing.pages import live
from tests.rendering import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SITE = "http://localhost:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "i": "http://www.google.com/schemas/sitemap-image/1.1"}


def read(**headers: str) -> dict[str, tuple[str, list[str]]]:
    """Each address with its day and its pictures."""
    reply = Client().get("/sitemap.xml", headers=headers)
    assert reply.status_code == 200
    assert reply["Cache-Control"] == "no-cache"
    tree = etree.fromstring(reply.content)
    return {
        url.findtext("s:loc", namespaces=NAMES): (
            url.findtext("s:lastmod", namespaces=NAMES),
            url.xpath("i:image/i:loc/text()", namespaces=NAMES),
        )
        for url in tree.findall("s:url", NAMES)
    }


def test_it_lists_every_live_page_and_no_draft() -> None:
    page_of_kind("clinic", title="A draft")
    assert set(read()) == {f"{SITE}{url}" for url in all_addresses()}


def test_a_page_offline_and_one_that_sends_readers_on_are_left_out() -> None:
    stays, goes, sends = live(title="Stays"), live(title="Goes"), live(title="Sends", redirect="/contact/")
    urls = [address(one) for one in (stays, goes, sends)]
    goes.versions.get().unpublish(author())
    assert [f"{SITE}{url}" in read() for url in urls] == [True, False, False]


def test_a_medical_page_is_dated_by_its_review() -> None:
    signed(PageContent.objects.get(page__reverse_id="treatment"), on=date(2025, 5, 4))
    assert read()[f"{SITE}/microneedling-for-stretch-marks/"][0] == "2025-05-04"


@pytest.mark.parametrize(
    ("values", "is_listed", "pictures"),
    [
        ({}, True, 2),
        ({"consent__for_search": False}, False, 0),
        ({"is_covered": True}, True, 0),
        ({"approved_at": None}, False, 0),
    ],
)
def test_a_case_is_listed_as_its_consent_says(values: Any, is_listed: bool, pictures: int) -> None:  # noqa: FBT001  a column of the table above
    twin, case = CaseFactory(), CaseFactory(**values)
    found = read()
    assert f"{SITE}/before-and-after/{twin.code}/" in found
    url = f"{SITE}/before-and-after/{case.code}/"
    assert (url in found) is is_listed
    if is_listed:
        day, shown = found[url]
        assert day == "2026-03-01"
        assert len(shown) == pictures


def test_a_withdrawn_case_is_gone_at_once() -> None:
    case = CaseFactory()
    assert f"{SITE}/before-and-after/{case.code}/" in read()
    withdraw(case.consent, actor="x", now=NOON)
    assert f"{SITE}/before-and-after/{case.code}/" not in read()


def test_no_header_of_a_request_gets_into_an_address() -> None:
    assert all(url.startswith(SITE) for url in read(**{"X-Forwarded-Host": "evil.example", "Host": "127.0.0.1"}))
    robots = Client().get("/robots.txt", headers={"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"})
    assert robots.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /cms_login/",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


@pytest.mark.parametrize("cases", [1, 3])
def test_it_costs_the_same_few_queries(cases: int, django_assert_num_queries: Any) -> None:
    CaseFactory.create_batch(cases)
    read()
    with django_assert_num_queries(4):
        read()


def test_https_is_said_where_the_site_is_on_it(settings: Any) -> None:
    settings.SITE_DOMAIN, settings.SECURE_SSL_REDIRECT = "clinic.example", True
    reply = Client().get("/sitemap.xml", secure=True)
    assert b"<loc>https://clinic.example/</loc>" in reply.content
