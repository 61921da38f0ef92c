"""The rules that turn yes-or-no answers into one of three outcomes, of which the most careful wins."""

from collections.abc import Callable

from content.blocks.right_for_me import BOOK
from content.blocks.rows import Row
from content.blocks.who_should_wait import NOT_NOW, SPEAK_FIRST

YES, NO = "yes", "no"
UNANSWERED = "Choose yes or no."


def parse_answers(questions: list[Row], getlist: Callable[[str], list[str]]) -> list[Row]:
    """Return the questions, each with its `answer`, or a `problem` if what was sent is not one yes or no."""
    return [{**row, **_answer(getlist(row["name"]))} for row in questions]


def _answer(sent: list[str]) -> Row:
    if sent in ([YES], [NO]):
        return {"answer": sent[0], "problem": ""}
    return {"answer": "", "problem": UNANSWERED}


def reasons(answered: list[Row]) -> list[Row]:
    """Return the questions answered with yes: first those that mean “not now”, then “speak to us first”."""
    yes_rows = [row for row in answered if row["answer"] == YES]
    return [row for meaning in (NOT_NOW, SPEAK_FIRST) for row in yes_rows if row["yes_means"] == meaning]


def outcome(answered: list[Row]) -> str:
    """Return NOT_NOW, SPEAK_FIRST or, without a single yes, BOOK; every question must have been answered."""
    yes_rows = reasons(answered)
    return yes_rows[0]["yes_means"] if yes_rows else BOOK
