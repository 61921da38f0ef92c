"""The tick that `make serve` starts: it does what is due, again and again, and ends with whoever started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from content.management.commands import tick
from content.publishing import page_cache_builder
from tests.isolated_sites import ROOT, machine_in

pytestmark = pytest.mark.database

EXPIRED = """
case = CaseFactory(consent__given_on='2020-01-01', consent__expires_on='2020-12-31', consent__adult_on='2019-01-01')
print(",".join(case.case_photos.values_list("photo__token", flat=True)))
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(is_so: Callable[[], bool], seconds: int = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.slow
def test_it_settles_what_is_due_and_ends_with_its_parent(tmp_path: Path) -> None:
    with machine_in(tmp_path / "site") as machine:
        tokens = machine.python(EXPIRED).split("\n")[-1].split(",")
        originals = [machine.folder / "private" / "originals" / f"{token}.jpg" for token in tokens]
        assert all(path.exists() for path in originals)
        command = f"{sys.executable} manage.py tick --every 1 & echo $!; exec sleep 300"
        parent = subprocess.Popen(
            ["/bin/sh", "-c", command],
            cwd=ROOT,
            env=machine.env,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert parent.stdout is not None
        tick = int(parent.stdout.readline())
        try:
            assert until(lambda: not any(path.exists() for path in originals))
            parent.kill()
            parent.wait()
            assert until(lambda: not is_alive(tick))
        finally:
            parent.stdout.close()
            if is_alive(tick):
                os.kill(tick, signal.SIGTERM)


@pytest.mark.django_db
def test_a_database_that_is_held_up_while_no_tree_is_open_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    tries: list[date] = []

    def renew(*, on: date) -> list[str]:
        tries.append(on)
        raise OperationalError("database is locked")

    monkeypatch.setattr(page_cache_builder, "rebuild", renew)
    monkeypatch.setattr(tick, "RETRY_DELAY", 0)
    monkeypatch.setattr(tick.Command, "tick", lambda self: None)
    monkeypatch.setattr(os, "getppid", lambda: len(tries) // 3)  # its parent is gone after three
    call_command("tick", every=60)
    assert len(tries) == 3
