"""Cards of cases, each rendered once until a case changes; whether a case may be shown is checked every time."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from content.consent import withdrawal_journal
from content.gallery.facets import FacetIndex
from content.gallery.models import Case

TEMPLATE = "components/case_card.html"


def showable_cards(
    cases: FacetIndex, keys: list[int], codes: list[str], level: int, on: date
) -> dict[int | str, SafeString]:
    """Return the cards, with headings of `level`, of those cases that may be shown today, both by key and by code."""
    if not (keys or codes):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*_showable_sql(on, tuple(keys), tuple(codes), withdrawal_journal.references()))
        allowed: list[tuple[int, str]] = cursor.fetchall()
    missing = [pk for pk, _ in allowed if (pk, level) not in cases.cards]
    if missing:
        for case in Case.objects.showable(on).filter(pk__in=missing).with_pictures():
            cases.cards[case.pk, level] = render(case, level)
    cards: dict[int | str, SafeString] = {}
    for pk, code in allowed:
        if (pk, level) in cases.cards:
            cards[pk] = cards[code] = cases.cards[pk, level]
    return cards


@lru_cache(maxsize=200)
def _showable_sql(
    on: date, keys: tuple[int, ...], codes: tuple[str, ...], withdrawn: frozenset[str]
) -> tuple[str, tuple[Any, ...]]:
    """Return the query for which of these may be shown, as SQL: composing it costs ten times what running it does.

    `withdrawn` is part of the cache key because the rule reads the withdrawal journal, not only the database.
    """
    wanted = Case.objects.showable(on).filter(Q(pk__in=keys) | Q(code__in=codes))
    sql, params = wanted.order_by().values_list("pk", "code").query.sql_with_params()
    return sql, tuple(params)


def render(case: Case, level: int) -> SafeString:
    """Return the card of a case that comes with its pictures."""
    return render_to_string(TEMPLATE, {"case": case, "level": level})
