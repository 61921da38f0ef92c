"""The words in place of a picture let a reader see it who can't."""

import pytest

from content.wording import pictures
from content.wording.findings import Kind, Level, PageText, Passage

GOOD = "Abdomen, front view, medium brown skin. About 20 vertical silver lines below the navel."


def found(*texts: str) -> list[tuple[Level, str]]:
    passages = [Passage("Picture", None, Kind.ALT, "alt", text) for text in texts]
    return [(one.level, one.code) for one in pictures.check(PageText(passages))]


def test_good_words_are_fine() -> None:
    assert found(GOOD) == []
    assert found(GOOD, "Six skin tones side by side, thin lines across all.") == []
    assert found("A jar of cream beside a folded towel.") == []


@pytest.mark.parametrize("text", ["", "   ", "–", "\u200b"])
def test_missing_words_stop_the_page(text: str) -> None:
    assert found(text) == [(Level.BLOCKING, "alt-missing")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A jar of gel", "alt-short"),
        ("Image of a jar of cream.", "alt-picture-of"),
        ("A photograph of a jar of cream.", "alt-picture-of"),
        ("Amazing result, medium brown skin.", "alt-boast"),
        ("Belly with thin pale lines below the navel.", "alt-no-tone"),
    ],
)
def test_weak_words_are_advised_on(text: str, code: str) -> None:
    assert (Level.ADVISORY, code) in found(text)


def test_same_words_for_two_pictures_are_told_of_once() -> None:
    assert found(GOOD, GOOD.upper()) == [(Level.ADVISORY, "alt-twice")]
