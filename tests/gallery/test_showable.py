"""The one rule for photographs of people: each condition, with a showable twin beside the hidden case."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from content.consent.wording import Scope
from content.models import Case, Pair
from tests.factories import DAY, NOON, CaseFactory, ConsentFactory, PairFactory, PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HIDDEN: dict[str, Any] = {
    "not approved": lambda: CaseFactory(approved_at=None),
    "without consent": lambda: CaseFactory(approved_at=None, consent=None),
    "withdrawn": lambda: CaseFactory(consent__withdrawn_at=NOON),
    "ended yesterday": lambda: CaseFactory(consent__expires_on=DAY - timedelta(days=1)),
    "signed tomorrow": lambda: CaseFactory(consent__given_on=DAY + timedelta(days=1)),
    "not for the website": lambda: CaseFactory(consent__for_website=False, consent__for_search=False),
    "a real one under a sample's consent": lambda: CaseFactory(consent__is_demo=True),
    "a sample under a real consent": lambda: CaseFactory(is_demo=True, consent__is_demo=False),
    "without pictures": lambda: CaseFactory(pairs=0),
    "under 18 before": lambda: CaseFactory(consent__adult_on=date(2025, 1, 3)),
    "under 18 after": lambda: (
        PairFactory(
            case=CaseFactory(pairs=0), before__captured_on=date(2025, 1, 2), after__captured_on=date(2023, 1, 1)
        ).case
    ),
    "of an unknown day before": lambda: PairFactory(case=CaseFactory(), before__captured_on=None).case,
    "of an unknown day after": lambda: PairFactory(case=CaseFactory(), after__captured_on=None).case,
}


@pytest.mark.parametrize("why", HIDDEN)
def test_a_case_is_hidden_beside_its_showable_twin(why: str) -> None:
    twin, hidden = CaseFactory(), HIDDEN[why]()
    assert list(Case.objects.showable(DAY)) == [twin]
    assert twin.is_showable(DAY)
    assert not hidden.is_showable(DAY)


def test_a_case_is_shown_through_its_last_day_and_not_a_day_longer() -> None:
    case = CaseFactory(consent__given_on=date(2025, 8, 2), consent__expires_on=DAY)
    assert [case.is_showable(DAY + timedelta(days=days)) for days in (-1, 0, 1)] == [True, True, False]
    assert [case.is_showable(date(2025, 8, day)) for day in (1, 2)] == [False, True]


def test_photographs_of_the_eighteenth_birthday_may_be_shown() -> None:
    birthday = date(2025, 1, 2)
    case = CaseFactory(pairs=0, consent__adult_on=birthday)
    PairFactory(case=case, before__captured_on=birthday, after__captured_on=birthday)
    assert case.is_showable(DAY)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_use_that_was_not_agreed_to_is_not_shown(scope: Scope) -> None:
    every = CaseFactory()
    CaseFactory(consent=ConsentFactory(for_website=True, **dict.fromkeys(
        ["for_leaflet", "for_search", "for_social", "for_teaching"], False)))  # fmt: skip
    shown = Case.objects.showable(DAY, scope)
    assert every in shown
    assert shown.count() == (2 if scope == Scope.WEBSITE else 1)


MADE_WHOLE = {
    "consent": None,
    "attested_by": None,
    "outcome": "",
    "cause": "",
    "mark_colour": "",
    "skin_tone": "",
    "age_band": "",
    "device": "",
    "other_treatments": "",
    "sessions": None,
    "weeks_between": None,
    "weeks_after": None,
    "is_own_patient": False,
    "is_this_treatment_only": False,
    "is_unretouched": False,
}


@pytest.mark.parametrize("field", MADE_WHOLE)
def test_the_database_refuses_to_approve_what_is_not_whole(field: str) -> None:
    CaseFactory()
    CaseFactory(approved_at=None, **{field: MADE_WHOLE[field]})
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(**{field: MADE_WHOLE[field]})


def test_a_single_session_has_no_weeks_between() -> None:
    assert CaseFactory(sessions=1, weeks_between=None).is_showable(DAY)


@pytest.mark.parametrize("sessions", [0, 13])
def test_the_database_knows_how_many_sessions_there_can_be(sessions: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(approved_at=None, sessions=sessions)


def test_a_photograph_belongs_to_one_pair_and_never_to_itself() -> None:
    pair = PairFactory(case=CaseFactory(pairs=0))
    photo = PhotoFactory()
    for values in (
        {"before": pair.before, "after": photo},
        {"before": photo, "after": pair.after},
        {"before": photo, "after": photo},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pair.objects.create(case=pair.case, view="FRONT", **values)


def test_a_rule_asked_for_many_cases_is_one_query(django_assert_num_queries: Any) -> None:
    for count in (1, 3):
        CaseFactory.create_batch(count)
        with django_assert_num_queries(3):
            [pair.before.alt for case in Case.objects.showable(DAY).with_pictures() for pair in case.pairs.all()]
            assert Case.objects.showable(DAY).exists()


def test_final_is_a_word_for_twelve_weeks_and_later() -> None:
    assert [Case(weeks_after=weeks).is_final for weeks in (11, 12, None)] == [False, True, False]


def test_breasts_bottom_and_groin_are_always_covered() -> None:
    covered = {area for area in Case._meta.get_field("body_area").choices if Case(body_area=area[0]).has_cover}
    assert {value for value, _ in covered} == {"BREASTS", "BOTTOM", "GROIN"}
    assert Case(body_area="THIGHS", is_covered=True).has_cover


def test_public_codes_have_nothing_to_do_with_reference_codes() -> None:
    case = CaseFactory()
    assert case.code.upper() not in case.consent.reference.replace("-", "")
    assert len({Case().code for _ in range(1000)}) == 1000
