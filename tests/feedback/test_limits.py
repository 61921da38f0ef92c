"""A flood is held back, a waiting room is not, and no address is kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from content.feedback import limits
from content.models import Answer, Counter, DayKey
from tests.feedback.test_answers import HERE, live, press  # noqa: F401  the fixture
from tests.isolated_sites import machine_in

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def let_through(times: int, address: str, page_id: int, now: datetime = NOON) -> int:
    """How many of so many answers are taken."""
    taken = 0
    for _ in range(times):
        try:
            limits.count(address, page_id, now)
        except limits.TooManyError:
            continue
        taken += 1
    return taken


def test_one_address_is_held_back_about_a_page_and_others_are_not() -> None:
    assert let_through(30, "192.0.2.1", 7) == limits.PER_ADDRESS_AND_PAGE == 10
    assert let_through(1, "192.0.2.1", 8) == 1
    assert let_through(1, "192.0.2.2", 7) == 1
    assert let_through(1, "192.0.2.1", 7, NOON + timedelta(days=1)) == 1


def test_one_address_is_held_back_for_the_hour_over_all_pages() -> None:
    assert sum(let_through(5, "192.0.2.1", page) for page in range(12)) == limits.PER_ADDRESS == 30
    assert let_through(1, "192.0.2.1", 99) == 0
    assert let_through(1, "192.0.2.1", 99, NOON + timedelta(hours=1)) == 1


def test_many_addresses_together_are_held_back_about_a_page() -> None:
    assert sum(let_through(1, f"192.0.2.{number}", 7) for number in range(210)) == limits.PER_PAGE == 200
    assert let_through(1, "192.0.2.1", 8) == 1


def test_what_the_last_limit_refuses_is_counted_by_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_PAGE", 1)
    assert let_through(1, "192.0.2.1", 7) == 1
    counted = sorted(Counter.objects.values_list("count", flat=True))
    assert let_through(5, "192.0.2.2", 7) == 0
    assert sorted(Counter.objects.values_list("count", flat=True)) == counted


def test_what_is_refused_is_not_counted() -> None:
    let_through(30, "192.0.2.1", 7)
    assert sorted(Counter.objects.values_list("count", flat=True)) == [10, 10, 10]


def test_a_flooding_reader_gets_a_kind_sentence(live: Any, clock: Any) -> None:  # noqa: F811  the fixture
    replies = [press(live.pk, headers={**HERE, "User-Agent": f"telephone {number}"}) for number in range(11)]
    assert [one.status_code for one in replies] == [200] * 10 + [429]
    assert "Thank you all the same" in replies[-1].content.decode()
    assert Answer.objects.count() == 10


def test_a_forged_address_passes_no_limit(live: Any, clock: Any) -> None:  # noqa: F811  the fixture
    replies = [
        press(
            live.pk,
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
            headers={**HERE, "User-Agent": f"telephone {number}"},
        )
        for number in range(11)
    ]
    assert replies[-1].status_code == 429


def test_no_address_is_kept_and_the_day_s_secret_goes_with_the_day() -> None:
    let_through(2, "192.0.2.1", 7)
    first = set(Counter.objects.values_list("digest", flat=True))
    with connection.cursor() as cursor:
        for model in (Counter, DayKey):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert "192.0.2.1" not in repr(cursor.fetchall())
    tomorrow = NOON + timedelta(days=1)
    let_through(1, "192.0.2.1", 7, tomorrow)
    assert not first & set(Counter.objects.filter(on=tomorrow.date()).values_list("digest", flat=True))
    limits.delete_expired(tomorrow)
    assert {one.on for one in DayKey.objects.all()} == {tomorrow.date()}
    assert {one.on for one in Counter.objects.all()} == {tomorrow.date()}


AT_ONCE = """
import threading
from django.db import connections
from content.feedback import limits
from content.models import Counter

limits.PER_ADDRESS_AND_PAGE = 4
barrier, taken, held_back = threading.Barrier(8), [], []

def press():
    barrier.wait()
    try:
        limits.count("192.0.2.1", 7, NOON)
        taken.append(1)
    except limits.TooManyError:
        held_back.append(1)
    finally:
        connections.close_all()

threads = [threading.Thread(target=press) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(taken), len(held_back), sorted(Counter.objects.values_list("count", flat=True)))
"""


@pytest.mark.slow
def test_readers_who_press_at_the_same_moment_pass_no_limit_together(tmp_path: Path) -> None:
    with machine_in(tmp_path / "site") as machine:
        assert machine.python(AT_ONCE) == "4 4 [4, 4, 4]"


WORDS_AT_ONCE = """
import threading
from django.db import connections
from content.feedback import answers
from content.models import Answer
from tests.factories import page_of_kind
from tests.rendering import publish

draft = page_of_kind("clinic", title="Raced")
publish(draft)
receipt = answers.record_answer(draft, is_clear=False, address="192.0.2.1", now=NOON)
barrier, added = threading.Barrier(4), {}

def send(words):
    barrier.wait()
    added[words] = answers.add_words(receipt, words)
    connections.close_all()

threads = [threading.Thread(target=send, args=(f"Words {number}",)) for number in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert [words for words, is_added in added.items() if is_added] == [Answer.objects.get().words], added
print("once")
"""


@pytest.mark.slow
def test_one_receipt_used_at_the_same_moment_adds_words_once(tmp_path: Path) -> None:
    with machine_in(tmp_path / "site") as machine:
        assert machine.python(WORDS_AT_ONCE) == "once"
