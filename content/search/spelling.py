"""Corrects spelling: holds the words of the index in memory until it changes, and finds the nearest one."""

import math
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.search.tokenizer import STOP_WORDS, Word, concepts, stem, synonym_words, tokenize

from . import index
from .models import Term

#: Letters that may be wrong, by the length of the word. Short words resemble too many others: “mole” is no “more”.
MAX_MISTAKES = ((3, 0), (7, 1), (math.inf, 2))
SHORT, VERY_SHORT = 6, 4  # letters: of such a word one may be missing, or only their order may be wrong
MIN_PART_LENGTH, MIN_PLAIN_PART_LENGTH = 3, 4  # letters of two words run together: if they are a phrase, and if not
MAX_QUERY_WORDS = 12  # further words are ignored


@dataclass(frozen=True)
class Vocabulary:
    """`counts`: passages per term; `spellings`: every known word as it is spelled; `stems`: every known stem."""

    stamp: str
    counts: dict[str, int]
    spellings: tuple[str, ...]
    stems: frozenset[str]


_cached_vocabulary: Vocabulary | None = None


def vocabulary() -> Vocabulary:
    """Return the words of the current index."""
    global _cached_vocabulary  # noqa: PLW0603  one for the process, replaced as a whole
    stamp = index.current_stamp()
    cached = _cached_vocabulary
    if cached is None or cached.stamp != stamp or not stamp:
        cached = _cached_vocabulary = _load(stamp)
    return cached


def _load(stamp: str) -> Vocabulary:
    # Only words of pages are suggested as corrections: a case's words may belong to a case that can't be shown.
    on_a_page = Min("pk", filter=Q(passage__page_id__isnull=False))
    rows = list(Term.objects.values_list("word").annotate(count=Count("*"), first=on_a_page))
    first = Term.objects.filter(pk__in=[first for word, _, first in rows if first and not word.startswith("=")])
    spellings = tuple(sorted({*first.values_list("spelled", flat=True), *synonym_words()}))
    stems = frozenset([*(word for word, _, _ in rows), *(stem(spelled) for spelled in synonym_words())])
    return Vocabulary(stamp, {word: count for word, count, _ in rows}, spellings, stems)


def corrected(typed: list[Word], known_words: Vocabulary) -> list[Word]:
    """Return the words with each unknown one replaced by the nearest known one, if one is near.

    Two words that together are nearly one (“aftr care”) become that one; one that is two (“coldsores”) becomes both.
    """
    words: list[Word] = []
    at = 0
    while at < min(len(typed), MAX_QUERY_WORDS):
        word = typed[at]
        after = typed[at + 1] if at + 1 < len(typed) else None
        at += 1
        if _is_known(word.spelled, known_words):
            words.append(word)
            continue
        nearest, mistakes = _nearest(word.spelled, known_words)
        joined, joined_mistakes = _nearest(word.spelled + after.spelled, known_words) if after else ("", 0)
        if after and joined and (not nearest or joined_mistakes < mistakes):
            words.append(Word(stem(joined), joined, word.start, after.end))
            at += 1
        elif nearest:
            words.append(Word(stem(nearest), nearest, word.start, word.end))
        else:
            words += _split(word, known_words) or [word]
    return words


def _is_known(spelled: str, known_words: Vocabulary) -> bool:
    return spelled in STOP_WORDS or stem(spelled) in known_words.stems


def _nearest(spelled: str, known_words: Vocabulary) -> tuple[str, int]:
    """Return the known word with the fewest mistakes, and how many, or "" and 0; of equals, the commonest."""
    most = next(mistakes for length, mistakes in MAX_MISTAKES if len(spelled) <= length)
    if not most or spelled.isdigit():
        return "", 0
    matches = process.extract(spelled, known_words.spellings, scorer=OSA.distance, score_cutoff=most, limit=10)
    near = [(word, int(mistakes)) for word, mistakes, _ in matches if len(word) > MIN_PART_LENGTH]
    likely = [(word, mistakes) for word, mistakes in near if _is_likely(spelled, word)]
    if not likely:
        return "", 0
    return min(likely, key=lambda match: (match[1], -known_words.counts.get(stem(match[0]), 0)))


def _is_likely(spelled: str, meant: str) -> bool:
    """Return whether a short word is rather mistyped than another word: “butter” is no “better”."""
    if len(spelled) > SHORT or sorted(spelled) == sorted(meant):
        return True
    return len(spelled) > VERY_SHORT and len(meant) > len(spelled) and meant[0] == spelled[0]


def _split(word: Word, known_words: Vocabulary) -> list[Word]:
    """Return the two known words that were run together, or [] if there are none.

    Of several splits, the one that is a phrase with a meaning of its own, then the one with the longest first word. If
    it is no phrase, both words have to mean something: “bandage” is no band, and “needlework” no work.
    """
    spelled = word.spelled
    splits = [
        [Word(stem(part), part, word.start, word.end) for part in (spelled[:at], spelled[at:])]
        for at in range(len(spelled) - MIN_PART_LENGTH, MIN_PART_LENGTH - 1, -1)
        if _is_known(spelled[:at], known_words) and _is_known(spelled[at:], known_words)
    ]
    meant = [parts for parts in splits if len(concepts(parts)) == 1 or all(map(_is_plain, parts))]
    return min(meant, key=lambda parts: len(concepts(parts)), default=[])


def _is_plain(part: Word) -> bool:
    return len(part.spelled) >= MIN_PLAIN_PART_LENGTH and part.spelled not in STOP_WORDS


def query_terms(words: list[Word]) -> list[str]:
    """Return the terms to search for, without stop words unless there are no others."""
    terms = list(dict.fromkeys(concept.term for concept in concepts(words)))
    return [term for term in terms if term not in STOP_WORDS] or terms


def retokenised(words: list[Word]) -> list[Word]:
    """Return the words tokenized again, so that joined words are one and split ones are two."""
    return tokenize(" ".join(word.spelled for word in words))
