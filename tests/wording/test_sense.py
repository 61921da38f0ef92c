"""What a sentence does with a claim's words decides: whom it speaks of, and whether it advises, hedges, denies or reports."""

import pytest

from content.wording.sense.clauses import clause_at, clauses, is_advice
from content.wording.sense.subjects import is_of_another_thing

from .test_claims import stopped


@pytest.mark.parametrize(
    ("honest", "promise"),
    [
        ("The bike stand disappeared in the storm last night.", "The marks disappeared in a few weeks."),
        ("We've found the ideal spot for the bicycle rack.", "We've found the ideal treatment for you."),
        ("The instant you ring the bell, somebody comes down.", "You see instant change in your skin."),
        ("He has a permanent post here.", "It is a permanent change."),
        ("The nurse removes the numbing cream with gauze.", "The nurse removes the lines from your hips."),
        ("Pages work without JavaScript.", "It works without fail, every time."),
        ("Never stop a prescribed medicine yourself.", "It never fails."),
        ("Our car park has been voted the smallest in the county.", "We were voted the best clinic in the county."),
    ],
)
def test_subject_decides(honest: str, promise: str) -> None:
    assert stopped(honest) == []
    assert stopped(promise) != []


@pytest.mark.parametrize(
    ("honest", "promise"),
    [
        ("Nobody can call it pain-free.", "Nobody feels any pain."),
        ("No part of this is free of risk.", "It is free of risk."),
        ("The results are neither quick nor certain.", "The results are certain."),
        ("It is anything but painless.", "It is painless."),
        ("The effect, where there is one, is not for ever.", "The effect is for ever."),
        ("We stopped calling it painless.", "We call it painless."),
        ("Any talk of magic is out of place here.", "It is magic."),
        ("A treatment without any pain does not exist.", "A treatment without any pain."),
    ],
)
def test_denial_decides(honest: str, promise: str) -> None:
    assert stopped(honest) == []
    assert stopped(promise) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Some salons advertise needling without downtime.",
        '"Clinically proven" on a box tells you very little.',
        "Clinics abroad may promise you a new body in a weekend.",
        "Myth: needling removes stretch marks.",
        "I understand that no result is certain to stay for good.",
        "Watch out for offers that end tonight.",
        "A few people notice a difference after the third session.",
        "The skin must be free of infection.",
        "Laser is quicker, though it can leave pale spots.",
        "Do nothing: it's free, it's safe, and it's what most people choose.",
    ],
)
def test_report_hedge_duty_and_other_choices_promise_nothing(sentence: str) -> None:
    assert stopped(sentence) == []


@pytest.mark.parametrize("sentence", ["Discomfort? None at all.", "Those old lines? Gone."])
def test_short_question_is_the_topic_of_its_answer(sentence: str) -> None:
    assert stopped(sentence) != []


def test_clauses_are_parted_where_another_one_begins() -> None:
    parts = [clause.text.strip(" ,") for clause in clauses("it may sting, but it is safe: call us if it bleeds")]
    assert parts == ["it may sting", "but it is safe:", "call us", "if it bleeds"]


def test_clause_of_a_position_is_found() -> None:
    sentence = "it may sting, but it is safe"
    assert clause_at(sentence, sentence.index("safe")).text.strip() == "but it is safe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("never stop a medicine yourself", True),
        ("call us the same day", True),
        ("never worry again", False),
        ("keep your smooth skin", False),
        ("it never hurts", False),
    ],
)
def test_advice_is_told_from_what_sells(text: str, expected: bool) -> None:  # noqa: FBT001  the expected answer
    assert is_advice(clauses(text)[0]) is expected


@pytest.mark.parametrize(
    ("word", "sentence", "expected"),
    [
        ("best", "the best tea in town", True),
        ("best", "the best in town", False),
        ("best", "the best clinic in town", False),
        ("perfect", "your skin is perfect for the beach", False),
        ("ideal", "ideally suited to you", False),
    ],
)
def test_noun_of_an_adjective_is_found(word: str, sentence: str, expected: bool) -> None:  # noqa: FBT001  the same
    end = sentence.index(word) + len(word) + (2 if "ideally" in sentence else 0)
    assert is_of_another_thing(word, sentence, end) is expected
