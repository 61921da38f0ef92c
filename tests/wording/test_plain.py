"""What is hard to read is advised on with plainer words, and nothing of it stops a page."""

import pytest

from content.wording import jargon, plain_language
from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage
from content.wording.text import sentences, words


def found(text: str = "", html: str = "", kind: Kind = Kind.TEXT) -> list[Finding]:
    return plain_language.check(PageText([Passage("Text", None, kind, "text", text, html)]))


def codes(text: str = "", html: str = "", kind: Kind = Kind.TEXT) -> list[str]:
    return [one.code for one in found(text, html, kind)]


def sentence_of(count: int) -> str:
    return " ".join(["skin"] * count) + "."


@pytest.mark.parametrize(
    ("count", "said"), [(20, []), (21, ["long-sentence"]), (30, ["long-sentence"]), (31, ["very-long-sentence"])]
)
def test_long_sentences_are_counted(count: int, said: list[str]) -> None:
    assert codes(sentence_of(count)) == said


def test_fact_counts_as_the_words_it_is_read_as() -> None:
    text = sentence_of(17).replace("skin", "[[weeks]]", 1)
    page = PageText([Passage("Text", None, Kind.TEXT, "text", text)], facts={"weeks": Fact(4, 6, "about 4 to 6 weeks")})
    assert [one.code for one in plain_language.check(page)] == ["long-sentence"]


@pytest.mark.parametrize(("rows", "said"), [(7, []), (8, ["long-list"])])
def test_long_lists_are_counted_in_text_and_in_rows(rows: int, said: list[str]) -> None:
    assert codes(html=f"<ul>{'<li>wash</li>' * rows}</ul>") == said
    page = PageText([Passage(f"row {n}", "block", Kind.ROW, "do_rows", "wash") for n in range(rows)])
    assert [one.code for one in plain_language.check(page)] == said


def test_two_short_lists_of_a_block_are_not_one_long_one() -> None:
    page = PageText([Passage("row", "block", Kind.ROW, field, "wash") for field in ("do", "dont") for _ in range(6)])
    assert plain_language.check(page) == []


@pytest.mark.parametrize(("count", "said"), [(5, []), (6, ["long-paragraph"])])
def test_long_paragraphs_are_counted(count: int, said: list[str]) -> None:
    assert codes(" ".join(["Keep it dry."] * count)) == said
    assert codes("\n".join(["Keep it dry."] * count)) == []


@pytest.mark.parametrize(
    ("text", "plainer"),
    [
        ("You may see erythema.", "red or darker skin"),
        ("Use a topical cream.", "on the skin"),
        ("Wash prior to your visit.", "before"),
        ("It is contraindicated.", "not safe for you"),
        ("Biopsies were taken.", "a small sample of skin"),
        ("We utilised it.", "use"),
        ("Contraindications", "reason not to have it"),
    ],
)
def test_plainer_word_is_offered(text: str, plainer: str) -> None:
    [one] = found(text)
    assert (one.code, one.level) == ("jargon", Level.ADVISORY)
    assert plainer in one.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "It makes collagen. Collagen is the fibre that makes skin strong.",
        "Keloids (scars that grow past the wound) may form.",
        "Small firm lumps called granulomas may form.",
        "Retinoids, a form of vitamin A, may help.",
    ],
)
def test_medical_word_stands_once_it_is_explained(text: str) -> None:
    assert codes(text) == []


def test_word_is_told_of_once_a_passage() -> None:
    assert codes("Erythema fades. Erythema may itch.") == ["jargon"]


def test_every_plainer_word_is_found_by_its_own_word() -> None:
    assert len(jargon.MEDICAL) + len(jargon.OFFICE) >= 80
    for word in jargon.MEDICAL | jargon.OFFICE:
        assert "jargon" in codes(f"We say {word} here."), word


def test_everyday_words_are_left_alone() -> None:
    assert codes("You informed us. The information is here. We ask you to request it. Thus far.") != []
    assert codes("Here is information. It will cease-fire? Nobody requests this. A nurse can show it.") == ["jargon"]
    assert codes("Here is some information on the clinic. Ask at the desk.") == []


@pytest.mark.parametrize("kind", [Kind.SOURCE, Kind.ALT, Kind.ADDRESS])
def test_sources_are_quoted_as_they_are(kind: Kind) -> None:
    assert codes(sentence_of(40), kind=kind) == []


def test_reading_age_tells_simple_from_hard() -> None:
    simple = "Wash your hands. Keep the skin dry. Wear soft clothes. Call us if it hurts. " * 4
    hard = (
        "Percutaneous intervention necessitates considerable postoperative precautionary observation procedures. " * 12
    )

    def age(text: str) -> int | None:
        return plain_language.reading_age(PageText([Passage("Text", None, Kind.TEXT, "text", text)]))

    assert age(simple) is not None
    assert age(simple) < 9
    assert age(hard) > 16
    assert age("Too short.") is None
    assert "reading-age" in codes(hard)
    assert "reading-age" not in codes(simple)


@pytest.mark.parametrize(
    ("word", "count"),
    [("skin", 1), ("needle", 2), ("treated", 2), ("makes", 1), ("microneedling", 5), ("eye", 1), ("settled", 2)],
)
def test_syllables_are_counted_nearly_right(word: str, count: int) -> None:
    assert abs(plain_language.syllables(word) - count) <= (1 if count > 3 else 0)


def test_sentences_end_where_a_reader_ends_them() -> None:
    assert sentences("Dr A. Example is here. See e.g. this. It cost 5.23 points! Why? \"Yes.\" No") == [
        "Dr A. Example is here.", "See e.g. this.", "It cost 5.23 points!", "Why?", '"Yes."', "No",
    ]  # fmt: skip
    assert words("It isn’t [[weeks-between-sessions]], 5.23 or so.") == [
        "It",
        "isn’t",
        "[[weeks-between-sessions]]",
        "5.23",
        "or",
        "so",
    ]
