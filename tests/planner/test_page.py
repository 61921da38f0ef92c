"""The planner's page: a sentence beside each wrong box, the others kept, and nothing of a reader kept or told on."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import PositiveSmallIntegerField
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from content.models import Treatment
from tests.rendering import text_of

pytestmark = pytest.mark.django_db
URL = "/plan-your-sessions/"
GOOD = {"first": "2026-03-02", "sessions": "4"}


def ask(client: Client, **boxes: str) -> Any:
    reply = client.get(f"{URL}?{urlencode(boxes)}")
    assert reply.status_code == 200
    return html.fromstring(reply.content.decode())


def problems(tree: Any) -> list[str]:
    return [text_of(one).removeprefix("Problem: ") for one in tree.find_class("problem")]


def test_an_address_without_a_question_asks_for_the_first_day(today: date, client: Client) -> None:
    reply = client.get(URL)
    tree = html.fromstring(reply.content.decode())
    assert "Choose the day of your first session." in text_of(tree.find_class("plan-answer")[0])
    assert problems(tree) == []
    assert reply["Cache-Control"] == "no-cache"
    assert tree.get_element_by_id("id_sessions_4").get("checked") is not None  # the middle of 3 to 6


def test_an_answer_is_kept_by_nobody_and_sets_nothing(today: date, client: Client) -> None:
    reply = client.get(URL, {**GOOD, "area": "groin"})
    assert "no-store" in reply["Cache-Control"]
    assert reply.cookies == {}
    assert "Set-Cookie" not in reply.headers


def test_the_weeks_are_the_treatments_own(today: date, client: Client) -> None:
    Treatment.objects.update(weeks_between_min=8, weeks_between_max=8)
    said = text_of(ask(client, **GOOD, from1="2026-04-27", to1="2026-04-27").find_class("plan-answer")[0])
    assert "Session 2 Tue 28 April 2026 or later Booked for:" in said
    assert "book it for Tue 28 April 2026 or later" in said
    assert "Session 3 Tue 23 June 2026 Booked for:" in said
    assert "Leave at least 8 weeks between sessions" in said


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({"first": "2026-02-30"}, "There is no such day in the calendar. Choose another."),
        ({"first": "29/02/2027"}, "There is no such day in the calendar. Choose another."),
        ({"first": "2026-02-28"}, "This day is over."),
        ({"first": "1926-03-02"}, "This day is over."),
        ({"first": "0027-03-31"}, "Write the year with four digits, like this: 31/03/2027."),
        ({"first": "3/31/2027"}, "Write the day first, then the month, like this: 31/03/2027."),
        ({"first": "9999-12-31"}, "This day is far ahead. Choose one in the next 2 years."),
        ({"first": "2028-03-02"}, "This day is far ahead. Choose one in the next 2 years."),
        ({"first": "99999-01-01"}, "Write the day like this: 31/03/2027."),
        ({"first": "soon"}, "Write the day like this: 31/03/2027."),
        ({"first": "\x00\x01\x1b"}, "Write the day like this: 31/03/2027."),
        ({"first": "2" * 100_000}, "Write the day like this: 31/03/2027."),
        ({"first": ""}, "Choose the day of your first session."),
        ({"sessions": ""}, "Choose how many sessions."),
        *[({"sessions": number}, "Choose a number from 1 to 8.") for number in ("0", "9", "99", "-1", "4.5", "four", "٤", "9" * 5000)],
        ({"area": "moon"}, "Choose an area from the list, or none."),
        ({"from1": "2026-04-01"}, "Choose the last day of your time away too."),
        ({"to3": "2026-04-01"}, "Choose the first day of your time away too."),
        ({"from3": "2026-04-02", "to3": "2026-04-01"}, "The last day away can’t be before the first."),
        ({"from1": "2026-01-02", "to1": "2026-01-03"}, "These days are over."),
        ({"from1": "2026-04-02", "to1": "2036-04-01"}, "These days are far ahead."),
        ({"from1": "1900-01-01", "to1": "2026-04-01"}, "This day is long past."),
        ({"from1": "0026-03-31", "to1": "2026-04-01"}, "Write the year with four digits"),
        ({"from1": "2025-02-28", "to1": "2026-04-01", "sun1": "on"}, "This day is long past."),
        ({"from1": "2026-04-31", "to1": "2026-05-01"}, "There is no such day in the calendar."),
    ],
)  # fmt: skip
def test_a_wrong_box_has_its_sentence_and_the_others_keep_what_was_typed(
    today: date, client: Client, boxes: dict[str, str], sentence: str
) -> None:
    typed = {**GOOD, "area": "thighs", "from2": "2026-05-01", "to2": "2026-05-02", "sun2": "on", **boxes}
    tree = ask(client, **typed)
    said = problems(tree)
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert text_of(tree.find_class("problems")[0]).startswith("Please look at 1 thing")
    answer = tree.find_class("plan-answer")[0]
    assert text_of(answer.xpath(".//*[@role='status']")[0]).startswith("There are no dates yet.")
    assert sentence in text_of(answer)
    assert not answer.xpath(".//ol | .//time | .//a")
    for name in ("first", "from2", "to2"):
        if name not in boxes or boxes[name].isprintable():
            assert tree.get_element_by_id(f"id_{name}").get("value") == typed[name]
    assert tree.get_element_by_id("id_sun2").get("checked") is not None
    if "area" not in boxes:
        assert tree.xpath("//select[@name='area']/option[@selected]/@value") == ["thighs"]
    ids = " ".join(tree.xpath("//*[@aria-describedby]/@aria-describedby")).split()
    beside = [text_of(tree.get_element_by_id(one)) for one in ids]
    assert [words.removeprefix("Problem: ") for words in beside if words.startswith("Problem: ")] == said


def test_every_mistake_is_told_at_once(today: date, client: Client) -> None:
    tree = ask(client, first="x", sessions="99", area="moon", from1="2026-04-01")
    assert len(problems(tree)) == 4
    links = tree.find_class("problems")[0].xpath(".//a/@href")
    assert [tree.get_element_by_id(link.removeprefix("#")).get("name") for link in links] == [
        "first",
        "sessions",
        "area",
        "to1",
    ]


@pytest.mark.parametrize("typed", ["2026-03-02", "02/03/2026", " 2.3.26", "2\u00a0Mar 2026", "2-3-26"])
def test_a_day_is_understood_as_people_write_it_and_shown_in_words(today: date, client: Client, typed: str) -> None:
    tree = ask(client, first=typed, sessions="x")
    assert problems(tree) == ["Choose a number from 1 to 8."]
    box = tree.get_element_by_id("id_first")
    assert (box.get("type"), box.get("value")) == ("date", "2026-03-02")
    assert text_of(tree.get_element_by_id(box.get("aria-describedby"))) == "Mon 2 March 2026"


def test_a_year_of_two_digits_from_a_date_picker_stays_in_it(today: date, client: Client) -> None:
    box = ask(client, first="0027-03-31", sessions="1").get_element_by_id("id_first")
    assert (box.get("type"), box.get("value")) == ("date", "0027-03-31")


def test_a_leap_day_is_a_day(today: date, client: Client) -> None:
    assert problems(ask(client, first="2028-02-29", sessions="8")) == []


def test_what_else_stands_in_the_address_is_left_alone(today: date, client: Client) -> None:
    reply = client.get(f"{URL}?first=x&first=2026-03-02&sessions=4&<script>=1&toolbar_on=1&area=&page=9")
    assert reply.status_code == 200
    assert problems(html.fromstring(reply.content.decode())) == []
    assert b"<script>=" not in reply.content


@pytest.mark.parametrize("sun", ["", "on"])
def test_facts_as_large_as_can_be_stored_still_make_a_plan(today: date, client: Client, sun: str) -> None:
    fields = [field.name for field in Treatment._meta.fields if isinstance(field, PositiveSmallIntegerField)]
    Treatment.objects.update(**dict.fromkeys(fields, 32_767))
    boxes = {"first": "2028-03-01", "sessions": "8", "from1": "2025-03-01", "to1": "2030-03-01", "sun1": sun}
    assert problems(ask(client, **boxes)) == []
    assert client.get("/session-plan.ics", boxes).status_code == 200


def test_the_area_leads_to_its_aftercare(today: date, client: Client) -> None:
    tree = ask(client, **GOOD, area="thighs")
    links = [link for link in tree.xpath("//main//a/@href") if "aftercare" in link]
    assert "/microneedling-for-stretch-marks/aftercare/?area=thighs" in links


def test_it_costs_few_queries_and_no_more_for_a_plan(
    today: date, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(URL)
    for boxes in ({}, {**GOOD, "area": "thighs", "from1": "2026-04-01", "to1": "2026-04-09"}):
        with django_assert_max_num_queries(26):
            client.get(URL, boxes)


BOXES = ["first", "sessions", "area", "say", *(f"{name}{n}" for name in ("from", "to", "sun") for n in (1, 2, 3))]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(BOXES), st.one_of(st.text(max_size=30), st.dates().map(str), st.integers().map(str))
    )
)
def test_whatever_is_asked_gets_a_page(today: date, client: Client, boxes: dict[str, str]) -> None:
    for url in (URL, "/session-plan.ics"):
        reply = client.get(f"{url}?{urlencode(boxes, errors='surrogatepass')}")
        assert reply.status_code in {200, 302}
