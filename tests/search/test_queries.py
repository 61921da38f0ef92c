"""Twenty things that patients type, and the page that answers each: the same on both databases."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory

from content.pages import published_pages
from content.search.find import SearchResults, find

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TREATMENT = "/microneedling-for-stretch-marks/"
SESSION, AFTERCARE, SPACING = (
    f"{TREATMENT}your-session/",
    f"{TREATMENT}aftercare/",
    f"{TREATMENT}spacing-your-sessions/",
)
#: What is typed, and the pages one of which has to come first.
QUERIES = [
    ("does it hurt", {SESSION, TREATMENT}),
    ("strech marks", {TREATMENT}),
    ("stretchmarks", {TREATMENT}),
    ("striae", {TREATMENT}),
    ("aftr care", {AFTERCARE}),
    ("after care", {AFTERCARE}),
    ("dermaroller", {TREATMENT}),
    ("how many sessions do I need", {TREATMENT, SPACING}),
    ("numbing cream", {SESSION}),
    ("anesthetic", {SESSION}),
    ("can I swim after", {AFTERCARE, "/plan-your-sessions/"}),
    ("sunbed", {AFTERCARE, "/plan-your-sessions/"}),
    ("48 hours", {AFTERCARE, "/plan-your-sessions/"}),
    ("pregnent", {TREATMENT, "/is-it-right-for-me/", SPACING, SESSION}),
    ("keloid scars", {TREATMENT, "/is-it-right-for-me/"}),
    ("dark patches", {TREATMENT, AFTERCARE}),
    ("opening hours", {"/contact/", "/about/", "/"}),
    ("withdraw my photographs", {"/your-photographs/"}),
    ("laser", {TREATMENT}),
    ("weeks apart", {SPACING}),
    ("tummy", {TREATMENT, AFTERCARE}),
    ("when can I judge the result", {SPACING, "/plan-your-sessions/", TREATMENT}),
    ("waistband", {AFTERCARE}),
    ("waist band", {AFTERCARE}),
    ("will it bleed", {TREATMENT, "/is-it-right-for-me/"}),
    ("is it safe for black skin", {TREATMENT}),
    ("when can i go back to the gym", {AFTERCARE}),
    ("can i have a shower after", {AFTERCARE}),
    ("side affects", {TREATMENT}),
    ("do stretch marks go away", {TREATMENT}),
    ("im breastfeeding can i have it", {TREATMENT}),
    ("im on roaccutane", {TREATMENT}),
    ("blood thiners", {TREATMENT}),
    ("diabetic", {TREATMENT}),
    ("teenager under 18", {TREATMENT}),
    ("my skin is hot and swollen", {AFTERCARE}),
    ("fever", {AFTERCARE}),
    ("emla cream", {SESSION}),
    ("how many weeks between treatments", {SPACING}),
    ("how long does a session take", {SESSION}),
    ("swiming pool", {AFTERCARE}),
    ("what should i wear", {AFTERCARE}),
    ("phone number", {"/contact/", "/about/"}),
    ("do you use cookies", {"/privacy/"}),
    ("peeling", {AFTERCARE}),
    ("collagin", {TREATMENT}),
    ("ambulance", {SESSION}),
]  # fmt: skip


def ask(typed: str, on: date = date(2026, 3, 1)) -> SearchResults:
    return find(typed, published_pages(RequestFactory().get("/")), on)


@pytest.mark.parametrize(("typed", "answers"), QUERIES, ids=[typed for typed, _ in QUERIES])
def test_what_patients_type_leads_to_the_page_that_answers(typed: str, answers: set[str], today: date) -> None:
    found = ask(typed)
    assert found.results, typed
    first = found.results[0]
    assert first.url.partition("#")[0] in answers, [(one.url, one.heading) for one in found.results[:4]]
    assert first.excerpt.pieces


def test_the_passage_marks_the_words_that_were_found(today: date) -> None:
    (first, *_) = ask("waistband").results
    assert [piece.text for piece in first.excerpt.pieces if piece.is_match] == ["waistband"]
    (first, *_) = ask("sunbed").results
    assert "sunbed" in {piece.text for piece in first.excerpt.pieces if piece.is_match}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gym", "Do not exercise"),
        ("swim", "Do not exercise, swim"),
        ("sunbed", "Do not sunbathe or use a sunbed"),
        ("roaccutane", "Speak to us first if you take isotretinoin"),
        ("teenager", "We do not treat you now if you are under 18"),
    ],
)
def test_what_not_to_do_is_never_shown_as_if_it_may_be_done(typed: str, said: str, today: date) -> None:
    (first, *_) = ask(typed).results
    assert said in "".join(piece.text for piece in first.excerpt.pieces)


def test_only_words_that_were_asked_for_are_marked(today: date) -> None:
    (first, *_) = ask("do you use cookies").results
    assert {piece.text.lower() for piece in first.excerpt.pieces if piece.is_match} <= {"cookie", "cookies"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("strech marks", "stretch marks"), ("aftr care", "aftercare"), ("pregnent", "pregnant"), ("collagin", "collagen")],
)
def test_misspelling_is_forgiven_and_said(typed: str, meant: str, today: date) -> None:
    assert ask(typed).corrected_query == meant


@pytest.mark.parametrize("typed", ["stretch marks", "after care", "striae", "tummy", "48 hours", "sun"])
def test_what_is_spelled_well_is_left_as_it_is(typed: str, today: date) -> None:
    assert ask(typed).corrected_query == ""


@pytest.mark.parametrize("typed", ["xyzzy", "qqqqqq wwwwww", "%", "_", "'; drop table", "the", "☂", "١٢٣"])
def test_what_is_nowhere_finds_nothing_or_says_so(typed: str, today: date) -> None:
    assert len(ask(typed).results) < 30


def test_words_that_are_one_thing_find_the_same(today: date) -> None:
    first = ask("stretch marks").results
    for typed in ("stretchmarks", "striae", "Striae Distensae", "STRETCH  MARKS", "strétch márks"):
        found = ask(typed).results
        assert found[0].url == first[0].url, typed
        assert {one.url.partition("#")[0] for one in found} == {one.url.partition("#")[0] for one in first}, typed


def test_each_page_stands_once_with_its_other_places(today: date) -> None:
    found = ask("collagen")
    pages = [one.url.partition("#")[0] for one in found.results]
    assert len(pages) == len(set(pages))
    assert any(one.other_places for one in found.results)


@pytest.mark.slow
def test_every_anchor_of_a_result_is_on_its_page(today: date, client: Client) -> None:
    for typed in ("skin", "collagen", "stretch marks", "sessions", "photographs", "hours"):
        for result in ask(typed).results:
            for url in (result.url, *(place.url for place in result.other_places)):
                address, _, anchor = url.partition("#")
                assert f'id="{anchor}"' in client.get(address).content.decode() or not anchor, url


def test_a_search_costs_few_queries(today: date, django_assert_max_num_queries: Any) -> None:
    ask("skin")
    pages = published_pages(RequestFactory().get("/"))
    with django_assert_max_num_queries(8):
        find("strech marks on my tummy", pages, today)
