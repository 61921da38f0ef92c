"""The rules: every way to answer the seeded questions, and everything that is no answer."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.blocks.rows import Row
from content.seed import loader
from content.suitability import answers

[LISTS] = [
    block
    for block in tomllib.loads((Path(loader.FOLDER) / "pages/02-treatment.toml").read_text())["block"]
    if block["kind"] == "who_should_wait"
]
SEEDED = [
    (question, meaning, reason)
    for meaning, rows in (("NOT_NOW", LISTS["not_now"]), ("SPEAK_FIRST", LISTS["speak_first"]))
    for _, question, reason in rows
]
QUESTIONS = [
    {"name": f"q{number}", "question": text, "yes_means": meaning, "reason": reason}
    for number, (text, meaning, reason) in enumerate(SEEDED)
]
# FACTS: who is told "not now", or to see a doctor first; all others with a yes are told to speak to the clinic first.
WAITS = {"pregnant", "infection", "chemotherapy", "under 18", "steroid", "rounder"}


def answered(said: tuple[str, ...]) -> list[Row]:
    sent = dict(zip([row["name"] for row in QUESTIONS], said, strict=True))
    return answers.parse_answers(QUESTIONS, lambda name: [sent[name]])


def test_there_are_thirteen_questions_and_a_yes_to_each_means_what_the_facts_say() -> None:
    assert len(QUESTIONS) == 13
    for number, row in enumerate(QUESTIONS):
        said = tuple("yes" if number == place else "no" for place in range(13))
        waits = any(word in row["question"] for word in WAITS)
        assert answers.outcome(answered(said)) == ("NOT_NOW" if waits else "SPEAK_FIRST"), row["question"]
    assert sum(any(word in row["question"] for word in WAITS) for row in QUESTIONS) == 6


def test_of_all_8192_ways_to_answer_the_most_careful_one_counts_and_every_yes_has_its_reason() -> None:
    counted = {"NOT_NOW": 0, "SPEAK_FIRST": 0, "BOOK": 0}
    for said in itertools.product(["yes", "no"], repeat=13):
        rows = answered(said)
        meant = [row["yes_means"] for row, answer in zip(QUESTIONS, said, strict=True) if answer == "yes"]
        strongest = "NOT_NOW" if "NOT_NOW" in meant else "SPEAK_FIRST" if meant else "BOOK"
        assert answers.outcome(rows) == strongest
        counted[strongest] += 1
        given_reasons = [row["yes_means"] for row in answers.reasons(rows)]
        assert given_reasons == sorted(meant)  # N before S: what says not now stands first
        assert {row["question"] for row in answers.reasons(rows)} == {
            row["question"] for row, answer in zip(QUESTIONS, said, strict=True) if answer == "yes"
        }
    assert counted == {"NOT_NOW": 8064, "SPEAK_FIRST": 127, "BOOK": 1}


@pytest.mark.parametrize("topic", ["18 to 21", "steroid", "without a clear reason", "puffy", "brown or black"])
def test_what_the_treatment_page_says_to_ask_first_is_asked(topic: str) -> None:
    [number] = [number for number, row in enumerate(QUESTIONS) if topic in row["question"]]
    said = tuple("yes" if number == place else "no" for place in range(13))
    assert answers.outcome(answered(said)) != "BOOK"


@pytest.mark.parametrize(
    "sent", [[], [""], ["YES"], ["Yes"], ["y"], ["maybe"], ["yes", "no"], ["yes", "yes"], ["yes "], ["no\x00"], ["да"]]
)
def test_what_is_not_one_yes_or_no_is_no_answer(sent: list[str]) -> None:
    row = answers.parse_answers(QUESTIONS[:1], lambda name: sent)[0]
    assert (row["answer"], row["problem"]) == ("", "Choose yes or no.")


@given(st.lists(st.text(max_size=20), max_size=3))
def test_an_answer_is_yes_or_no_or_asked_for_again(sent: list[str]) -> None:
    row = answers.parse_answers(QUESTIONS[:1], lambda name: sent)[0]
    assert bool(row["answer"]) != bool(row["problem"])
    assert row["answer"] in {"", "yes", "no"}
