"""A number typed by hand is found where it is a fact of the treatment, and nowhere else."""

import pytest

from content.treatment.tokens import TOKENS
from content.wording import numbers
from content.wording.amounts.subjects import SUBJECTS
from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage

FACTS = {
    "treatment-minutes": Fact(15, 60, "15 to 60 minutes"),
    "numbing-minutes": Fact(30, 60, "30 to 60 minutes"),
    "visit-minutes": Fact(45, 120, "45 to 120 minutes"),
    "weeks-between-sessions": Fact(4, 6, "4 to 6 weeks"),
    "usual-sessions": Fact(3, 6, "3 to 6 sessions"),
    "days-to-settle": Fact(1, 7, "1 to 7 days"),
    "weeks-before-judging": Fact(12, 12, "12 weeks"),
    "hours-in-cotton": Fact(48, 48, "48 hours"),
    "hours-without-make-up": Fact(48, 48, "48 hours"),
    "hours-without-exercise": Fact(72, 72, "72 hours"),
    "days-without-scrubs": Fact(7, 7, "7 days"),
    "weeks-out-of-sun": Fact(2, 2, "2 weeks"),
}

CONTRADICTS = [
    ("Come every 3 weeks for a session.", "weeks-between-sessions"),
    ("Sessions are 2 weeks apart.", "weeks-between-sessions"),
    ("Sessions are a month apart.", "weeks-between-sessions"),
    ("Leave two to three weeks between sessions.", "weeks-between-sessions"),
    ("We leave a gap of 8 weeks between treatments.", "weeks-between-sessions"),
    ("You have monthly sessions.", "weeks-between-sessions"),
    ("Sessions come once a fortnight.", "weeks-between-sessions"),
    ("Wait at least 3 weeks before your next session.", "weeks-between-sessions"),
    ("3–5 weeks from one session to the next", "weeks-between-sessions"),
    ("A session takes 90 minutes.", "treatment-minutes"),
    ("The treatment itself takes half an hour.", "treatment-minutes"),
    ("20–40 minutes for the treatment itself", "treatment-minutes"),
    ("The numbing cream stays on for 20 minutes.", "numbing-minutes"),
    ("Allow 3 hours for your visit.", "visit-minutes"),
    ("You need 2 sessions.", "usual-sessions"),
    ("A usual course is 8 sessions.", "usual-sessions"),
    ("We recommend four to eight treatments.", "usual-sessions"),
    ("Book a course of 10.", "usual-sessions"),
    ("Skin settles within 14 days.", "days-to-settle"),
    ("It usually calms down in two weeks.", "days-to-settle"),
    ("Your skin heals in 2–3 days.", "days-to-settle"),
    ("Judge the result after 6 weeks.", "weeks-before-judging"),
    ("Wait 2 months after your last session to see the final result.", "weeks-before-judging"),
    ("Wear loose cotton for 24 hours.", "hours-in-cotton"),
    ("Do not put make-up or perfume on the area for a day.", "hours-without-make-up"),
    ("Do not exercise, swim or use a sauna for 48 hours.", "hours-without-exercise"),
    ("Leave 2 days before you swim.", "hours-without-exercise"),
    ("Do not use acids or scrubs on the area for 3 days.", "days-without-scrubs"),
    ("Do not wax or shave the area for two weeks.", "days-without-scrubs"),
    ("Do not sunbathe or use a sunbed for a week.", "weeks-out-of-sun"),
    ("Stay out of the sun for 10 days.", "weeks-out-of-sun"),
]
REPEATS = [
    ("Sessions are 4–6 weeks apart.", "weeks-between-sessions"),
    ("Come every four to six weeks for a session.", "weeks-between-sessions"),
    ("4-6 weeks apart", "weeks-between-sessions"),
    ("four to six weeks between sessions", "weeks-between-sessions"),
    ("Sessions are at least 4 weeks apart.", "weeks-between-sessions"),
    ("Treatment takes 15—60 minutes.", "treatment-minutes"),
    ("15\u202f–\u202f60 minutes of treatment", "treatment-minutes"),
    ("A session takes up to an hour.", "treatment-minutes"),
    ("The numbing cream stays on for 30 to 60 minutes.", "numbing-minutes"),
    ("You need 3 to 6 sessions.", "usual-sessions"),
    ("three to six sessions in a usual course", "usual-sessions"),
    ("It settles in 1–7 days.", "days-to-settle"),
    ("It usually settles within a week.", "days-to-settle"),
    ("Do not judge the result before 12 weeks.", "weeks-before-judging"),
    ("Judge the result after three months.", "weeks-before-judging"),
    ("Wear loose cotton for 48 hours.", "hours-in-cotton"),
    ("Do not sunbathe for 2 weeks after your last session.", "weeks-out-of-sun"),
    ("exercise, swim or use a sauna for 72 hours", "hours-without-exercise"),
    ("use retinoid creams on the area for 7 days", "days-without-scrubs"),
]
OTHERS = [
    "Use SPF 50 for 2 weeks.",
    "In a trial of 20 people, sessions were 2 weeks apart.",
    "One study gave 5 sessions. They were a month apart.",
    "Your skin is not better at 7 days.",
    "Days 4 to 7: the colour goes back towards your own.",
    "Take isotretinoin, or stopped less than 6 months ago.",
    "Marks fade in a year or two.",
    "You must be 18 or over.",
    "Call 01632 960123 from 9am to 6pm.",
    "Come 10 minutes before your appointment.",
    "After treatment cool the area for 10 minutes.",
    "Treatment often takes more than one session.",
    "Each session comes [[weeks-between-sessions]] after the one before.",
    "Often [[usual-sessions]], usually [[weeks-between-sessions]] apart.",
    "Some see a change after 2 sessions.",
    "If numbness lasts more than 4 hours, call us.",
    "Pain was 5 out of 10.",
    "The clinic is 5 minutes from the station.",
    "You may eat up to 2 hours before.",
    "We answer within 2 days.",
    "Wash your hands for 20 seconds before each session.",
    "Two deaths were told of in 2007.",
    "The numbing cream needs 20 minutes more on thick skin.",
    "Bring your card 2 weeks before your first session.",
    "Take nothing for 3 days before your session.",
    "Avoid sun for 2 weeks between sessions.",
    "We have treated 300 people in 5 years.",
    "Numbness can last 2 hours after treatment.",
    "Wait 6 months after isotretinoin before your first session.",
    "Wait 6 weeks after giving birth before a session.",
    "You can drive home after 10 minutes.",
    "After 3 sessions we look at your skin together.",
    "Take a photograph every 4 weeks.",
    "Photos are taken 12 weeks after the last session.",
    "Leave 2 weeks between a session and a vaccination.",
    "Your skin may flake for 3 days.",
    "Do not wash the area for 6 hours after treatment.",
    "A consultation takes 30 minutes.",
    "Your first visit takes 30 minutes: we only talk.",
    "Pregnant? Wait until 3 months after the birth.",
    "Each session treats 2 areas.",
    "One session treats one area, two sessions treat both.",
    "Check the area every 2 days.",
    "You can have sessions every day of the week but Sunday.",
]

