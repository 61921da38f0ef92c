"""From text to the words of the index, the same for what is written and for what is asked; pure."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

MAX_WORD_LENGTH = 60
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
STOP_WORD_LIST = """
    a about am an and any are as at away back be been but by can cannot can't could did do does doesn't don't
    else for from get gets getting go goes going got had has have having how i i'll i've if im in into is it
    it's its ive just let like may me might much must my need needs of ok on or our s see shall should so some
    someone t take taking than that the their them then there they this to too up us use used using very want
    wants was we were what when where which who why will with work works would you your
"""
STOP_WORDS = frozenset(STOP_WORD_LIST.split())  # they say nothing by themselves
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """One word of a text: its stem, and where it stands in the text."""

    stem: str
    spelled: str
    start: int
    end: int


def fold(text: str) -> str:
    """Small letters without accents; as long as the text, so that places in one are places in the other."""
    return "".join(_fold_sign(sign) for sign in text)


@lru_cache(maxsize=4096)
def _fold_sign(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign)[:1].lower()
    return bare if len(bare) == 1 else sign


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its ending: “marks” and “mark” are one."""
    found: str = _stemmer.stemWord(word.replace("’", "'").removesuffix("'s"))
    return found[:MAX_WORD_LENGTH]


def tokenize(text: str) -> list[Word]:
    """Every word of the text, in order."""
    plain = fold(text)
    return [Word(stem(one[0]), one[0][:MAX_WORD_LENGTH], *one.span()) for one in WORD.finditer(plain)]


@dataclass(frozen=True)
class Concept:
    """What a text says: a stem, or `=name` where several words say one thing; and which words say it."""

    term: str
    words: tuple[Word, ...]

    @property
    def spelled(self) -> str:
        """As it stands in the text."""
        return " ".join(word.spelled for word in self.words)


def concepts(found: list[Word]) -> list[Concept]:
    """What these words say, each thing once a place: the longest words that are one thing come first."""
    told: list[Concept] = []
    at = 0
    while at < len(found):
        name, length = _concept_at(found, at)
        taken = tuple(found[at : at + length])
        told.append(Concept(f"={name}" if name else taken[0].stem, taken))
        at += length
    return told


def _concept_at(found: list[Word], at: int) -> tuple[str, int]:
    things = _synonym_phrases()
    if found[at].stem not in _first_stems():
        return "", 1
    for length in range(min(MAX_PHRASE_WORDS, len(found) - at), 0, -1):
        name = things.get(tuple(word.stem for word in found[at : at + length]))
        if name:
            return name, length
    return "", 1


MAX_PHRASE_WORDS = 4


@cache
def _synonym_phrases() -> dict[tuple[str, ...], str]:
    """Each phrase that stands for something, as its stems."""
    lists = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    return {
        tuple(word.stem for word in tokenize(phrase)): name for name, phrases in lists.items() for phrase in phrases
    }


@cache
def _first_stems() -> frozenset[str]:
    return frozenset(stems[0] for stems in _synonym_phrases())


@cache
def synonym_words() -> frozenset[str]:
    """The words of all phrases as they are spelled: they are known, whether or not a page uses them."""
    lists = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    return frozenset(word.spelled for phrases in lists.values() for phrase in phrases for word in tokenize(phrase))
