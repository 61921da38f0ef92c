"""The gallery's facets: which cases match the filters, and how many each choice would leave.

Every showable case is one bit of an integer, so that ten thousand are counted as fast as ten. The bits are loaded once
for each change of a case (`Stamp`) and each day, and only select candidates: `showable` is queried again for those,
every time.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.utils.safestring import SafeString

from content.gallery.choices import BodyArea, MarkColour, Outcome, SkinTone

from .models import FINAL_AFTER_WEEKS, MOST_SESSIONS, Case, Stamp

HALF_A_YEAR = 26  # weeks


class CaseRow(NamedTuple):
    """The fields of a case that can be filtered by."""

    pk: int
    body_area: str
    mark_colour: str
    skin_tone: str
    sessions: int
    weeks_after: int
    outcome: str
    is_demo: bool


def slug(value: str) -> str:
    """Return a stored choice as it is written in a URL."""
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
    """One filter of the form: its choices by value in the URL, and `value_of`, which returns a case's value."""

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
BY_NAME = {facet.name: facet for facet in FILTERS}


@dataclass(frozen=True)
class OutcomeRange:
    """The honest range: how many of the consented cases are shown, and how many of each outcome are among them."""

    shown: int
    consented: int
    outcomes: list[tuple[str, int]]


class FacetIndex:
    """Every showable case of one day as a bit, newest first at bit 0."""

    def __init__(self, rows: list[CaseRow], consented: int) -> None:
        self.ids = [row.pk for row in rows]
        self.all = (1 << len(rows)) - 1
        bits: dict[str, dict[str, list[int]]] = {facet.name: defaultdict(list) for facet in FILTERS}
        for place, row in enumerate(rows):
            for facet in FILTERS:
                bits[facet.name][facet.value_of(row)].append(place)
        self.masks = {
            name: {value: _mask(places, len(rows)) for value, places in by_value.items()}
            for name, by_value in bits.items()
        }
        self.samples = _mask([place for place, row in enumerate(rows) if row.is_demo], len(rows))
        self.consented = consented
        #: Rendered cards by case and heading level; to be shown only after a query of `showable`.
        self.cards: dict[tuple[int, int], SafeString] = {}

    def matching(self, wanted: dict[str, list[str]], besides: str = "") -> int:
        """Return the cases with one of the wanted values of every filter, the filter `besides` ignored."""
        mask = self.all
        for name, values in wanted.items():
            if values and name != besides:
                mask &= reduce(or_, (self.masks[name].get(value, 0) for value in values), 0)
        return mask

    def cases(self, mask: int, start: int, count: int) -> list[int]:
        """Return the keys of `count` cases of `mask`, from the one at position `start` on."""
        digits = bin(mask)[:1:-1]
        places: list[int] = []
        position = digits.find("1")
        while position >= 0 and len(places) < start + count:
            places.append(position)
            position = digits.find("1", position + 1)
        return [self.ids[place] for place in places[start:]]

    def neighbours(self, pk: int) -> tuple[int | None, int | None]:
        """Return the keys of the cases before and after this one in the gallery, None at its ends."""
        if pk not in self.ids:
            return None, None
        at = self.ids.index(pk)
        return (self.ids[at - 1] if at else None), (self.ids[at + 1] if at + 1 < len(self.ids) else None)

    def range(self) -> OutcomeRange | None:
        """Return the honest range of the clinic's own cases, or None while there are only samples."""
        own = self.all & ~self.samples
        if not self.consented:
            return None
        by_outcome = self.masks["change"]
        outcomes = [(label, (by_outcome.get(slug(value), 0) & own).bit_count()) for value, label in Outcome.choices]
        return OutcomeRange(own.bit_count(), self.consented, outcomes)


def _mask(places: list[int], length: int) -> int:
    digits = bytearray(b"0" * (length or 1))
    for place in places:
        digits[-1 - place] = ord("1")
    return int(digits, 2)


_cached_index: tuple[str, date, FacetIndex] | None = None


def current_index(on: date) -> FacetIndex:
    """Return the index of cases showable on the clinic's local date `on`, reloaded after a change or on a new day."""
    global _cached_index  # noqa: PLW0603  one for the process, replaced as a whole
    with connection.cursor() as cursor:
        cursor.execute(*_stamp_sql())
        stamp = "".join(cursor.fetchone() or [])
    cached = _cached_index
    if cached is None or cached[:2] != (stamp, on) or not stamp:
        cached = _cached_index = (stamp, on, _load(on))
    return cached[2]


@cache
def _stamp_sql() -> tuple[str, tuple[Any, ...]]:
    """Return the query for the stamp as SQL, composed once: every page with cases runs it."""
    sql, params = Stamp.objects.values_list("word").query.sql_with_params()
    return sql, tuple(params)


def _load(on: date) -> FacetIndex:
    newest_first = Case.objects.showable(on).order_by("-approved_at", "-pk")
    rows = [CaseRow(*row) for row in newest_first.values_list(*CaseRow._fields)]
    return FacetIndex(rows, Case.objects.consented(on).filter(is_demo=False).count())
