"""A press that is repeated gets the answer of the first, also while that is still being worked on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content import idempotency
from content.models import IdempotencyKey
from tests.isolated_sites import machine_in

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_work_is_done_once_within_the_window() -> None:
    done: list[int] = []

    def work() -> str:
        done.append(1)
        return f"/answer/{len(done)}/"

    times = [timedelta(), timedelta(minutes=1), timedelta(minutes=3)]
    answers = [idempotency.run_once("a", work, now=NOON + later) for later in times]
    assert answers == ["/answer/1/", "/answer/1/", "/answer/2/"]
    assert idempotency.run_once("b", work, now=NOON) == "/answer/3/"


def test_work_that_failed_may_be_asked_for_again() -> None:
    def work() -> str:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            idempotency.run_once("a", work, now=NOON)
    assert not IdempotencyKey.objects.exists()


AT_ONCE = """
import threading, time
from django.db import connections
from content import idempotency

barrier, done, answers = threading.Barrier(4), [], []

def work():
    done.append(1)
    time.sleep(0.5)
    return f"/answer/{len(done)}/"

def press():
    barrier.wait()
    answers.append(idempotency.run_once("a", work, now=NOON))
    connections.close_all()

threads = [threading.Thread(target=press) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(done), set(answers))
"""


@pytest.mark.slow
def test_presses_at_the_same_moment_do_the_work_once(tmp_path: Path) -> None:
    with machine_in(tmp_path / "site") as machine:
        assert machine.python(AT_ONCE) == "1 {'/answer/1/'}"
