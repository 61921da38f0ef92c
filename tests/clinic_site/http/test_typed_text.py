"""Text as people type and paste it."""

import unicodedata

import pytest

from clinic_site.http.typed_text import clean_line, clean_lines

SPACES = [chr(point) for point in range(0x3001) if unicodedata.category(chr(point)) == "Zs"]
IN_A_WORD = {
    "Persian": "می\u200cخواهم",
    "Sinhala": "ක්\u200dෂ",
    "Hindi": "क्\u200dष",
    "Arabic with a mark for the year": "\u0601 2027",
    "Hebrew with a direction mark": "א\u200f1",
    "Hebrew in an isolate": "see \u2067אבג\u2069 here",
    "Thai with word breaks": "ผิว\u200bแตก",
    "accents of their own": "cafe\u0301s",
    "Japanese with a variation selector": "葛\U000e0100",
    "a family": "👩\u200d👩\u200d👧",
    "a heart in colour": "❤\ufe0f",
    "the flag of Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "an emoji of a later Unicode": "\U0001facd",
    "private use": "\ue000",
}


@pytest.mark.parametrize("space", [*SPACES, "\t", "\v"], ids=ascii)
def test_every_space_is_a_space(space: str) -> None:
    assert clean_line(f"4{space}to{space}{space}6 weeks{space}") == "4 to 6 weeks"
    assert "4" in clean_lines(f"4{space}to 6").split()


@pytest.mark.parametrize("words", IN_A_WORD.values(), ids=IN_A_WORD)
def test_what_carries_meaning_is_kept(words: str) -> None:
    assert clean_lines(words) == clean_line(words) == words


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_line_ends_of_every_kind_end_a_line(end: str) -> None:
    assert clean_lines(f"One{end}two") == "One\ntwo"
    assert clean_line(f"One{end}two") == "One two"


def test_controls_and_overrides_are_removed() -> None:
    assert clean_lines("He\x00l\x1blo\u202e\ud800") == "Hello"


@pytest.mark.parametrize("nothing", ["", " \u3000\n", "\x00\x07", "\ufeff", "\u200b\u200d"], ids=ascii)
def test_text_of_which_nothing_is_seen_is_empty(nothing: str) -> None:
    assert clean_lines(nothing) == clean_line(nothing) == ""
