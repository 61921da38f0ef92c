"""The pages and “Is it right for me?” can't say two things of who should wait: what differs is stopped with a sentence."""

import pytest

from content.wording import waiting
from content.wording.findings import Kind, Level, PageText, Passage, SuitabilityRow

PREGNANT = SuitabilityRow("Who should wait", None, "are pregnant", "NOT_NOW", "Are you pregnant?")
YOUNG = SuitabilityRow("Who should wait", None, "are 18 to 21", "SPEAK_FIRST", "Are you 18 to 21 years old?")
QUESTION = {"suitability_questions": ["right_for_me"]}


def row(of: SuitabilityRow, **other: str) -> SuitabilityRow:
    return SuitabilityRow(**{**of.__dict__, **other})


def found(page: PageText) -> list[tuple[str, str]]:
    said = waiting.check(page)
    assert all(one.level is Level.BLOCKING for one in said)
    return [(one.code, one.problem) for one in said]


def page(says: str = "", **what: object) -> PageText:
    passage = Passage("Text", None, Kind.TEXT, "body", html=f"<p>{says}</p>")
    return PageText([passage], template="treatment", has_questions_page=True, **what)  # type: ignore[arg-type]


def test_lists_with_a_question_in_each_row_are_fine() -> None:
    assert found(page(own_rows=[PREGNANT, YOUNG])) == []


def test_a_row_without_a_question_is_stopped_where_questions_are_asked() -> None:
    bare = row(PREGNANT, question="")
    [(code, sentence)] = found(page(own_rows=[bare, YOUNG]))
    assert code == "not-asked"
    assert sentence.startswith("“Is it right for me?” can’t ask about this row: it has no question.")
    assert found(PageText([], own_rows=[bare])) == []


@pytest.mark.parametrize(
    "other",
    [
        {"meaning": "SPEAK_FIRST"},
        {"meaning": "SPEAK_FIRST", "text": "may be with child", "question": "ARE YOU PREGNANT"},
    ],
)
def test_the_same_row_in_both_lists_is_stopped_here_and_across_pages(other: dict[str, str]) -> None:
    assert [code for code, _ in found(page(own_rows=[PREGNANT, row(PREGNANT, **other)]))] == ["two-answers"] * 2
    [(code, sentence)] = found(page(own_rows=[PREGNANT], other_rows=[row(PREGNANT, **other, page="Other area")]))
    assert (code, sentence) == (
        "two-answers",
        "Here it says “not now”, and “speak to us first” under “Who should wait” on “Other area”.",
    )


def asking(*own: SuitabilityRow, listed: tuple[SuitabilityRow, ...]) -> list[tuple[str, str]]:
    return found(
        PageText([], template="suitability", slots=QUESTION, questions=own, other_rows=listed, has_questions_page=True)
    )


def test_a_question_of_the_pages_own_that_no_list_says_is_stopped() -> None:
    own = row(PREGNANT, text="", question="Do you have epilepsy?")
    [(code, sentence)] = asking(own, listed=(PREGNANT, YOUNG))
    assert code == "not-listed"
    assert sentence == "The lists of who should wait do not say this, so the pages and the questions disagree."
    assert asking(own, listed=()) == []


def test_a_question_that_means_something_else_than_the_list_is_stopped() -> None:
    own = row(YOUNG, text="", meaning="NOT_NOW")
    listed = row(YOUNG, page="The treatment")
    assert asking(own, listed=(listed,)) == [
        (
            "not-listed",
            "Here a yes means “not now”. It is “speak to us first” under “Who should wait” on “The treatment”.",
        )
    ]
    assert asking(row(YOUNG, text=""), listed=(listed,)) == []


def test_questions_that_leave_out_what_a_list_says_are_stopped() -> None:
    [(code, sentence)] = asking(listed=(PREGNANT, row(YOUNG, question="")))
    assert code == "not-asked"
    assert sentence.startswith("This row has no question, so it is not asked here.")


def test_nothing_to_ask_is_stopped() -> None:
    assert [code for code, _ in asking(listed=())] == ["no-questions"]


@pytest.mark.parametrize(
    "says",
    [
        "If you are 18 to 21, ask us about this first.",
        "We do not treat people under 16.",
        "Over 65? Over 65, call us first.",
    ],
)
def test_an_age_that_the_page_tells_to_ask_first_stands_in_a_list(says: str) -> None:
    [(code, sentence)] = found(page(says, own_rows=[PREGNANT]))
    assert code == "age-not-listed"
    assert sentence.startswith("No list of who should wait holds “")


@pytest.mark.parametrize(
    "says",
    [
        "Numbing cream stays on for 30 to 60 minutes. Ask us first.",
        "It is for people aged 22 and over.",
        "If you are 18 to 21, ask us about this first.",
    ],
)
def test_other_numbers_and_ages_that_a_list_holds_are_fine(says: str) -> None:
    assert found(page(says, own_rows=[YOUNG])) == []
