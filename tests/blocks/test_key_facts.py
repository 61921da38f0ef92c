"""Key facts: pairs of a value and what it is about."""

import pytest
from django.test import Client

from content.models import KeyFacts
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import KeyFactsFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_key_facts_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(KeyFactsFactory(), facts=[{"value": "Three", "meaning": "of them"}])


def test_key_facts_show_each_value_with_its_meaning() -> None:
    pairs = [
        (text_of(pair.find("dt")), text_of(pair.find("dd")))
        for pair in shown(KeyFactsFactory()).iter("div")
        if pair.find("dd") is not None
    ]
    assert pairs == [("4 to 6 weeks", "between sessions"), ("Two", "hands")]


def test_key_facts_refuse_an_unknown_fact_and_a_missing_meaning(staff: Client) -> None:
    rows = [
        {"value": "[[moonlight]]", "meaning": ""},
        {"value": "A fact that goes on for much too long to stand large", "meaning": "x"},
    ]
    sentences = refused(staff, KeyFacts, {"heading": "", "facts": rows})
    assert "Row 1: “What it is about” is missing." in sentences
    assert "Row 2: “Fact” has 52 characters; 40 is the most. Shorten it." in sentences


def test_key_facts_refuse_a_fact_that_is_none_and_list_those_there_are(staff: Client) -> None:
    sentences = refused(
        staff, KeyFacts, {"heading": "", "facts": [{"value": "[[moonlight]]", "meaning": "between them"}]}
    )
    assert sentences == [
        "Row 1: “[[moonlight]]” is not the name of a fact. The facts are: "
        "[[treatment-minutes]], [[numbing-minutes]], [[visit-minutes]], [[weeks-between-sessions]], "
        "[[usual-sessions]], [[days-to-settle]], [[weeks-before-judging]], [[hours-in-cotton]], "
        "[[hours-without-make-up]], [[hours-without-exercise]], [[days-without-scrubs]], [[weeks-out-of-sun]]."
    ]


def test_key_facts_need_a_row(staff: Client) -> None:
    assert refused(staff, KeyFacts, {"heading": "Only a heading"}) == ["Fill in at least 1 row."]
