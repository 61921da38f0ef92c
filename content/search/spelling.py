"""Forgives misspelling: keeps the words of the index in memory until it changes, and finds those nearest."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from rapidfuzz import fuzz, process

from content.search.tokenizer import STOP_WORDS, Word, concepts, stem, synonym_words, tokenize

from . import index
from .models import Term

MIN_SIMILARITY = 80  # of 100, as rapidfuzz counts likeness
JOIN_MARGIN = 4  # by so much two words have to be likelier as one
MIN_LENGTH = 4  # a shorter word is like too many others
MAX_QUERY_WORDS = 12  # words of a query that are looked at


@dataclass(frozen=True)
class Vocabulary:
    """`counts`: in how many passages each term stands; `spellings`: every known word, by how it is spelled."""

    stamp: str
    counts: dict[str, int]
    spellings: tuple[str, ...]
    stems: frozenset[str]


_cached_vocabulary: Vocabulary | None = None


def vocabulary() -> Vocabulary:
    """The words of the index as it is now."""
    global _cached_vocabulary  # noqa: PLW0603  one for the process, replaced as a whole
    now = index.current_stamp()
    kept = _cached_vocabulary
    if kept is None or kept.stamp != now or not now:
        kept = _cached_vocabulary = _load(now)
    return kept


def _load(stamp: str) -> Vocabulary:
    # A spelling is said to whoever comes near it, so it is one of a page: the words of a case are the case's alone.
    on_a_page = Min("pk", filter=Q(passage__page_id__isnull=False))
    rows = list(Term.objects.values_list("word").annotate(count=Count("*"), first=on_a_page))
    first = Term.objects.filter(pk__in=[first for word, _, first in rows if first and not word.startswith("=")])
    spellings = tuple(sorted({*first.values_list("spelled", flat=True), *synonym_words()}))
    known = frozenset([*(word for word, _, _ in rows), *(stem(spelled) for spelled in synonym_words())])
    return Vocabulary(stamp, {word: count for word, count, _ in rows}, spellings, known)


def corrected(typed: list[Word], known: Vocabulary) -> list[Word]:
    """The words as they were meant: each that nobody knows is replaced by the nearest, where one is near.

    Two words that together are nearly one (“aftr care”) become that one.
    """
    meant: list[Word] = []
    at = 0
    while at < min(len(typed), MAX_QUERY_WORDS):
        word = typed[at]
        if word.stem in known.stems or word.spelled in STOP_WORDS:
            meant.append(word)
            at += 1
            continue
        after = typed[at + 1] if at + 1 < len(typed) else None
        alone, likeness = _nearest(word.spelled, known)
        joined, likeness_joined = _nearest(word.spelled + after.spelled, known) if after else ("", 0)
        if joined and after and likeness_joined > likeness + JOIN_MARGIN:
            meant.append(Word(stem(joined), joined, word.start, after.end))
            at += 2
            continue
        meant.append(Word(stem(alone), alone, word.start, word.end) if alone else word)
        at += 1
    return meant


def _nearest(spelled: str, known: Vocabulary) -> tuple[str, float]:
    """The known word most like it, and how like, or "" and 0; of two as like, the one that more passages hold."""
    if len(spelled) < MIN_LENGTH:
        return "", 0
    near = process.extract(spelled, known.spellings, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=5)
    if not near:
        return "", 0
    best = max(near, key=lambda one: (round(one[1] / 4), known.counts.get(stem(one[0]), 0)))
    return str(best[0]), float(best[1])


def query_terms(meant: list[Word]) -> list[str]:
    """What is asked for: words that say nothing left out, unless there are no others."""
    found = list(dict.fromkeys(one.term for one in concepts(meant)))
    return [term for term in found if term not in STOP_WORDS] or found


def retokenised(meant: list[Word]) -> list[Word]:
    """The words read once more, so that a word that was made of two is one."""
    return tokenize(" ".join(word.spelled for word in meant))
