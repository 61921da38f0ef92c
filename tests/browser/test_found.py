"""What a browser makes of structured data, manifest and cards, on the running site."""

import json
import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site

PATHS = ["/", "/microneedling-for-stretch-marks/", "/before-and-after/", "/contact/"]


@pytest.mark.parametrize("path", PATHS)
def test_structured_data_stand_under_the_policy_without_a_complaint(visitor: Page, path: str) -> None:
    """the fixture fails for anything the console says."""
    visitor.goto(path)
    data = visitor.evaluate(
        "[...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(one => one.text)"
    )
    assert [json.loads(one)["@context"] for one in data] == ["https://schema.org"]


def test_the_manifest_has_no_fault(visitor: Page) -> None:
    visitor.goto("/")
    told = visitor.context.new_cdp_session(visitor).send("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"]
    for icon in json.loads(told["data"])["icons"]:
        assert visitor.request.get(icon["src"]).status == 200


@pytest.mark.parametrize("path", PATHS)
def test_the_card_is_a_picture_of_the_size_it_says(visitor: Page, path: str) -> None:
    visitor.goto(path)
    card = re.sub(r"https?://[^/]+", "", visitor.get_attribute("meta[property='og:image']", "content") or "")
    size = visitor.evaluate(
        """async src => { const card = new Image(); card.src = src; await card.decode();
        return [card.naturalWidth, card.naturalHeight] }""",
        card,
    )
    assert size == [1200, 630]


def test_every_case_of_the_first_content_can_be_told_from_the_others(visitor: Page, site: Site) -> None:
    codes = site.shell("from content.models import Case; print(*Case.objects.values_list('code', flat=True))").split()
    said = []
    for code in codes:
        visitor.goto(f"/before-and-after/{code}/")
        said.append((visitor.title(), visitor.get_attribute("meta[name=description]", "content") or ""))
    assert len({title for title, _ in said}) == len({text for _, text in said}) == len(codes) > 5
    assert [text for _, text in said if not 50 <= len(text) <= 190] == []
