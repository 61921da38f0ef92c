"""What other sites quote of a page: one address, a title and a description of its own, from the settings' host."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from clinic_site.http.headers import mark_no_store
from content.pages import published_urls as all_addresses
from tests.factories import CaseFactory, page_of_kind
from tests.publishing.pages import live
from tests.rendering import Element, address, text_of

pytestmark = [pytest.mark.django_db]
SITE = "http://localhost:8000"


def read(url: str, **more: Any) -> Element:
    return html.fromstring(Client(**more).get(url).content.decode())


def canonical(tree: Element) -> list[str]:
    return [str(one) for one in tree.xpath("//link[@rel='canonical']/@href")]


def meta(tree: Element, name: str) -> str:
    """The one meta element of this name."""
    found = tree.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
    assert len(found) == 1, name
    return str(found[0])


def test_every_page_and_case_has_a_title_and_a_description_of_its_own(today: object) -> None:
    cases = [
        *CaseFactory.create_batch(2),
        CaseFactory(body_area="BREASTS", cause="STEROIDS", sessions=12, is_demo=True),
    ]
    urls = [*all_addresses(), *(f"/before-and-after/{case.code}/" for case in cases)]
    assert len(urls) >= 14
    trees = {url: read(url) for url in urls}
    titles = {url: text_of(tree.find(".//title")) for url, tree in trees.items()}
    descriptions = {url: meta(tree, "description") for url, tree in trees.items()}
    assert len(set(titles.values())) == len(set(descriptions.values())) == len(urls)
    assert {url: text for url, text in titles.items() if len(text.rsplit(" – ", 1)[0]) > 65} == {}
    assert {url: len(text) for url, text in descriptions.items() if not 50 <= len(text) <= 190} == {}
    assert [url for url, tree in trees.items() if canonical(tree) != [f"{SITE}{url}"]] == []


def test_facts_in_titles_are_in_words() -> None:
    tree = read(address(live(title="Wait [[weeks-between-sessions]]", meta_description="About [[days-to-settle]].")))
    assert meta(tree, "og:title") == "Wait 4 to 6 weeks"
    assert meta(tree, "og:description") == "About 1 to 7 days."
    assert meta(tree, "og:image:alt").startswith("Wait 4 to 6 weeks")
    assert meta(tree, "twitter:card") == "summary_large_image"


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-Host": "evil.example"}, {"Host": "127.0.0.1"}, {"X-Forwarded-Proto": "gopher"}]
)
def test_no_header_gets_into_an_address(headers: dict[str, str]) -> None:
    text = Client().get("/?utm_source=evil.example", headers=headers).content.decode()
    tree = html.fromstring(text)
    assert canonical(tree) == [f"{SITE}/"]
    assert meta(tree, "og:url") == f"{SITE}/"
    assert meta(tree, "og:image").startswith(f"{SITE}/cards/")
    assert "evil.example" not in text
    assert "127.0.0.1" not in text


def test_a_filtered_list_is_the_list() -> None:
    assert canonical(read("/before-and-after/?area=hips&page=2")) == [f"{SITE}/before-and-after/"]


def test_a_case_with_its_pictures_uncovered_is_the_case(today: object) -> None:
    case = CaseFactory(is_covered=True)
    tree = read(f"/before-and-after/{case.code}/pictures/")
    assert canonical(tree) == [f"{SITE}/before-and-after/{case.code}/"]
    assert "noindex" in meta(tree, "robots")


@pytest.mark.parametrize("url", ["/no-such-page/", "/before-and-after/zzzzzzzzzz/"])
def test_error_page_has_no_canonical_url_or_metadata(url: str) -> None:
    tree = read(url)
    assert canonical(tree) == []
    assert tree.xpath("//meta[starts-with(@property,'og:')] | //script[@type='application/ld+json']") == []


def test_answer_to_a_query_has_no_canonical_url(monkeypatch: pytest.MonkeyPatch) -> None:
    from content.gallery import page

    before = page.for_request

    def typed(request: Any) -> Any:
        mark_no_store(request)
        return before(request)

    monkeypatch.setattr(page, "for_request", typed)
    assert canonical(read("/before-and-after/")) == []


def test_draft_has_no_canonical_url(staff: Client) -> None:
    from cms.toolbar.utils import get_object_preview_url

    draft = page_of_kind("clinic", title="A secret")
    tree = html.fromstring(staff.get(get_object_preview_url(draft)).content.decode())
    assert "A secret" in text_of(tree.find(".//h1"))
    assert canonical(tree) == []


def test_the_manifest_says_who_the_clinic_is() -> None:
    reply = Client().get(str(read("/").xpath("//link[@rel='manifest']/@href")[0]))
    assert reply["Content-Type"] == "application/manifest+json"
    manifest = reply.json()
    assert manifest["name"] == "Tideline Skin Clinic"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}