SAID_BRIEFLY = [
    "Sessions every three weeks.",
    "You will need 8 to 10 sessions.",
    "Treatment time: 90 minutes",
    "Downtime: 14 days",
    "Number of sessions: 2",
    "Time between sessions: 2 weeks",
    "Numbing cream: 15 minutes",
    "Sessions can be repeated after 2 weeks.",
    "Skin is back to normal within 24 hours.",
    "Final results appear after 6 weeks.",
    "You can have your next session after 2 weeks.",
    "Have one session a month.",
    "We space your visits 8 weeks apart.",
    "Sessions are 4 weeks apart.",
]


def found(text: str, kind: Kind = Kind.TEXT) -> list[Finding]:
    return numbers.check(PageText([Passage("Text", None, kind, "text", text)], facts=FACTS))


@pytest.mark.parametrize(("sentence", "name"), CONTRADICTS)
def test_other_number_than_the_fact_stops_the_page(sentence: str, name: str) -> None:
    [one] = found(sentence)
    assert (one.level, one.code) == (Level.BLOCKING, "other-number")
    assert f"[[{name}]]" in one.suggestion
    assert FACTS[name].text in one.problem


@pytest.mark.parametrize(("sentence", "name"), REPEATS)
def test_same_number_typed_by_hand_is_offered_the_name(sentence: str, name: str) -> None:
    [one] = found(sentence)
    assert (one.level, one.code) == (Level.ADVISORY, "typed-fact")
    assert f"[[{name}]]" in one.suggestion


