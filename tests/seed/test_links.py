"""The links of the first content lead to the very place that their words name."""

from functools import cache
from urllib.parse import urljoin

import pytest
from django.test import Client
from lxml import html

from content.gallery.models import Case
from content.pages import published_urls
from tests.factories import CaseFactory
from tests.rendering import Element, text_of

pytestmark = pytest.mark.django_db


def read(url: str) -> Element:
    response = Client().get(url)
    assert response.status_code == 200, url
    return html.fromstring(response.content.decode())


def follow(link: str) -> str:
    """The words that follow the element to which this address leads, or nothing if it leads to the top."""
    path, _, anchor = link.partition("#")
    page = read(path)
    return (
        "".join(text_of(one) for one in page.get_element_by_id(anchor).xpath("following-sibling::*[1]"))
        if anchor
        else ""
    )


def pages() -> list[str]:
    return [*sorted(published_urls()), *(f"/before-and-after/{case.code}/" for case in Case.objects.all())]


def test_each_link_to_a_place_on_a_page_leads_to_one(today: object) -> None:
    CaseFactory()
    parsed = cache(read)
    wrong = []
    for url in pages():
        for link in parsed(url).xpath("//a[contains(@href, '#')]/@href"):
            path, _, anchor = urljoin(url, link).partition("#")
            if path.partition("?")[0] not in published_urls() | {url}:
                continue
            if not parsed(path).xpath("//*[@id=$anchor]", anchor=anchor):
                wrong.append((url, link))
    assert wrong == []


def test_risks_and_who_should_wait_leads_to_the_risks(today: object) -> None:
    for url in ("/before-and-after/", f"/before-and-after/{CaseFactory().code}/"):
        (link,) = [one.get("href") for one in read(url).iter("a") if text_of(one) == "Risks, and who should wait"]
        assert follow(link).startswith("Risks What most people feel"), url


@pytest.mark.parametrize(
    ("url", "words"),
    [("/contact/", "when to call us"), ("/microneedling-for-stretch-marks/", "Aftercare")],
)
def test_words_about_when_to_call_lead_to_the_signs(url: str, words: str) -> None:
    (link,) = [one.get("href") for one in read(url).xpath("//div[@class='rich']//a") if text_of(one) == words]
    assert "Call us the same day if" in follow(link)
