"""The search page: any input gets a page, which is never stored and escapes what was typed."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from lxml import html

from clinic_site.http.typed_text import clean_line
from content.search import index
from tests.factories import CaseFactory
from tests.faults import xss
from tests.search.hits import addresses, main_text
from tests.sizes import tries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.database]
ODD = [
    "\x00",
    "a\x00b",
    "%",
    "_",
    "%%%",
    "' OR 1=1 --",
    '"',
    "\\",
    "\u202etxet",
    "\u200f\u2067hurt\u2069",
    "\ud800",
    "💉",
]
ODD += ["a" * 200, "ß", "İ", "ﷺ" * 200, "()", "-", "\x7f", "１２", "the", "[[weeks-between-sessions]]", "\r\nSet-Cookie: a=b", "ﬀ" * 100]  # fmt: skip


def test_results_are_not_stored_not_indexed_and_set_no_cookie(client: Client) -> None:
    reply = client.get("/search/?q=hurt")
    assert {"no-store", "private"} <= {word.strip() for word in reply["Cache-Control"].split(",")}
    assert "ETag" not in reply
    assert not reply.cookies
    for url in ("/search/", "/search/?q=hurt"):
        (robots,) = html.fromstring(client.get(url).content.decode()).xpath("//meta[@name='robots']/@content")
        assert "noindex" in robots


def test_page_without_a_query_asks_for_one_and_offers_ways_on(client: Client) -> None:
    page = html.fromstring(client.get("/search/").content.decode())
    assert not page.xpath("//*[@id='results']")
    assert not page.xpath("//*[@aria-invalid]")
    assert page.xpath("//main//a[starts-with(@href, 'tel:')]")


@pytest.mark.parametrize("typed", ODD, ids=ascii)
def test_odd_words_get_a_page(typed: str, client: Client) -> None:
    for name in ("q", "page"):
        assert client.get(f"/search/?q=skin&{name}={quote(typed, errors='surrogatepass')}").status_code == 200


@pytest.mark.parametrize("typed", ["a" * 201, "hurt " * 20_000, "\x00" * 100_000])
def test_too_long_a_query_gets_a_sentence_beside_the_field_and_keeps_the_first_of_it(
    typed: str, client: Client
) -> None:
    reply = client.get("/search/", {"q": typed})
    assert reply.status_code == 200
    page = html.fromstring(reply.content.decode())
    (box,) = page.xpath("//input[@name='q']")
    assert "200 letters at most" in page.get_element_by_id(box.get("aria-describedby")).text_content()
    assert len(box.get("value")) <= 200
    assert len(reply.content) < 60_000


@pytest.mark.parametrize("typed", ["", "   ", "\x00\t\n"])
def test_nothing_typed_gets_a_sentence_beside_the_field(typed: str, client: Client) -> None:
    page = html.fromstring(client.get("/search/", {"q": typed}).content.decode())
    (box,) = page.xpath("//input[@name='q']")
    assert "Type a word" in page.get_element_by_id(box.get("aria-describedby")).text_content()


def test_nothing_found_repeats_the_words_and_offers_ways_on(client: Client) -> None:
    reply = client.get("/search/?q=zzzqqq")
    assert "nothing for “zzzqqq”" in main_text(reply)
    links = html.fromstring(reply.content.decode()).xpath("//main//a/@href")
    assert any(link.endswith("/aftercare/") for link in links)
    assert any(link.startswith("tel:") for link in links)


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "1" * 5000, "²", "", "1.5", "٣"])
def test_odd_page_number_gets_a_page(page: str, client: Client) -> None:
    assert "found" in main_text(client.get("/search/", {"q": "skin", "page": page}))


def test_pages_of_results_follow_each_other_and_name_each_once() -> None:
    cases = [CaseFactory() for _ in range(12)]
    index.index_cases([case.code for case in cases])
    seen = addresses("abdomen medium brown & more")
    assert len(seen) == len(set(seen))
    assert {f"/before-and-after/{case.code}/" for case in cases} <= set(seen)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_allowed(method: str, client: Client) -> None:
    assert getattr(client, method)("/search/?q=hurt").status_code == 405


@how(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=250), st.text(max_size=20))
def test_nothing_typed_breaks_the_page(typed: str, number: str) -> None:
    asked = {"q": typed.encode("utf-8", "surrogatepass"), "page": number.encode("utf-8", "surrogatepass")}
    reply = Client().get("/search/", asked)
    assert reply.status_code == 200
    assert html.fromstring(reply.content.decode()).xpath("count(//input[@name='q'])") == 1


def elements(reply: Any) -> set[tuple[str, ...]]:
    """The kinds of elements of the page, each with the names of its attributes."""
    return {(str(one.tag), *sorted(one.attrib)) for one in html.fromstring(reply.content.decode()).iter()}


@pytest.mark.slow
def test_hostile_words_stay_words(client: Client) -> None:
    """A page about them has no other elements than one about harmless words."""
    harmless = ("zzzqqq", "skin", "strech", "", "a" * 201)
    known = set().union(*(elements(client.get("/search/", {"q": typed})) for typed in harmless))
    index.index_cases([CaseFactory().code for _ in range(12)])
    for number in "12":
        known |= elements(client.get("/search/", {"q": "abdomen medium brown", "page": number}))
    for typed in xss.CORPUS[:: tries(4, 1)]:
        reply = client.get("/search/", {"q": typed})
        assert reply.status_code == 200
        assert elements(reply) <= known, typed
        (box,) = html.fromstring(reply.content.decode()).xpath("//input[@name='q']")
        assert box.get("value") == clean_line(typed[:200])


@pytest.mark.parametrize(
    "typed", ["dark\u00a0skin", "dark\u3000skin", "da\u00adrk\u202fskin", "\u200fdark skin"], ids=ascii
)
def test_pasted_words_find_what_typed_words_find(typed: str) -> None:
    assert addresses(typed) == addresses("dark skin") != []


def test_no_header_of_one_reader_is_seen_by_the_next() -> None:
    marker = "evil.example"
    for name in ("X-Forwarded-Host", "X-Forwarded-Scheme", "X-Original-URL", "X-Host", "Forwarded", "Referer"):
        for url in ("/search/", "/search/?q=hurt", "//search/?q=hurt"):
            Client().get(url, headers={name: marker})
            clean = Client().get(url)
            assert marker not in clean.content.decode()
            assert marker not in str(clean.headers)


def test_body_of_a_get_is_not_read(client: Client) -> None:
    reply = client.generic("GET", "/search/", "q=zzzqqq", "application/x-www-form-urlencoded")
    assert "zzzqqq" not in reply.content.decode()
