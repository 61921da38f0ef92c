"""One page of the gallery's list of cases, as the filters in its URL select them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from clinic_site.http.whole_number import whole_number
from content.gallery.facets import FILTERS, FacetIndex, Filter, OutcomeRange, current_index
from content.gallery.models import Case

PAGE_SIZE = 24
CARD_HEADING_LEVEL = 3


@dataclass(frozen=True)
class Choice:
    """One checkbox of a filter: `count` is how many cases it would show beside the other filters."""

    value: str
    label: str
    count: int
    is_checked: bool


@dataclass(frozen=True)
class FilterQuestion:
    """One filter with its choices, without those that no case has."""

    name: str
    legend: str
    choices: list[Choice]


@dataclass(frozen=True)
class Results:
    """One page of the gallery.

    `case_ids` are its cases, all of which may be shown now; `uncached_cases` are those without a rendered card.
    """

    questions: list[FilterQuestion]
    case_ids: list[int]
    uncached_cases: list[Case]
    cards: dict[tuple[int, int], SafeString]
    count: int
    total: int
    page: int
    pages: int
    previous_query: str
    next_query: str
    unknown_values: list[str]
    is_filtered: bool
    outcome_range: OutcomeRange | None
    sample_count: int


def results_for(query: QueryDict, on: date) -> Results:
    """Return the page of the gallery for a query string; unknown values in it are ignored and reported."""
    cases = current_index(on)
    wanted, unknown = _selected(query)
    mask = cases.matching(wanted)
    count = mask.bit_count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(whole_number(query.get("page", "")) or 1, pages)
    ids = cases.cases(mask, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    showable = Case.objects.showable(on).filter(pk__in=ids)
    is_rendered = cases.cards.keys() >= {(pk, CARD_HEADING_LEVEL) for pk in ids}
    shown = list(showable.only("pk") if is_rendered else showable.with_pictures())
    keys = {case.pk for case in shown}
    return Results(
        questions=[_question(facet, cases, wanted) for facet in FILTERS],
        case_ids=[pk for pk in ids if pk in keys],
        uncached_cases=[case for case in shown if (case.pk, CARD_HEADING_LEVEL) not in cases.cards],
        cards=cases.cards,
        count=count,
        total=len(cases.ids),
        page=page,
        pages=pages,
        previous_query=_page_query(wanted, page - 1) if page > 1 else "",
        next_query=_page_query(wanted, page + 1) if page < pages else "",
        unknown_values=unknown,
        is_filtered=any(wanted.values()),
        outcome_range=cases.range(),
        sample_count=cases.samples.bit_count(),
    )


def _selected(query: QueryDict) -> tuple[dict[str, list[str]], list[str]]:
    wanted: dict[str, list[str]] = {}
    unknown = []
    for facet in FILTERS:
        values = list(dict.fromkeys(value for value in query.getlist(facet.name)[:50] if value))
        wanted[facet.name] = [value for value in values if value in facet.words]
        unknown += [value[:40] for value in values if value not in facet.words]
    return wanted, unknown[:5]


def _question(facet: Filter, cases: FacetIndex, wanted: dict[str, list[str]]) -> FilterQuestion:
    others = cases.matching(wanted, besides=facet.name)
    masks = cases.masks[facet.name]
    return FilterQuestion(
        facet.name,
        facet.legend,
        [
            Choice(value, label, (others & masks.get(value, 0)).bit_count(), value in wanted[facet.name])
            for value, label in facet.words.items()
            if value in masks or value in wanted[facet.name]
        ],
    )


def _page_query(wanted: dict[str, list[str]], page: int) -> str:
    """Return the query string of another page of the same results."""
    pairs: list[tuple[str, Any]] = [(name, value) for name, values in wanted.items() for value in values]
    return "?" + urlencode([*pairs, ("page", page)] if page > 1 else pairs)
