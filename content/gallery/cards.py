"""Cards of cases, each rendered once until a case is changed; whether a case may be shown is asked every time."""

from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .facets import Snapshot
from .models import Case

TEMPLATE = "components/case_card.html"


def showable(cases: Snapshot, keys: list[int], codes: list[str], level: int, on: date) -> dict[int | str, SafeString]:
    """The cards of those cases, named by key or code, that may be shown today: by both; with a heading of `level`."""
    wanted = Case.objects.showable(on).filter(Q(pk__in=keys) | Q(code__in=codes))
    allowed = list(wanted.values_list("pk", "code"))
    missing = [pk for pk, _ in allowed if (pk, level) not in cases.cards]
    if missing:
        for case in wanted.filter(pk__in=missing).with_pictures():
            cases.cards[case.pk, level] = render(case, level)
    found: dict[int | str, SafeString] = {}
    for pk, code in allowed:
        if (pk, level) in cases.cards:
            found[pk] = found[code] = cases.cards[pk, level]
    return found


def render(case: Case, level: int) -> SafeString:
    """One card; `case` comes with its pictures."""
    return render_to_string(TEMPLATE, {"case": case, "level": level})
