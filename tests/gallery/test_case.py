"""A case: its facts, what it can't tell, its cover, and what is left when it is gone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from content.gallery.choices import Outcome
from content.models import Case, EverPublic
from tests.factories import DAY, NOON, CaseFactory, PairFactory
from tests.rendering import Element, main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def case(**values: Any) -> Case:
    made: Case = CaseFactory(**values)
    return made


def address(one: Case) -> str:
    return f"/before-and-after/{one.code}/"


def read(url: str) -> Element:
    response = Client().get(url)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def facts(tree: Element) -> dict[str, str]:
    pairs = tree.find_class("pairs")[0]
    return {text_of(row.find("dt")): text_of(row.find("dd")) for row in pairs.iter("div")}


def tokens(one: Case) -> list[str]:
    return [photo.token for pair in one.pairs.all() for photo in pair.photos]


def test_the_facts_are_those_of_the_case() -> None:
    made = case(gender="WOMAN")
    who = made.attested_by
    assert who is not None
    assert facts(read(address(made))) == {
        "Person": "Woman, aged 25 to 34",
        "Skin": "Medium brown",
        "Body area": "Belly",
        "Came with": "Pregnancy",
        "Marks before": "Pale or silvery",
        "Sessions": "4, about 5 weeks apart",
        "Pictured": "12 weeks after session 4 Final result",
        "Device": "Motorised pen, 12 needles",
        "Other treatments": "None",
        "Change seen by a clinician": f"Moderate change {who.shown_name}, {who.title}",
    }


def test_gender_is_shown_only_if_the_case_states_one() -> None:
    assert facts(read(address(case())))["Person"] == "Aged 25 to 34"


def test_a_sample_claims_no_clinician_and_says_illustration() -> None:
    tree = read(address(case(is_demo=True)))
    text = text_of(main_of(tree))
    assert facts(tree)["Change"] == "Moderate change Drawn so. No clinician has judged it."
    assert "Illustration, not a photograph of a patient." in text
    assert "clinician sees" not in text
    assert "Illustration" not in text_of(main_of(read(address(case()))))


@pytest.mark.parametrize(("weeks", "label"), [(11, "Too early for a final result"), (12, "Final result")])
def test_result_is_called_final_from_twelve_weeks_on(weeks: int, label: str) -> None:
    tree = read(address(case(weeks_after=weeks)))
    assert facts(tree)["Pictured"] == f"{weeks} weeks after session 4 {label}"
    text = text_of(main_of(tree))
    assert ("too early to judge" in text) == (weeks < 12)
    assert ("not yet final" in text) == (weeks < 12)


def test_single_session_is_described_as_one() -> None:
    tree = read(address(case(sessions=1, weeks_between=None, weeks_after=1)))
    assert text_of(tree.find(".//h1")) == "Belly, 1 session"
    assert facts(tree)["Sessions"] == "1"
    assert "One session, and pictured 1 week after it." in text_of(main_of(tree))


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_case_has_a_disclaimer(outcome: str) -> None:
    note = text_of(read(address(case(outcome=outcome))).find_class("note")[0])
    assert "This is one person: medium brown skin, pale or silvery marks, 4 sessions" in note
    assert note.endswith("Your own result may be better or worse; some people see no change.")


def test_course_is_in_weeks_and_no_date_is_shown() -> None:
    tree = read(address(case(sessions=2)))
    assert [text_of(stop) for stop in tree.find_class("beads")[0].iter("li")] == [
        "Before “Before” photograph",
        "Session 1 Week 0",
        "Session 2 About week 5, 5 weeks after session 1",
        "Follow-up About week 17, 12 weeks after the last session: “After” photograph",
    ]
    source = html.tostring(tree, encoding="unicode")
    assert not re.search(r"\b20(2[3-7])\b|\b(January|August)\b", source)


def test_title_crumbs_and_description_speak_of_the_case() -> None:
    tree = read(address(case()))
    assert text_of(tree.find(".//title")).startswith("Belly, 4 sessions: before and after, ")
    crumbs = tree.xpath("//nav[@aria-label='Breadcrumb']//li/*")
    assert [text_of(one) for one in crumbs] == ["Home", "Before and after", "Belly, 4 sessions"]
    assert crumbs[-1].get("aria-current") == "page"
    assert tree.xpath("//meta[@name='description']/@content")[0].startswith("Pale or silvery stretch marks")


def test_every_pair_is_shown_with_its_words() -> None:
    made = case()
    PairFactory(case=made, view="LEFT")
    tree = read(address(made))
    assert [one.get("data-name") for one in tree.iter("before-after")] == ["belly, front view", "belly, left side"]
    words = [photo.alt for pair in made.pairs.all() for photo in pair.photos]
    assert [image.get("alt") for image in main_of(tree).iter("img")] == words
    links = [link.get("href") for link in tree.xpath("//picture-zoom/a")]
    assert links == [f"/photographs/{token}/640.jpg" for token in tokens(made)]


def test_a_cover_keeps_every_address_back_until_the_reader_chooses() -> None:
    made = case(body_area="BREASTS")
    tree = read(address(made))
    source = html.tostring(tree, encoding="unicode")
    assert not [token for token in tokens(made) if token in source]
    assert "These pictures show the breast area." in text_of(main_of(tree))
    show = next(link for link in main_of(tree).iter("a") if text_of(link).startswith("Show pictures"))
    shown = read(show.get("href").split("#")[0])
    source = html.tostring(shown, encoding="unicode")
    assert all(token in source for token in tokens(made))
    cover = next(link for link in main_of(shown).iter("a") if text_of(link) == "Cover the pictures")
    assert cover.get("href") == address(made)


def test_an_uncovered_address_of_a_case_without_a_cover_is_the_case() -> None:
    made = case()
    response = Client().get(f"{address(made)}pictures/")
    assert (response.status_code, response["Location"]) == (302, address(made))


def robots(url: str) -> tuple[str, list[str]]:
    response = Client().get(url)
    tree = html.fromstring(response.content.decode())
    return response.get("X-Robots-Tag", ""), tree.xpath("//meta[@name='robots']/@content")


def test_search_engines_stay_out_unless_the_consent_lets_them_in() -> None:
    out = ("noindex, noimageindex", ["noindex, noimageindex"])
    assert robots(address(case(consent__for_search=False))) == out
    assert robots(address(case())) == ("", [])
    covered = case(body_area="GROIN")
    assert robots(f"{address(covered)}pictures/") == out


def test_previous_and_next_follow_the_list_and_skip_what_is_hidden() -> None:
    first, second, third = (
        case(approved_at=NOON - timedelta(minutes=number), body_area=area)
        for number, area in ((0, "HIPS"), (2, "BACK"), (3, "THIGHS"))
    )
    case(approved_at=NOON - timedelta(minutes=1), consent__withdrawn_at=NOON)

    def near(one: Case) -> list[tuple[str, str]]:
        links = read(address(one)).xpath("//nav[@aria-label='More cases']//a")
        return [(text_of(link), link.get("href")) for link in links]

    back = ("Previous: back, 4 sessions", address(second))
    assert near(first) == [("Next: back, 4 sessions", address(second))]
    assert near(second) == [
        ("Previous: hips, 4 sessions", address(first)),
        ("Next: thighs, 4 sessions", address(third)),
    ]
    assert near(third) == [back]


@pytest.mark.parametrize("tail", ["", "pictures/"])
@pytest.mark.parametrize(
    "reason",
    [
        {"consent__withdrawn_at": NOON},
        {"consent__expires_on": DAY - timedelta(days=1)},
    ],
    ids=["withdrawn", "expired"],
)
def test_what_was_public_answers_410_with_a_way_on_and_no_trace(reason: dict[str, Any], tail: str) -> None:
    shown, made = case(), case(**reason)
    assert Client().get(address(shown)).status_code == 200
    response = Client().get(address(made) + tail)
    assert response.status_code == 410
    text = response.content.decode()
    tree = html.fromstring(text)
    assert text_of(tree.find(".//h1")) == "This page is no longer shown"
    assert [link.get("href") for link in main_of(tree).iter("a")][:2] == ["/before-and-after/", "/"]
    assert response["X-Robots-Tag"] == "noindex, noimageindex"
    assert not [word for word in ("withdr", "consent", "expired", "Belly", *tokens(made)) if word in text]


def test_what_never_was_public_answers_as_if_it_were_unknown() -> None:
    made = case(approved_at=None)
    replies = [Client().get(f"/before-and-after/{code}/") for code in (made.code, "2222222222")]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert replies[0].content == replies[1].content
    assert not EverPublic.objects.filter(name=made.code).exists()


def test_a_case_costs_the_same_queries_beside_one_case_and_beside_twenty() -> None:
    made, counts = case(), []
    for number in (1, 20):
        for _ in range(number):
            case()
        read(address(made))
        with CaptureQueriesContext(connection) as asked:
            read(address(made))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
