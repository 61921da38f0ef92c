"""Whatever is typed, the checks answer, and soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.wording.checks import CHECKS, check
from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage
from tests.sizes import tries

FACTS = {"weeks-between-sessions": Fact(4, 6, "4 to 6 weeks"), "treatment-minutes": Fact(15, 60, "15 to 60 minutes")}
SIZE = 100_000
SECONDS = 5  # on a busy machine; each takes well below one on a quiet one
PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href=\"", "\">", "<", ">", "&#108;", "&", "pain", "less ", "not ", "safe ", "4 to 6 weeks ", "[[", "]]", "<h4>",
     "<ul><li>", "\u200b", "\u0301", "–", ". ", "?", "\n", "0", "one ", "http://[", "redness ", "results vary"]
)  # fmt: skip


def page(text: str, html: str = "", kind: Kind = Kind.TEXT) -> PageText:
    passage = Passage("Text", object(), kind, "text", text, html)
    return PageText([passage], facts=FACTS, template="topic", hosts=frozenset({"clinic.example"}))


@settings(max_examples=tries(75, 300), deadline=None)
@given(st.text(max_size=400), st.sampled_from(Kind))
def test_any_text_is_answered(text: str, kind: Kind) -> None:
    assert all(isinstance(one, Finding) for one in check(page(text, kind=kind)))


@settings(max_examples=tries(75, 300), deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_html_is_answered(html: str) -> None:
    assert all(isinstance(one, Finding) for one in check(page("", html)))


LONG = {
    "one letter": "a", "spaces": " ", "dots": ".", "dots and spaces": ". ", "open tags": "<", "half a tag": "<a", "half a link": '<a href="',
    "words": "skin ", "claims": "safe ", "denied": "not safe ", "quick": "quickly, ", "digits": "4", "numbers": "4 ", "weeks": "4 to 6 weeks ",
    "sessions": "session ", "every": "every 3 weeks session ", "entities": "&#108;", "ampersands": "&", "brackets": "[[", "tokens": "[[a",
    "items": "<li>x", "lists": "<ul><li>x", "links": '<a href="/x/">here</a>', "quotes": "'", "hyphens": "-", "jargon": "erythema ",
    "results": "results ", "fda": "fda ", "accents": "\u0301", "marks": "a\u0301", "commas": "no, or ", "numbing": "numbing ", "capitals": "A. B",
    "questions": "is it? ", "headings": "<h4>x</h4>", "unseen": "\u200b", "from": "from ", "some": "some ",
}  # fmt: skip


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_hundred_kilobytes_of_anything_are_answered_soon(piece: str) -> None:
    long = piece * (SIZE // len(piece))
    began = time.process_time()
    check(page("", long) if set("<&") & set(piece) else page(long))
    assert time.process_time() - began < SECONDS


def test_blocking_come_first() -> None:
    long = "skin " * 25
    levels = [one.level for one in check(page(f"{long}. It is safe."))]
    assert Level.ADVISORY in levels
    assert levels == sorted(levels, key=lambda level: level is not Level.BLOCKING)


def test_every_check_has_a_name_that_staff_can_read() -> None:
    assert all(name == name.lower() and "_" not in name for name in CHECKS)
