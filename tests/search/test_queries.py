"""Twenty things that patients type, and the page that answers each: the same on both databases."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from lxml import html

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
    ("coldsores", {TREATMENT}),
    ("sideeffects", {TREATMENT}),
    ("bloodthinners", {TREATMENT}),
    ("spf50", {AFTERCARE, "/plan-your-sessions/"}),
    ("running", {AFTERCARE}),
    ("withdraw consent", {"/your-photographs/"}),
    ("who are the doctors", {"/about/"}),
    ("how do i find you", {"/contact/", "/about/", "/", TREATMENT}),
    ("how much does it cost", {"/is-it-right-for-me/"}),
    ("groin", {AFTERCARE}),
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
    ("typed", "shown"),
    [
        ("gym", "Do not exercise"),
        ("swim", "Do not exercise, swim"),
        ("sunbed", "Do not sunbathe or use a sunbed for 2 weeks. Do not use a sunbed at all during your course"),
        ("roaccutane", "Speak to us first if you take isotretinoin"),
        ("teenager", "We do not treat you now if you are under 18"),
    ],
)
def test_what_not_to_do_is_never_shown_as_if_it_may_be_done(typed: str, shown: str, today: date) -> None:
    (first, *_) = ask(typed).results
    assert shown in "".join(piece.text for piece in first.excerpt.pieces)


def test_only_words_that_were_asked_for_are_marked(today: date) -> None:
    (first, *_) = ask("do you use cookies").results
    assert {piece.text.lower() for piece in first.excerpt.pieces if piece.is_match} <= {"cookie", "cookies"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("strech marks", "stretch marks"), ("aftr care", "aftercare"), ("pregnent", "pregnant"), ("collagin", "collagen")],
)
def test_misspelling_is_corrected_and_the_correction_shown(typed: str, meant: str, today: date) -> None:
    assert ask(typed).corrected_query == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("coldsores", "cold sores"),
        ("sideeffects", "side effects"),
        ("bloodthinners", "blood thinners"),
        ("numbingcream", "numbing cream"),
        ("do i need numbingcream", "do i need numbing cream"),
        ("howlong", "how long"),
    ],
)
def test_words_run_together_are_taken_apart(typed: str, meant: str, today: date) -> None:
    found = ask(typed)
    assert found.corrected_query == meant
    assert [one.url for one in found.results] == [one.url for one in ask(meant).results]
    assert found.results


@pytest.mark.parametrize(("typed", "apart"), [("spf50", "spf 50"), ("48hours", "48 hours"), ("7days", "7 days")])
def test_a_number_finds_the_same_with_and_without_a_space(typed: str, apart: str, today: date) -> None:
    assert ask(typed).results == ask(apart).results
    assert ask(typed).results


#: Words that patients know and these pages don't hold: none is a mistake.
ABSENT = """
    bleach botox filler tattoo mole freckle coffee alcohol vegan insurance piercing menopause coconut castor cocoa butter
    honey lemon vaseline vitamins retainer teeth weather wedding beach leash money wine milk hormones magnet plaster
    shampoo bandage needlework marker sparks shin scan spine train brain cellulite sagging lips eyelash
"""


def test_a_word_that_no_page_holds_is_not_made_into_another(today: date) -> None:
    assert {typed: meant for typed in ABSENT.split() if (meant := ask(typed).corrected_query)} == {}


def test_a_source_comes_after_what_it_is_a_source_of(today: date) -> None:
    (first, *_) = ask("laser").results
    assert first.heading != "Sources"


def test_a_word_of_a_phrase_is_not_looked_for_alone(today: date) -> None:
    found = ask("how do i find you").results
    assert not [one.text for one in found if "hard to breathe" in one.text]
    assert "Address" in found[0].text
    for typed, marked in (("price list", {"cost"}), ("cold sores", {"cold sores"})):
        (first, *_) = ask(typed).results
        assert {piece.text.lower() for piece in first.excerpt.pieces if piece.is_match} == marked, typed


def test_rollers_for_home_use_lead_only_to_the_words_that_they_are_not_meant(today: date) -> None:
    for typed in ("dermaroller", "derma roller", "dermarollers", "can i use a roller at home"):
        (first, *_) = ask(typed).results
        assert "not about rollers with needles" in first.text, typed
    assert len(ask("dermaroller").results) == 1


@pytest.mark.parametrize(
    ("typed", "nowhere"), [("pregnant", "to expect"), ("running", "runs out"), ("pool", "studies together")]
)
def test_a_synonym_is_not_found_in_another_form_that_means_something_else(
    typed: str, nowhere: str, today: date
) -> None:
    for result in ask(typed).results:
        places = [result.heading, *(place.heading for place in result.other_places)]
        assert not [place for place in places if nowhere in place]
        assert nowhere not in "".join(piece.text for piece in result.excerpt.pieces if piece.is_match)


def test_a_match_in_a_folded_answer_leads_into_it(today: date, client: Client) -> None:
    for typed, question in (
        ("does it hurt", "Does it hurt?"),
        ("do men have it", "Do men have it too?"),
    ):
        places = {place.heading: place.url for one in ask(typed).results for place in (one, *one.other_places)}
        address, _, anchor = places[question].partition("#")
        answer = html.fromstring(client.get(address).content.decode()).get_element_by_id(anchor)
        folded = answer.getparent()
        assert (folded.tag, folded.get("class"), folded.get("open")) == ("details", "qa", None)
        assert folded.findtext("summary") == question


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
