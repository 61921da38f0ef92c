"""Check that a page and “Is it right for me?” agree on who should wait, and on who should ask first."""

import re
from collections.abc import Iterator

from content.wording.findings import Finding, Kind, Level, PageText, SuitabilityRow

from .text import fold, parse

MEANT = {"NOT_NOW": "not now", "SPEAK_FIRST": "speak to us first"}
LISTS = {"not_now", "speak_first"}
ASKS_FIRST = re.compile(
    r"\b(?:(?:ask|call|tell|speak to|talk to|see) (?:us|your doctor|a doctor)\b.*\bfirst\b|do(?: not|n[’']t) treat\b)",
    re.I,
)
AGE = re.compile(r"\b(?:under|over|aged?) \d\d\b|\b\d\d to \d\d\b(?! (?:minutes|hours|days|weeks|months))", re.I)


def check(page: PageText) -> list[Finding]:
    """Return where lists, questions and text disagree: rows not asked about, contradictions, and what no list holds."""
    return [
        *_rows_without_question(page),
        *_contradictions(page),
        *_unlisted_questions(page),
        *_unasked_rows(page),
        *_unlisted_ages(page),
    ]


def _rows_without_question(page: PageText) -> Iterator[Finding]:
    """Rows of this page that the questions can't ask."""
    for row in page.own_rows if page.has_questions_page else ():
        if not row.question:
            yield _blocking(
                "not-asked",
                row,
                "“Is it right for me?” can’t ask about this row: it has no question. Whoever it is about would be told "
                "there that nothing speaks against booking.",
                "Open the block. Write the row as a question too, and what to tell a reader who says yes.",
            )


def _contradictions(page: PageText) -> Iterator[Finding]:
    """Rows that another row, here or on another live page, puts in the other list."""
    others = [*page.own_rows, *page.other_rows]
    for row in page.own_rows:
        for other in others:
            if other.meaning != row.meaning and _is_same(row, other):
                yield _blocking(
                    "two-answers",
                    row,
                    f"Here it says “{MEANT[row.meaning]}”, and “{MEANT[other.meaning]}” {_where(other)}.",
                    "Decide which of the two is right, and let both lists say it.",
                )
                break


def _unlisted_questions(page: PageText) -> Iterator[Finding]:
    """Questions of the page's own that are in no list, or mean something else there."""
    if not page.other_rows:
        return
    for question in page.questions:
        same = next((row for row in page.other_rows if _is_same(question, row)), None)
        if same is None:
            problem = "The lists of who should wait do not say this, so the pages and the questions disagree."
        elif same.meaning != question.meaning:
            problem = (
                f"Here a yes means “{MEANT.get(question.meaning, question.meaning)}”. "
                f"It is “{MEANT[same.meaning]}” {_where(same)}."
            )
        else:
            continue
        suggestion = "Put it into the list under “Who should wait” with its question, and take it out here."
        yield _blocking("not-listed", question, problem, suggestion)


def _unasked_rows(page: PageText) -> Iterator[Finding]:
    """Rows of the live lists that the questions do not ask about."""
    if "right_for_me" not in page.slots.get("suitability_questions", ()):
        return
    for row in page.other_rows:
        if not row.question:
            yield Finding(
                Level.BLOCKING,
                "not-asked",
                None,
                f"“Who should wait” on “{row.page}”",
                "This row has no question, so it is not asked here. Whoever it is about would be told that nothing "
                "speaks against booking.",
                f"Open “{row.page}” and write the row as a question too. Then look here again.",
                row.text,
                "not-asked",
            )
    if not page.questions and not page.other_rows:
        yield Finding(
            Level.BLOCKING,
            "no-questions",
            None,
            "Yes-or-no questions",
            "There is nothing to ask yet: no live page says who should wait.",
            "Write the lists under “Who should wait” on the treatment’s page first, with their questions.",
        )


def _unlisted_ages(page: PageText) -> Iterator[Finding]:
    """Ages in the text that should ask first or are not treated, and that no list holds."""
    lists = [*page.own_rows, *page.other_rows]
    if not lists or not page.has_questions_page:
        return
    listed_ages = {age.casefold() for row in lists for age in AGE.findall(f"{row.text} {row.question}")}
    for passage in page.passages:
        if passage.kind not in {Kind.TEXT, Kind.ROW} or passage.field in LISTS:
            continue
        for sentence in (text for paragraph in parse(passage).paragraphs for text in paragraph.sentences):
            missing = [age for age in AGE.findall(sentence) if age.casefold() not in listed_ages]
            if missing and ASKS_FIRST.search(sentence):
                yield Finding(
                    Level.BLOCKING,
                    "age-not-listed",
                    passage.block,
                    passage.place,
                    f"No list of who should wait holds “{missing[0]}”, so “Is it right for me?” does not ask about it.",
                    "Put it into the list under “Who should wait” too, with its question.",
                    sentence,
                    "age-not-listed",
                )


def _is_same(row: SuitabilityRow, other: SuitabilityRow) -> bool:
    return bool(({_plain(row.text), _plain(row.question)} & {_plain(other.text), _plain(other.question)}) - {""})


def _plain(text: str) -> str:
    return fold(text).strip(" .?")


def _where(row: SuitabilityRow) -> str:
    return f"under “Who should wait” on “{row.page}”" if row.page else "in another row of this page"


def _blocking(code: str, row: SuitabilityRow, problem: str, suggestion: str) -> Finding:
    return Finding(Level.BLOCKING, code, row.block, row.place, problem, suggestion, row.text or row.question, code)
