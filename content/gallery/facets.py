"""The filters of the gallery: which cases match, and how many each choice would leave, whatever their number.

Every showable case is one bit of whole numbers, so that ten thousand are counted as fast as ten. The bits are read
once for each change of a case (`Stamp`) and each day, and say only which cases to ask for: whether those may be shown
is asked of `showable` again, every time.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict
from django.utils.safestring import SafeString

from clinic_site.http.whole_number import whole_number
from content.gallery.choices import BodyArea, MarkColour, Outcome, SkinTone

from .models import FINAL_AFTER_WEEKS, MOST_SESSIONS, Case, Stamp

PAGE_SIZE = 24
CARD_HEADING_LEVEL = 3  # of the headings of its cards
HALF_A_YEAR = 26  # weeks


class CaseRow(NamedTuple):
    """What of a case can be filtered by."""

    pk: int
    body_area: str
    mark_colour: str
    skin_tone: str
    sessions: int
    weeks_after: int
    outcome: str
    is_demo: bool


def slug(value: str) -> str:
    """A stored choice as it stands in an address."""
    return value.lower().replace("_", "-")


TIME_SINCE_LAST_SESSION = {
    "early": f"Under {FINAL_AFTER_WEEKS} weeks",
    "final": f"{FINAL_AFTER_WEEKS} to {HALF_A_YEAR - 1} weeks",
    "late": f"{HALF_A_YEAR} weeks or more",
}


def _time_since_last_session(row: CaseRow) -> str:
    return "early" if row.weeks_after < FINAL_AFTER_WEEKS else "final" if row.weeks_after < HALF_A_YEAR else "late"


@dataclass(frozen=True)
class Filter:
    """One question of the form: `of` gives a case's answer, as it stands in an address."""

    name: str
    legend: str
    words: dict[str, str]
    value_of: Callable[[CaseRow], str]


FILTERS = (
    Filter("area", "Body area", {slug(v): w for v, w in BodyArea.choices}, lambda row: slug(row.body_area)),
    Filter("skin", "Skin, lightest to darkest", {slug(v): w for v, w in SkinTone.choices}, lambda r: slug(r.skin_tone)),
    Filter(
        "colour",
        "Colour of the marks before",
        {slug(v): w for v, w in MarkColour.choices},
        lambda r: slug(r.mark_colour),
    ),
    Filter(
        "sessions",
        "Number of sessions",
        {str(n): f"{n} session{'' if n == 1 else 's'}" for n in range(1, MOST_SESSIONS + 1)},
        lambda row: str(row.sessions),
    ),
    Filter("after", "Pictured after the last session", TIME_SINCE_LAST_SESSION, _time_since_last_session),
    Filter("change", "How much changed", {slug(v): w for v, w in Outcome.choices}, lambda r: slug(r.outcome)),
)
BY_NAME = {one.name: one for one in FILTERS}


@dataclass(frozen=True)
class OutcomeRange:
    """The honest range: how many of the consented cases are shown, and how each kind of outcome is among them."""

    shown: int
    consented: int
    outcomes: list[tuple[str, int]]


class FacetIndex:
    """Every showable case of one day as a bit, newest first at bit 0."""

    def __init__(self, rows: list[CaseRow], consented: int) -> None:
        self.ids = [row.pk for row in rows]
        self.all = (1 << len(rows)) - 1
        bits: dict[str, dict[str, list[int]]] = {one.name: defaultdict(list) for one in FILTERS}
        for place, row in enumerate(rows):
            for one in FILTERS:
                bits[one.name][one.value_of(row)].append(place)
        self.masks = {
            name: {value: _mask(places, len(rows)) for value, places in by_value.items()}
            for name, by_value in bits.items()
        }
        self.samples = _mask([place for place, row in enumerate(rows) if row.is_demo], len(rows))
        self.consented = consented
        #: Cards that were rendered once, by case and level of heading; whoever shows one asks `showable` first, always.
        self.cards: dict[tuple[int, int], SafeString] = {}

    def matching(self, wanted: dict[str, list[str]], besides: str = "") -> int:
        """The cases that have one of the wanted values of every filter, the filter `besides` left out."""
        found = self.all
        for name, values in wanted.items():
            if values and name != besides:
                found &= reduce(or_, (self.masks[name].get(value, 0) for value in values), 0)
        return found

    def cases(self, mask: int, start: int, count: int) -> list[int]:
        """The keys of `count` cases of `mask`, from the one at place `start` on."""
        signs = bin(mask)[:1:-1]
        places: list[int] = []
        at = signs.find("1")
        while at >= 0 and len(places) < start + count:
            places.append(at)
            at = signs.find("1", at + 1)
        return [self.ids[place] for place in places[start:]]

    def neighbours(self, pk: int) -> tuple[int | None, int | None]:
        """The cases before and after this one in the gallery, or None at its ends."""
        if pk not in self.ids:
            return None, None
        at = self.ids.index(pk)
        return (self.ids[at - 1] if at else None), (self.ids[at + 1] if at + 1 < len(self.ids) else None)

    def range(self) -> OutcomeRange | None:
        """The honest range of the clinic's own cases, or None while there are only samples."""
        own = self.all & ~self.samples
        if not self.consented:
            return None
        by_outcome = self.masks["change"]
        outcomes = [(label, (by_outcome.get(slug(value), 0) & own).bit_count()) for value, label in Outcome.choices]
        return OutcomeRange(own.bit_count(), self.consented, outcomes)


