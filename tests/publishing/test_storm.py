"""The site as it runs, two workers and the tick beside them: nobody is failed, and nothing is shown that is over.

`STORM=100000` asks so many times while pages change and workers die, `SOAK=1000000` so many times for the memory.
"""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.bench.peers import servers
from tests.bench.rows import storm
from tests.bench.rows.changes import seen_after, whole_after
from tests.bench.rows.memory import PATHS, RENDERED
from tests.bench.rows.publisher import ADDRESS, Publisher
from tests.bench.rows.readers import Known, Reader
from tests.isolated_sites import Machine, machine_in
from tests.template import in_postgresql

pytestmark = [pytest.mark.django_db, pytest.mark.full]
STORM, SOAK = int(os.environ.get("STORM", "500")), int(os.environ.get("SOAK", "4000"))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A site that is prepared as `make serve` does it."""
    with machine_in(tmp_path_factory.mktemp("storm")) as made:
        made.command("prepare")
        yield made


def besides(machine: Machine) -> dict[str, str]:
    """What the environment of this site holds besides its folder."""
    return {name: machine.env[name] for name in ("DATABASE_URL",) if name in machine.env}


def published(machine: Machine) -> list[str]:
    """The addresses in the tree."""
    found: list[str] = json.loads(servers.shell(machine.folder, PATHS, **besides(machine)).splitlines()[-1])
    return found


@pytest.mark.database
def test_in_a_storm_nobody_is_failed_and_nothing_is_shown_that_is_over(machine: Machine) -> None:
    rows = storm.rows(machine.folder, STORM, **besides(machine))
    assert [(row.name, row.found) for row in rows] == [(row.name, [0]) for row in rows]


@contextmanager
def away(machine: Machine) -> Iterator[None]:
    """The database is gone, with every connection to it."""
    if connection.vendor == "sqlite":
        file, hidden = machine.folder / "site.sqlite3", machine.folder / "hidden"
        hidden.mkdir()
        for one in machine.folder.glob(f"{file.name}*"):
            one.rename(hidden / one.name)
        file.mkdir()  # which no process can open, nor begin anew
        yield
        file.rmdir()
        for one in hidden.iterdir():
            one.rename(machine.folder / one.name)
        hidden.rmdir()
    else:
        in_postgresql(f'ALTER DATABASE "{machine.drop}" ALLOW_CONNECTIONS false')
        in_postgresql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{machine.drop}'")
        yield
        in_postgresql(f'ALTER DATABASE "{machine.drop}" ALLOW_CONNECTIONS true')


@contextmanager
def held_up(machine: Machine) -> Iterator[None]:
    """The database answers nobody who writes, nor on PostgreSQL who reads a page."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(machine.folder / "site.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        import psycopg2

        with closing(psycopg2.connect(machine.env["DATABASE_URL"])) as other, other.cursor() as cursor:
            cursor.execute("LOCK TABLE cms_page, cms_pagecontent, content_case IN ACCESS EXCLUSIVE MODE")
            yield


@pytest.mark.database
def test_a_database_that_is_slow_away_or_back_again_is_nothing_to_readers(machine: Machine) -> None:
    env = besides(machine)
    publisher = Publisher(machine.folder, **env)
    publisher.publish()
    machine.command("tick")
    paths = published(machine)
    assert ADDRESS in paths
    with servers.ours(machine.folder, "/", has_tick=True, **env) as server:
        with held_up(machine):
            assert {server.status(path) for path in paths} == {200}
        number, _, saved = publisher.publish()
        assert seen_after(server, number, saved) < 1
        whole_after(machine.folder, time.time(), most=60)
        publisher.close()
        with away(machine):
            for worker in server.workers():  # the next ones have no connection from before
                os.kill(worker, signal.SIGKILL)
            assert {server.status(path) for path in paths * 2} == {200}
            assert server.status("/before-and-after/?area=abdomen") == 200
            (machine.folder / "published" / "open").unlink()  # as a change does that was under way
            assert server.status(ADDRESS) == 200
            assert {server.status(path) for path in paths} <= {200, 503}  # it may have been a withdrawal
        whole_after(machine.folder, time.time(), most=60)
        assert f"Version {number}" in machine.python(
            "from cms.models import PageContent\nprint([one.title for one in PageContent.objects.all()])"
        )
        assert {server.status(path) for path in [*paths, "/search/?q=pain"]} == {200}


def test_memory_stays_as_it_is(machine: Machine) -> None:
    machine.command("tick")
    with servers.ours(machine.folder, "/", **besides(machine)) as server:
        asked(server, published(machine), SOAK // 4)
        before = server.memory()
        asked(server, published(machine), SOAK - SOAK // 4)
        after = server.memory()
    for (then, _), (now, _) in zip(before, after, strict=True):
        assert now < then * 1.05, (before, after)


def asked(server: servers.Server, paths: list[str], requests: int) -> None:
    """So many requests by four readers; one in twenty is for a page that nobody keeps."""
    often = paths * (1 + 19 * len(RENDERED) // len(paths)) + RENDERED
    readers = [Reader(server, often, Known(0, {}), requests // 4, seed) for seed in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [reader.found["failed"] for reader in readers] == [0] * 4
