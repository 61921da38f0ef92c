"""Splits text into the words of the index, the same way for pages and queries; pure functions."""

import re
import threading
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

MAX_WORD_LENGTH = 60
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")  # “spf50” is two words, as “SPF 50” is
STOP_WORD_LIST = """
    a about am an and any are as at away back be been but by can cannot can't could did do does doesn't don't
    else for from get gets getting go goes going got had has have having how i i'll i've if im in into is it
    it's its ive just let like may me might much must my need needs of ok on or our s see shall should so some
    someone t take taking than that the their them then there they this to too up us use used using very want
    wants was we were what when where which who why will with work works would you your
"""
STOP_WORDS = frozenset(STOP_WORD_LIST.split())
_stemmer = snowballstemmer.stemmer("english")
_stemmer_lock = threading.Lock()  # a stemmer works on the word inside itself: two threads would mix theirs


@dataclass(frozen=True)
class Word:
    """One word of a text: its stem, its spelling, and where it stands in the text."""

    stem: str
    spelled: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text in lower case without accents, of the same length, so that positions stay valid."""
    return "".join(_fold_sign(sign) for sign in text)


@lru_cache(maxsize=4096)
def _fold_sign(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign)[:1].lower()
    return bare if len(bare) == 1 else sign


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the word without its ending: “marks” and “mark” are one."""
    with _stemmer_lock:
        stemmed: str = _stemmer.stemWord(word.replace("’", "'").removesuffix("'s"))
    return stemmed[:MAX_WORD_LENGTH]


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return the word without the ending of a plural or a possessive.

    Synonyms are compared so: by their stems, “running” would be “marks run down”, and “expecting” “what to expect”.
    """
    bare = word.replace("’", "'").removesuffix("'s")
    if len(bare) <= 3 or bare.endswith(("ss", "us", "is")):
        return bare
    if bare.endswith("ies"):
        return f"{bare[:-3]}y"
    return bare.removesuffix("es") if bare.endswith(("shes", "ches", "xes", "sses")) else bare.removesuffix("s")


def tokenize(text: str) -> list[Word]:
    """Return every word of the text, in order."""
    folded = fold(text)
    return [Word(stem(match[0]), match[0][:MAX_WORD_LENGTH], *match.span()) for match in WORD.finditer(folded)]


@dataclass(frozen=True)
class Concept:
    """A stem, or `=name` where several words mean one thing, and the words that express it."""

    term: str
    words: tuple[Word, ...]

    @property
    def spelled(self) -> str:
        """The words as they stand in the text."""
        return " ".join(word.spelled for word in self.words)


def concepts(words: list[Word]) -> list[Concept]:
    """Return the concepts of these words, the longest phrases first; each word belongs to one."""
    found: list[Concept] = []
    at = 0
    while at < len(words):
        name, length = _concept_at(words, at)
        phrase = tuple(words[at : at + length])
        found.append(Concept(f"={name}" if name else phrase[0].stem, phrase))
        at += length
    return found


def _concept_at(words: list[Word], at: int) -> tuple[str, int]:
    phrases = _synonym_phrases()
    if singular(words[at].spelled) not in _first_words():
        return "", 1
    for length in range(min(_longest_phrase(), len(words) - at), 0, -1):
        name = phrases.get(tuple(singular(word.spelled) for word in words[at : at + length]))
        if name:
            return name, length
    return "", 1


@cache
def _synonym_phrases() -> dict[tuple[str, ...], str]:
    """Return the concept's name for each phrase, as a tuple of words in the singular."""
    lists = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    return {
        tuple(singular(word.spelled) for word in tokenize(phrase)): name
        for name, phrases in lists.items()
        for phrase in phrases
    }


@cache
def _longest_phrase() -> int:
    return max(len(phrase) for phrase in _synonym_phrases())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in _synonym_phrases())


@cache
def synonym_words() -> frozenset[str]:
    """Return the words of all phrases as they are spelled: they are known, whether or not a page uses them."""
    lists = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    return frozenset(word.spelled for phrases in lists.values() for phrase in phrases for word in tokenize(phrase))
