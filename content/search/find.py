"""Finds passages for what a reader typed, and asks again of each whether it may be shown now."""

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
from content.search.tokenizer import STOP_WORDS, tokenize

from . import spelling
from .models import Passage, Term
from .spelling import Vocabulary

MAX_CANDIDATES = 400  # passages of the rarest word; of a word that stands in more, the heaviest
MAX_RESULTS = 100  # results at most: nobody reads on
MAX_OTHER_PLACES = 3  # other places of the same page that a result names


@dataclass(frozen=True)
class Place:
    """Another place on the page of a result."""

    heading: str
    url: str


@dataclass(frozen=True)
class Result:
    """A page or a case: where the best passage stands, what it says with the words found, and other places."""

    title: str
    heading: str
    url: str
    text: str
    query_terms: tuple[list[str], list[str]]
    other_places: tuple[Place, ...] = ()

    @cached_property
    def excerpt(self) -> Excerpt:
        """Made when it is read: of a hundred results ten are on a page."""
        return make_excerpt(self.text, *self.query_terms)


@dataclass(frozen=True)
class SearchResults:
    """All results, best first; `meant` is how the words were understood where they were forgiven."""

    results: list[Result]
    corrected_query: str = ""


def find(query: str, pages: dict[int, PublishedPage], on: date) -> SearchResults:
    """What is found on the `pages` that are live, and among the cases showable on the clinic's local date `on`."""
    known = spelling.vocabulary()
    asked = tokenize(query)
    meant = spelling.retokenised(spelling.corrected(asked, known))
    terms = spelling.query_terms(meant)
    if not terms:
        return SearchResults([])
    exact = [word.stem for word in meant if word.stem not in terms and word.spelled not in STOP_WORDS]
    scores = _scores(terms, exact, known)
    spelled = [word.spelled for word in meant]
    is_forgiven = spelled != [word.spelled for word in asked][: len(meant)]
    best = _best(scores, pages, on)
    return SearchResults(
        [_result(found, terms, exact, pages) for found in best], " ".join(spelled) if is_forgiven else ""
    )


def _scores(terms: list[str], exact: list[str], known: Vocabulary) -> dict[int, float]:
    """A score for each passage: those with all words before those with some, rare words before common ones.

    Where a term stands for several words, a passage that holds the `exact` one comes before one with another.
    """
    counts = {term: known.counts.get(term, 0) for term in terms}
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
    """The best passages, those of one page or case together, best first."""
    best = sorted(scores, key=lambda passage: (-scores[passage], passage))[: 3 * MAX_RESULTS]
    passages = {one.pk: one for one in _showable_passages(best, pages, on)}
    by_whole: dict[object, list[Passage]] = defaultdict(list)
    for key in best:
        if key in passages:
            by_whole[passages[key].page_id or passages[key].case_code].append(passages[key])
    return list(by_whole.values())[:MAX_RESULTS]


def _showable_passages(keys: list[int], pages: dict[int, PublishedPage], on: date) -> list[Passage]:
    """Whatever the index holds: only of versions that are live, and of cases that are showable today."""
    found = list(Passage.objects.filter(pk__in=keys))
    codes = {one.case_code for one in found if one.case_code}
    showable: QuerySet[Case] = Case.objects.filter(code__in=codes).showable(on)
    allowed = set(showable.values_list("code", flat=True)) if codes else set()
    live = {page.content_id for page in pages.values()}
    return [one for one in found if one.content_id in live or one.case_code in allowed]


def _result(found: list[Passage], terms: list[str], exact: list[str], pages: dict[int, PublishedPage]) -> Result:
    first = found[0]
    asked = terms, exact
    if first.page_id is None:
        return Result(first.heading, "", reverse("case", args=[first.case_code]), first.text, asked)
    page = pages[first.page_id]
    places: dict[str, Place] = {}
    for other in found[1:]:
        if other.anchor and other.anchor != first.anchor:
            places.setdefault(other.anchor, Place(other.heading, _url(page, other)))
    heading = first.heading if first.anchor else ""
    return Result(page.title, heading, _url(page, first), first.text, asked, tuple(places.values())[:MAX_OTHER_PLACES])


def _url(page: PublishedPage, passage: Passage) -> str:
    return f"{page.url}#{passage.anchor}" if passage.anchor else page.url
