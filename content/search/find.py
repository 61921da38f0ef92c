"""Finds passages for a reader's query, and checks of each whether it may be shown now."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from content.gallery.models import Case
from content.pages import PublishedPage
from content.search.excerpt import Excerpt, make_excerpt
from content.search.tokenizer import STOP_WORDS, concepts, tokenize

from . import spelling
from .models import Passage, Term
from .spelling import Vocabulary

MAX_CANDIDATES = 400  # passages per word, those in which it weighs most
MAX_RESULTS = 100
MAX_OTHER_PLACES = 3  # further matches on the same page that a result links to


@dataclass(frozen=True)
class Place:
    """A further match on the page of a result."""

    heading: str
    url: str


@dataclass(frozen=True)
class Result:
    """A page or a case: its best passage, the query's terms and exact words, and further matches on the page."""

    title: str
    heading: str
    url: str
    text: str
    query_terms: tuple[list[str], list[str]]
    other_places: tuple[Place, ...] = ()

    @cached_property
    def excerpt(self) -> Excerpt:
        """The excerpt, computed on first use: of a hundred results ten are shown at a time."""
        return make_excerpt(self.text, *self.query_terms)


@dataclass(frozen=True)
class SearchResults:
    """All results, best first; `corrected_query` is what was searched for if the spelling was corrected."""

    results: list[Result]
    corrected_query: str = ""


def find(query: str, pages: dict[int, PublishedPage], on: date) -> SearchResults:
    """Return what matches on the live `pages`, and among the cases showable on the clinic's local date `on`."""
    known_words = spelling.vocabulary()
    typed = tokenize(query)
    meant = spelling.retokenised(spelling.corrected(typed, known_words))
    terms = spelling.query_terms(meant)
    if not terms:
        return SearchResults([])
    exact = [
        concept.words[0].stem
        for concept in concepts(meant)
        if len(concept.words) == 1 and concept.words[0].stem not in terms and concept.spelled not in STOP_WORDS
    ]
    scores = _scores(terms, exact, known_words)
    spelled = [word.spelled for word in meant]
    is_forgiven = spelled != [word.spelled for word in typed][: len(meant)]
    best = _best(scores, pages, on)
    return SearchResults(
        [_result(passages, terms, exact, pages) for passages in best], " ".join(spelled) if is_forgiven else ""
    )


def _scores(terms: list[str], exact: list[str], known_words: Vocabulary) -> dict[int, float]:
    """Return each passage's score: all words before some, rare words before common ones.

    Where a term stands for several words, a passage with the `exact` one comes before one with another. A word of a
    phrase is never exact: whoever types “how do I find you” does not “find it hard to breathe”.
    """
    counts = {term: known_words.counts.get(term, 0) for term in terms}
    present = sorted((term for term in terms if counts[term]), key=lambda term: counts[term])
    if not present:
        return {}
    heaviest = Term.objects.order_by("-weight", "passage")
    candidates: set[int] = set()
    for term in present:
        if len(candidates) < MAX_CANDIDATES:
            candidates |= set(heaviest.filter(word=term).values_list("passage", flat=True)[:MAX_CANDIDATES])
    total = max(counts.values()) + 1
    rarity = {term: 1 + math.log(total / counts[term]) for term in present}
    scores: dict[int, float] = defaultdict(float)
    hits: dict[int, int] = defaultdict(int)
    rows = Term.objects.filter(passage__in=candidates, word__in=[*present, *exact])
    for passage, word, weight in rows.values_list("passage", "word", "weight"):
        scores[passage] += (1 + math.log(weight)) * rarity.get(word, 1)
        hits[passage] += word in rarity
    return {passage: 1000 * hits[passage] + score for passage, score in scores.items()}


def _best(scores: dict[int, float], pages: dict[int, PublishedPage], on: date) -> list[list[Passage]]:
    """Return the best passages, those of one page or case together, best first."""
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[: 3 * MAX_RESULTS]
    showable = {passage.pk: passage for passage in _showable_passages(best, pages, on)}
    by_document: dict[object, list[Passage]] = defaultdict(list)
    for pk in best:
        if passage := showable.get(pk):
            by_document[passage.page_id or passage.case_code].append(passage)
    return list(by_document.values())[:MAX_RESULTS]


def _showable_passages(keys: list[int], pages: dict[int, PublishedPage], on: date) -> list[Passage]:
    """Return those passages that belong to live versions and to cases showable today."""
    passages = list(Passage.objects.filter(pk__in=keys))
    codes = {passage.case_code for passage in passages if passage.case_code}
    showable: QuerySet[Case] = Case.objects.filter(code__in=codes).showable(on)
    allowed = set(showable.values_list("code", flat=True)) if codes else set()
    live = {page.content_id for page in pages.values()}
    return [passage for passage in passages if passage.content_id in live or passage.case_code in allowed]


def _result(passages: list[Passage], terms: list[str], exact: list[str], pages: dict[int, PublishedPage]) -> Result:
    first = passages[0]
    query_terms = terms, exact
    if first.page_id is None:
        return Result(first.heading, "", reverse("case", args=[first.case_code]), first.text, query_terms)
    page = pages[first.page_id]
    places: dict[str, Place] = {}
    for other in passages[1:]:
        if other.anchor and other.anchor != first.anchor:
            places.setdefault(other.anchor, Place(other.heading, _url(page, other)))
    heading = first.heading if first.anchor else ""
    others = tuple(places.values())[:MAX_OTHER_PLACES]
    return Result(page.title, heading, _url(page, first), first.text, query_terms, others)


def _url(page: PublishedPage, passage: Passage) -> str:
    return f"{page.url}#{passage.anchor}" if passage.anchor else page.url
