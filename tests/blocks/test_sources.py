"""Where the numbers come from."""

import pytest
from django.test import Client

from content.models import Sources
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import SourcesFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_sources_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(SourcesFactory(), sources=[{"text": "Another", "address": ""}])


def test_sources_link_only_where_there_is_an_address() -> None:
    block = shown(SourcesFactory())
    assert [text_of(item) for item in block.iter("li")] == [
        "A trial with 20 people",
        "A series",
    ]
    assert [(link.get("href"), link.get("rel")) for link in block.iter("a")] == [
        ("https://doi.org/10.1007/s40257-018-0415-0", "noopener noreferrer")
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "doi.org/10.1007/x",
        "https://",
        "https://a b.example/",
        "data:text/html,hello",
        "http://[::1",
        "https://x.example/\nfoo",
        "https://user:pass@x.example/",
        "https://x.example:99999/",
    ],
)
def test_sources_refuse_what_is_no_web_address(staff: Client, address: str) -> None:
    rows = [{"text": "A trial with 20 people", "address": address}]
    assert refused(staff, Sources, {"sources": rows}) == [
        "Row 1: “Web address” must be a whole web address, such as https://doi.org/10.1007/s40257-018-0415-0."
    ]


def test_sources_refuse_a_fact_inside_an_address(staff: Client) -> None:
    rows = [{"text": "A trial with 20 people", "address": "https://example.org/%5B%5Busual-sessions%5D%5D"}]
    assert refused(staff, Sources, {"sources": rows}) == [
        "Row 1: A fact can't be quoted inside an address. Write the address without [[ and ]]."
    ]
