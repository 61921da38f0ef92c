"""When a consent counts, what the database refuses of it, and that withdrawal can't be taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from content.consent import reference
from content.consent.models import FIELD_BY_SCOPE
from content.consent.triggers import MESSAGE, TABLE
from content.consent.wording import CURRENT, VERSIONS, Scope
from content.models import Consent
from tests.factories import DAY, NOON, ConsentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GIVEN, LAST = date(2025, 1, 1), date(2027, 1, 1)


def test_a_consent_counts_from_the_day_it_is_signed_to_its_last_day_and_both_belong_to_it() -> None:
    consent = ConsentFactory(given_on=GIVEN, expires_on=LAST)
    one_day = timedelta(days=1)
    for day, counts in ((GIVEN - one_day, False), (GIVEN, True), (DAY, True), (LAST, True), (LAST + one_day, False)):
        assert consent.is_in_force(day) is counts, day


@pytest.mark.parametrize("scope", list(Scope))
def test_each_use_counts_only_when_it_was_ticked(scope: Scope) -> None:
    every = dict.fromkeys(FIELD_BY_SCOPE.values(), True)
    with_it = ConsentFactory(**every)
    others = dict.fromkeys(FIELD_BY_SCOPE.values(), False) | {"for_website": True, "for_teaching": True}
    without = ConsentFactory(
        **others | {FIELD_BY_SCOPE[scope]: False} | ({"for_search": False} if scope == Scope.WEBSITE else {})
    )
    assert list(Consent.objects.in_force(DAY, scope)) == [with_it]
    assert with_it.is_in_force(DAY, scope)
    assert not without.is_in_force(DAY, scope)


def test_a_withdrawn_consent_counts_for_nothing_beside_its_twin() -> None:
    twin, withdrawn = ConsentFactory(), ConsentFactory(withdrawn_at=NOON)
    for scope in Scope:
        assert list(Consent.objects.in_force(DAY, scope)) == [twin]
        assert not withdrawn.is_in_force(DAY, scope)


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_not_a_condition": False},
        {"has_copy": False},
        {"expires_on": GIVEN - timedelta(days=1)},
        {"expires_on": None},
        {"given_on": None},
        {"adult_on": None},
        dict.fromkeys(FIELD_BY_SCOPE.values(), False),
        {"for_website": False, "for_search": True},
        {"reference": ""},
    ],
    ids=str,
)
def test_the_database_refuses_what_is_no_consent(wrong: dict[str, Any]) -> None:
    ConsentFactory(given_on=GIVEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(**{"given_on": GIVEN, **wrong})


def test_a_code_is_used_once() -> None:
    first = ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(reference=first.reference)


ATTACKS = [
    f"UPDATE {TABLE} SET withdrawn_at = NULL",
    f"UPDATE {TABLE} SET withdrawn_at = '2030-01-01 00:00:00+00:00' WHERE withdrawn_at IS NOT NULL",
    f"UPDATE {TABLE} SET expires_on = '2099-01-01' WHERE withdrawn_at IS NOT NULL",
    f"UPDATE {TABLE} SET reference = 'AAAA-AAAA' WHERE withdrawn_at IS NULL",
    f"DELETE FROM {TABLE} WHERE withdrawn_at IS NOT NULL",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_the_database_itself_keeps_a_withdrawal(statement: str) -> None:
    twin, withdrawn = ConsentFactory(), ConsentFactory(withdrawn_at=NOON)
    before = list(Consent.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Consent.objects.order_by("pk").values()) == before
    twin.expires_on = LAST + timedelta(days=1)
    twin.save()
    for attack in (withdrawn.save, withdrawn.delete, Consent.objects.filter(pk=withdrawn.pk).delete):
        with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
            attack()
    assert Consent.objects.get(pk=withdrawn.pk).withdrawn_at == NOON


def test_putting_a_row_in_place_of_another_does_not_go_round_it() -> None:
    ConsentFactory(withdrawn_at=NOON)
    columns = ", ".join(field.column for field in Consent._meta.fields)
    if connection.vendor == "sqlite":
        values = columns.replace("withdrawn_at", "NULL")
        statement = f"REPLACE INTO {TABLE} ({columns}) SELECT {values} FROM {TABLE}"
    else:
        back = "ON CONFLICT (id) DO UPDATE SET withdrawn_at = NULL"
        statement = f"INSERT INTO {TABLE} ({columns}) SELECT {columns} FROM {TABLE} {back}"
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Consent.objects.get().withdrawn_at == NOON


def test_the_words_that_were_signed_are_kept_with_their_fingerprint() -> None:
    import hashlib

    consent = ConsentFactory()
    assert consent.wording == VERSIONS[consent.wording_version].text()
    assert consent.wording_sha256 == hashlib.sha256(consent.wording.encode()).hexdigest()
    for sentence in (*CURRENT.opening, *CURRENT.uses.values(), *CURRENT.statements):
        assert sentence in consent.wording


def test_the_first_wording_is_what_people_have_signed() -> None:
    """Version 1 is frozen: whoever edits it breaks the proof of every consent given with it."""
    assert VERSIONS[1].sha256 == "4378a7689c901597dc4b8e8c702d9245ef10e7fab8fe0d14021ba01b22727cc8"


def test_a_wording_asks_for_each_use_by_itself_and_says_what_the_law_wants_said() -> None:
    assert list(CURRENT.uses) == list(Scope)
    text = CURRENT.text()
    for said in ("18 or over", "My care does not depend on this", "I can withdraw at any time", "a copy"):
        assert said in text


def test_codes_are_random_and_easy_to_read_out() -> None:
    codes = {reference.fresh() for _ in range(2000)}
    assert len(codes) == 2000
    assert not set("01ILOU") & set("".join(codes))
    assert all(reference.PATTERN.fullmatch(code) for code in codes)


@pytest.mark.parametrize("typed", ["k7qf-2m9d", "K7QF2M9D", " k7qf 2m9d ", "K7QF—2M9D"])
def test_a_code_may_be_typed_as_people_type(typed: str) -> None:
    consent = ConsentFactory.build(reference=typed)
    consent.full_clean(exclude=["form"])
    assert consent.reference == "K7QF-2M9D"


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-2M9DX", "Jane Smith", "1234-5678", "K7QF-2M9\x00"])
def test_what_is_no_code_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ConsentFactory.build(reference=typed).full_clean()
    assert "reference" in refused.value.message_dict


def test_nobody_is_asked_for_more_than_five_years_at_once() -> None:
    with pytest.raises(ValidationError, match="Five years"):
        ConsentFactory.build(given_on=date(2025, 1, 1), expires_on=date(2031, 1, 1)).full_clean()
    ConsentFactory.build(given_on=date(2024, 2, 29), expires_on=date(2029, 2, 28)).full_clean()


def test_the_hour_of_a_withdrawal_knows_its_zone() -> None:
    consent = ConsentFactory(withdrawn_at=datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert Consent.objects.get(pk=consent.pk).withdrawn_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
