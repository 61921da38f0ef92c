"""Whether the page and “Is it right for me?” say the same of who should wait, and of who should ask first."""

import re
from collections.abc import Iterator

from .passages import Finding, Kind, Level, PageText, Waits, finding_in
from .text import fold, parse

MEANT = {"NOT_NOW": "not now", "SPEAK_FIRST": "speak to us first"}
LISTS = {"not_now", "speak_first"}
ASKS_FIRST = re.compile(
    r"\b(?:(?:ask|call|tell|speak to|talk to|see) (?:us|your doctor|a doctor)\b.*\bfirst\b|do(?: not|n[’']t) treat\b)",
    re.I,
)
AGE = re.compile(r"\b(?:under|over|aged?) \d\d\b|\b\d\d to \d\d\b(?! (?:minutes|hours|days|weeks|months))", re.I)


def check(page: PageText) -> list[Finding]:
    """What the lists leave unasked, say twice in two ways, or do not hold though the page says it."""
    return [
        *_without_a_question(page),
        *_said_two_ways(page),
        *_not_in_the_list(page),
        *_not_asked(page),
        *_ages_outside_the_lists(page),
    ]


def _without_a_question(page: PageText) -> Iterator[Finding]:
    """Rows of this page that the questions can't ask."""
    for row in page.waits if page.is_asked else ():
        if not row.question:
            yield _stop(
                "not-asked",
                row,
                "“Is it right for me?” can’t ask about this row: it has no question. Whoever it is about would be told "
                "there that nothing speaks against booking.",
                "Open the block. Write the row as a question too, and what to tell a reader who says yes.",
            )


def _said_two_ways(page: PageText) -> Iterator[Finding]:
    """Rows that another row, here or on another live page, puts in the other list."""
    others = [*page.waits, *page.listed]
    for row in page.waits:
        for other in others:
            if other.meaning != row.meaning and _same(row, other):
                yield _stop(
                    "two-answers",
                    row,
                    f"Here it says “{MEANT[row.meaning]}”, and “{MEANT[other.meaning]}” {_where(other)}.",
                    "Decide which of the two is right, and let both lists say it.",
                )
                break


def _not_in_the_list(page: PageText) -> Iterator[Finding]:
    """Questions of the page's own that no list says, or of which a list says something else."""
    if not page.listed:
        return
    for question in page.asked:
        same = next((row for row in page.listed if _same(question, row)), None)
        if same is None:
            sentence = "The lists of who should wait do not say this, so the pages and the questions disagree."
        elif same.meaning != question.meaning:
            sentence = (
                f"Here a yes means “{MEANT.get(question.meaning, question.meaning)}”. "
                f"It is “{MEANT[same.meaning]}” {_where(same)}."
            )
        else:
            continue
        offer = "Put it into the list under “Who should wait” with its question, and take it out here."
        yield _stop("not-listed", question, sentence, offer)


def _not_asked(page: PageText) -> Iterator[Finding]:
    """What the live lists say and the questions do not ask."""
    if "right_for_me" not in page.slots.get("suitability_questions", ()):
        return
    for row in page.listed:
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
            )
    if not page.asked and not page.listed:
        yield Finding(
            Level.BLOCKING,
            "no-questions",
            None,
            "Yes-or-no questions",
            "There is nothing to ask yet: no live page says who should wait.",
            "Write the lists under “Who should wait” on the treatment’s page first, with their questions.",
        )


def _ages_outside_the_lists(page: PageText) -> Iterator[Finding]:
    """Ages that the page tells to ask first, or that are not treated, and that no list holds."""
    lists = [*page.waits, *page.listed]
    if not lists or not page.is_asked:
        return
    held = {age.casefold() for row in lists for age in AGE.findall(f"{row.text} {row.question}")}
    for passage in page.passages:
        if passage.kind not in {Kind.TEXT, Kind.ROW} or passage.field in LISTS:
            continue
        for sentence in (one for paragraph in parse(passage).paragraphs for one in paragraph.sentences):
            missing = [age for age in AGE.findall(sentence) if age.casefold() not in held]
            if missing and ASKS_FIRST.search(sentence):
                yield finding_in(
                    Level.BLOCKING,
                    "age-not-listed",
                    passage,
                    f"No list of who should wait holds “{missing[0]}”, so “Is it right for me?” does not ask about it.",
                    "Put it into the list under “Who should wait” too, with its question.",
                    sentence,
                )


def _same(one: Waits, other: Waits) -> bool:
    return bool(({_plain(one.text), _plain(one.question)} & {_plain(other.text), _plain(other.question)}) - {""})


def _plain(text: str) -> str:
    return fold(text).strip(" .?")


def _where(row: Waits) -> str:
    return f"under “Who should wait” on “{row.page}”" if row.page else "in another row of this page"


def _stop(code: str, row: Waits, sentence: str, offer: str) -> Finding:
    return Finding(Level.BLOCKING, code, row.block, row.place, sentence, offer, row.text or row.question)