def _mask(places: list[int], length: int) -> int:
    signs = bytearray(b"0" * (length or 1))
    for place in places:
        signs[-1 - place] = 49
    return int(signs, 2)


_cached_index: tuple[str, date, FacetIndex] | None = None


def current_index(on: date) -> FacetIndex:
    """The cases showable on the clinic's local date `on`, read anew after a change or at a new day."""
    global _cached_index  # noqa: PLW0603  one for the process, replaced as a whole
    with connection.cursor() as cursor:
        cursor.execute(*_stamp_sql())
        word = "".join(cursor.fetchone() or [])
    cached = _cached_index
    if cached is None or cached[:2] != (word, on) or not word:
        cached = _cached_index = (word, on, _load(on))
    return cached[2]


@cache
def _stamp_sql() -> tuple[str, tuple[Any, ...]]:
    """What the stamp is, as SQL written once: every page with cases asks for it."""
    sql, params = Stamp.objects.values_list("word").query.sql_with_params()
    return sql, tuple(params)


def _load(on: date) -> FacetIndex:
    newest_first = Case.objects.showable(on).order_by("-approved_at", "-pk")
    rows = [CaseRow(*row) for row in newest_first.values_list(*CaseRow._fields)]
    return FacetIndex(rows, Case.objects.consented(on).filter(is_demo=False).count())


@dataclass(frozen=True)
class Choice:
    """One box of a filter: `count` is how many cases it would show beside the other filters."""

    value: str
    label: str
    count: int
    is_checked: bool


@dataclass(frozen=True)
class FilterQuestion:
    """One filter with its choices, those that no case has left out."""

    name: str
    legend: str
    choices: list[Choice]


@dataclass(frozen=True)
class Results:
    """One page of the gallery: `shown` are its cases, all of which may be shown now, `fresh` those without a card."""

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


def results(query: QueryDict, on: date) -> Results:
    """The page of the gallery that an address asks for; what it asks for that does not exist is named and left out."""
    cases = current_index(on)
    wanted, unknown = _selected(query)
    found = cases.matching(wanted)
    count = found.bit_count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(whole_number(query.get("page", "")) or 1, pages)
    ids = cases.cases(found, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    allowed = Case.objects.showable(on).filter(pk__in=ids)
    is_rendered = cases.cards.keys() >= {(pk, CARD_HEADING_LEVEL) for pk in ids}
    found_now = list(allowed.only("pk") if is_rendered else allowed.with_pictures())
    keys = {case.pk for case in found_now}
    return Results(
        questions=[_question(one, cases, wanted) for one in FILTERS],
        case_ids=[pk for pk in ids if pk in keys],
        uncached_cases=[case for case in found_now if (case.pk, CARD_HEADING_LEVEL) not in cases.cards],
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


def _selected(asked: QueryDict) -> tuple[dict[str, list[str]], list[str]]:
    wanted: dict[str, list[str]] = {}
    unknown = []
    for one in FILTERS:
        values = list(dict.fromkeys(value for value in asked.getlist(one.name)[:50] if value))
        wanted[one.name] = [value for value in values if value in one.words]
        unknown += [value[:40] for value in values if value not in one.words]
    return wanted, unknown[:5]


def _question(one: Filter, cases: FacetIndex, wanted: dict[str, list[str]]) -> FilterQuestion:
    others = cases.matching(wanted, besides=one.name)
    masks = cases.masks[one.name]
    return FilterQuestion(
        one.name,
        one.legend,
        [
            Choice(value, label, (others & masks.get(value, 0)).bit_count(), value in wanted[one.name])
            for value, label in one.words.items()
            if value in masks or value in wanted[one.name]
        ],
    )


def _page_query(wanted: dict[str, list[str]], page: int) -> str:
    """The query of another page of the same results."""
    pairs: list[tuple[str, Any]] = [(name, value) for name, values in wanted.items() for value in values]
    return "?" + urlencode([*pairs, ("page", page)] if page > 1 else pairs)
