"""From yes and no to one of three outcomes, the most careful first; pure rules over the rows of the block."""

from collections.abc import Callable

from content.blocks.right_for_me import BOOK
from content.blocks.rows import Row
from content.blocks.who_should_wait import NOT_NOW, SPEAK_FIRST

YES, NO = "yes", "no"
UNANSWERED = "Choose yes or no."


def parse_answers(questions: list[Row], getlist: Callable[[str], list[str]]) -> list[Row]:
    """The questions with what was `sent` for each: its `answer`, or a `problem` where that is not one yes or no."""
    return [{**row, **_answer(getlist(row["name"]))} for row in questions]


def _answer(sent: list[str]) -> Row:
    if sent in ([YES], [NO]):
        return {"answer": sent[0], "problem": ""}
    return {"answer": "", "problem": UNANSWERED}


def reasons(answered: list[Row]) -> list[Row]:
    """What was answered with yes: first what says not now, then what says speak to us first."""
    said_yes = [row for row in answered if row["answer"] == YES]
    return [row for meaning in (NOT_NOW, SPEAK_FIRST) for row in said_yes if row["yes_means"] == meaning]


def outcome(answered: list[Row]) -> str:
    """NOT_NOW, SPEAK_FIRST or, without a single yes, BOOK; every question must have been answered."""
    found = reasons(answered)
    return found[0]["yes_means"] if found else BOOK
