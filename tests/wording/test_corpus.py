"""How well the checks tell claims and wrong numbers from honest sentences, on sentences written without a look at them.

Each line of `corpus/*.tsv` holds a sentence, a tab, and its kind or the fact that it contradicts; " | " parts the cells
of a row. `seen` and `later` are two halves of one set by the same hand, `own` was written while the checks were made. New
checks are best tried on new sentences first. Run with `-s` to read the scores.
"""

from pathlib import Path

import pytest

from content.wording import claims, numbers
from content.wording.findings import Finding, Kind, Level, PageText, Passage

from .test_numbers import FACTS

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.tsv"))
LEAST_CAUGHT, MOST_STOPPED = 0.85, 0.03
#: Says how redness looks on dark skin, which a page has to do once: so that a sentence is judged by its own words.
ON_DARK_SKIN = "Skin may look red, or darker on brown and black skin."


def sentences(path: Path) -> list[str]:
    return [line.partition("\t")[0] for line in path.read_text().splitlines() if line.strip()]


def stops(sentence: str) -> list[Finding]:
    """What keeps a page with this sentence from going live."""
    block = object()
    kind = Kind.ROW if " | " in sentence else Kind.TEXT
    text, html = ("", sentence) if "<" in sentence else (sentence.replace(" | ", "\n"), "")
    passages = [
        Passage("Text", block, kind, "text", text, html),
        Passage("Colour", block, Kind.TEXT, "colour", ON_DARK_SKIN),
    ]
    page = PageText(passages, FACTS)
    return [finding for finding in (*claims.check(page), *numbers.check(page)) if finding.level is Level.BLOCKING]


def test_corpus_has_its_three_parts() -> None:
    assert {path.stem.partition("-")[0] for path in CORPUS} == {"claims", "numbers", "honest"}
    assert all(len(sentences(path)) >= 100 for path in CORPUS)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_claims_and_wrong_numbers_are_caught_and_honest_sentences_stand(path: Path) -> None:
    stopped = {sentence: stops(sentence) for sentence in sentences(path)}
    part = path.stem.partition("-")[0]
    if part == "numbers":
        caught = [text for text, found in stopped.items() if any(each.code == numbers.CODE for each in found)]
    else:
        caught = [text for text, found in stopped.items() if found]
    share = len(caught) / len(stopped)
    print(f"{path.stem}: {len(caught)} of {len(stopped)} stopped ({share:.1%})")  # noqa: T201  the score
    if part == "honest":
        assert share <= MOST_STOPPED, caught
    else:
        assert share >= LEAST_CAUGHT, [text for text in stopped if text not in caught]
