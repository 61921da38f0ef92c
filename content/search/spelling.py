"""Corrects spelling: holds the words of the index in memory until it changes, and finds the nearest one."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from rapidfuzz import fuzz, process

from content.search.tokenizer import STOP_WORDS, Word, concepts, stem, synonym_words, tokenize

from . import index
from .models import Term

MIN_SIMILARITY = 80  # of 100, rapidfuzz's ratio
JOIN_MARGIN = 4  # points by which two words joined must be more similar than the first alone
MIN_LENGTH = 4  # shorter words resemble too many others
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

    Two words that together are nearly one (“aftr care”) become that one.
    """
    words: list[Word] = []
    at = 0
    while at < min(len(typed), MAX_QUERY_WORDS):
        word = typed[at]
        if word.stem in known_words.stems or word.spelled in STOP_WORDS:
            words.append(word)
            at += 1
            continue
        after = typed[at + 1] if at + 1 < len(typed) else None
        alone, similarity = _nearest(word.spelled, known_words)
        joined, joined_similarity = _nearest(word.spelled + after.spelled, known_words) if after else ("", 0)
        if joined and after and joined_similarity > similarity + JOIN_MARGIN:
            words.append(Word(stem(joined), joined, word.start, after.end))
            at += 2
            continue
        words.append(Word(stem(alone), alone, word.start, word.end) if alone else word)
        at += 1
    return words


def _nearest(spelled: str, known_words: Vocabulary) -> tuple[str, float]:
    """Return the most similar known word and its similarity, or "" and 0; of equals, the one in more passages."""
    if len(spelled) < MIN_LENGTH:
        return "", 0
    matches = process.extract(spelled, known_words.spellings, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=5)
    if not matches:
        return "", 0
    best = max(matches, key=lambda match: (round(match[1] / 4), known_words.counts.get(stem(match[0]), 0)))
    return str(best[0]), float(best[1])


def query_terms(words: list[Word]) -> list[str]:
    """Return the terms to search for, without stop words unless there are no others."""
    terms = list(dict.fromkeys(concept.term for concept in concepts(words)))
    return [term for term in terms if term not in STOP_WORDS] or terms


def retokenised(words: list[Word]) -> list[Word]:
    """Return the words tokenized again, so that two joined words are one."""
    return tokenize(" ".join(word.spelled for word in words))