@pytest.mark.parametrize("sentence", SAID_BRIEFLY)
def test_number_beside_its_name_is_met_however_briefly(sentence: str) -> None:
    assert [one.code for one in found(sentence)] == ["other-number"]


@pytest.mark.parametrize("sentence", OTHERS)
def test_number_of_something_else_is_left_alone(sentence: str) -> None:
    assert found(sentence) == []


def test_two_facts_in_one_sentence_are_told_apart() -> None:
    said = "15–60 minutes of treatment, numbing cream 30–60 minutes before."
    assert sorted(one.suggestion.partition("]]")[0] for one in found(said)) == [
        "Write [[numbing-minutes",
        "Write [[treatment-minutes",
    ]
    assert {one.level for one in found(said)} == {Level.ADVISORY}


@pytest.mark.parametrize("kind", [Kind.SOURCE, Kind.ADDRESS])
def test_numbers_of_sources_are_their_own(kind: Kind) -> None:
    assert found("Sessions are 2 weeks apart.", kind) == []
    assert len(found("Sessions are 2 weeks apart.")) == 1


def test_fact_of_one_number_is_met_when_it_changes() -> None:
    four = {"weeks-between-sessions": Fact(4, 4, "4 weeks")}
    page = PageText([Passage("Text", None, Kind.TEXT, "text", "Sessions are a month apart.")], facts=four)
    assert [one.level for one in numbers.check(page)] == [Level.ADVISORY]


def test_without_facts_nothing_is_compared() -> None:
    assert numbers.check(PageText([Passage("Text", None, Kind.TEXT, "text", "You need 2 sessions.")])) == []


def test_every_fact_that_can_be_quoted_has_its_subject() -> None:
    assert set(SUBJECTS) == set(TOKENS) == set(FACTS)


def test_number_in_an_alternative_text_is_read() -> None:
    assert [one.code for one in found("Calendar with a treatment marked every Monday, one week apart.", Kind.ALT)] == [
        "other-number"
    ]


@pytest.mark.parametrize(
    "row",
    [
        "Time between sessions\nevery 2 weeks",
        "How many sessions will you need?\nEight.",
        "Sessions\n8–10",
        "Numbing: 5 min",
    ],
)
def test_label_beside_a_number_says_what_it_is_about(row: str) -> None:
    assert [one.code for one in found(row, Kind.ROW)] == ["other-number"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Call us if it has not settled after seven days.",
        "How soon can I swim, after one day or after three?",
        "A course of four sessions, five weeks apart, takes about fifteen weeks.",
        "Surgery is another thing: no gym for six weeks.",
        "Wear SPF 50 on the area.",
        "In one small trial the average pain was 5 out of 10.",
    ],
)
def test_number_that_is_right_or_about_something_else_stands(sentence: str) -> None:
    assert [one.level for one in found(sentence) if one.level is Level.BLOCKING] == []


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("Wear SPF 30 on the area.", "SPF 50"),
        ("Ring us if it is not better at thirty days.", "7 days"),
        ("The split-body trial had 200 people.", "20 people"),
        ("Many clinics wait two weeks after isotretinoin.", "6 months"),
        ("Minimum age: 16", "18 or over"),
        ("Use only the gel for three days.", "first day"),
    ],
)
def test_number_that_no_clinic_sets_is_compared_too(sentence: str, fact: str) -> None:
    [one] = found(sentence)
    assert (one.level, one.code) == (Level.BLOCKING, "other-number")
    assert fact in one.problem


def test_contradiction_is_named_with_the_fact_as_it_is() -> None:
    [one] = found("Sessions are 2 weeks apart.")
    assert (one.word, one.can_be_explained) == ("weeks-between-sessions: 4 to 6 weeks", True)
