"""A link answers, and says where it leads."""

import pytest

from content.wording import links
from content.wording.findings import Kind, Level, PageText, Passage

LIVE = frozenset({"/", "/aftercare/", "/contact/"})


def page(html: str = "", text: str = "", kind: Kind = Kind.TEXT) -> PageText:
    passages = [Passage("Text", None, kind, "body", text, html)]
    return PageText(passages, live=LIVE, anchors=frozenset({"risks"}), hosts=frozenset({"clinic.example"}))


def found(address: str, words: str = "Looking after your skin") -> list[tuple[Level, str]]:
    return [(one.level, one.code) for one in links.check(page(f'<p><a href="{address}">{words}</a></p>'))]


@pytest.mark.parametrize(
    "address",
    [
        "/", "/aftercare/", "/aftercare", "/aftercare/#risks", "/contact/?from=leaflet", "#risks", "mailto:a@clinic.example",
        "tel:01632960123", "https://www.nhs.uk/x", "https://clinic.example/contact/", "http://clinic.example/contact/",
    ],
)  # fmt: skip
def test_link_that_answers_is_fine(address: str) -> None:
    assert found(address) == []


@pytest.mark.parametrize(
    "address",
    [
        "/gone/", "/aftercare/old/", "aftercare/", "#nowhere", "https://clinic.example/gone/", "/admin/", "/admin/cms/page/1/",
        "/staff/", "/cms_login/", "/aftercare/?edit", "/aftercare/?toolbar_on=1&x", "/%61dmin/",
    ],
)  # fmt: skip
def test_link_that_patients_cannot_follow_stops_the_page(address: str) -> None:
    assert found(address) == [(Level.BLOCKING, "link-broken")]


@pytest.mark.parametrize("address", ["", "#", "http://[half"])
def test_link_to_nowhere_stops_the_page(address: str) -> None:
    assert found(address) == [(Level.BLOCKING, "link-empty")]


def test_link_without_words_stops_the_page() -> None:
    assert found("/", " ") == [(Level.BLOCKING, "link-no-words")]


@pytest.mark.parametrize(
    "words", ["here", "Click here", "Read more", "this page", "MORE…", "click on this link", "Tap here."]
)
def test_vague_words_are_advised_on(words: str) -> None:
    assert found("/aftercare/", words) == [(Level.ADVISORY, "link-vague")]


@pytest.mark.parametrize("words", ["Aftercare", "When to call us", "Here for you: aftercare", "See the risks"])
def test_words_that_name_the_page_are_fine(words: str) -> None:
    assert found("/aftercare/", words) == []


def test_address_without_encryption_is_advised_on() -> None:
    assert found("http://www.nhs.uk/x") == [(Level.ADVISORY, "link-http")]
    said = links.check(page(text="http://doi.org/10", kind=Kind.ADDRESS))
    assert [(one.level, one.code) for one in said] == [(Level.ADVISORY, "link-http")]


def test_own_paths_are_those_to_ask_the_site_about() -> None:
    html = '<a href="/a/?x#y">a</a><a href="https://clinic.example/b/">b</a><a href="https://x.example/c/">c</a><a href="#d">d</a>'
    assert links.internal_paths(page(html)) == {"/a/", "/b/"}
