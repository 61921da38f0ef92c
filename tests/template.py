"""The database that tests begin with: migrated, with the first content, its index and the roles; made once, then copied.

It is made anew when anything changes that its rows depend on: the code, the packages, or the day. The tables without
rows, which take longest, are made anew only with the migrations and the packages.
"""

import fcntl
import functools
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / ".pytest_cache" / "first-content"
TABLES = ("requirements.txt", "content/**/migrations/*.py")
ROWS = ("content/**/*", "clinic_site/**/*", "templates/**/*", "tests/template.py")
MOST = 6  # files that are kept; the oldest go
BEGIN = """
import django
from tests.conftest import pytest_configure
pytest_configure()
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)  # with tables that are there: what follows every migration, such as triggers
"""
FILL = """
from content.search import index
from content.seed import loader
from content.staff.accounts.roles import set_up_groups
loader.seed()
index.rebuild_if_outdated()
set_up_groups()
"""


def files(patterns: Iterable[str]) -> list[Path]:
    """All files that match, but what Python has compiled."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


def digest(patterns: Iterable[str], more: str = "") -> str:
    """A word for what all files that match hold."""
    found = hashlib.sha256(f"{sys.version}{more}".encode())
    for path in files(patterns):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@functools.cache
def migrated() -> str:
    """The name of the template with the tables alone, which is there afterwards."""
    tables = f"tables_{digest(TABLES)}"
    with locked():
        if not exists(tables):
            make(tables, BEGIN)
    return tables


@functools.cache
def filled() -> str:
    """The name of the template with the first content, which is there afterwards."""
    tables = migrated()
    rows = f"rows_{digest(ROWS, f'{tables} {date.today()}')}"  # noqa: DTZ011  the day on which the rows were made
    with locked():
        if not exists(rows):
            make(rows, BEGIN + FILL, of=tables)
    return rows


@contextmanager
def locked() -> Iterator[None]:
    """Of several workers, one makes a template and the others wait."""
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(name: str, code: str, of: str = "") -> None:
    """A template of this name, by code that runs on a new database or on a copy of another template."""
    half = f"{name}_half"
    remove(half)
    if of:
        copy(of, half)
    elif connection.vendor == "postgresql":
        in_postgresql(f'CREATE DATABASE "{half}"')
    with tempfile.TemporaryDirectory() as var:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
            "VAR_DIR": var,
            "DATABASE_URL": url(half),
        }
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
    if connection.vendor == "postgresql":
        in_postgresql(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    else:
        file(half).rename(file(name))
        for old in sorted(STORE.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-MOST]:
            old.unlink()


def file(name: str) -> Path:
    """Where SQLite's template of this name lies."""
    return STORE / f"{name}.sqlite3"


def url(name: str) -> str:
    """The DATABASE_URL of this template, or of another database beside it in PostgreSQL."""
    if connection.vendor == "postgresql":
        return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    return f"sqlite:///{quote(str(file(name)))}"


def exists(name: str) -> bool:
    """Whether there is a template of this name."""
    if connection.vendor == "postgresql":
        return bool(in_postgresql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))
    return file(name).exists()


def remove(name: str) -> None:
    """Nothing of this name is left."""
    if connection.vendor == "postgresql":
        in_postgresql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    else:
        for path in STORE.glob(f"{name}.sqlite3*"):
            path.unlink()


def copy(name: str, to: str) -> None:
    """This template under another name."""
    if connection.vendor == "postgresql":
        in_postgresql(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')
    else:
        shutil.copyfile(file(name), file(to))


def into(name: str, other: sqlite3.Connection) -> None:
    """All of SQLite's template of this name, through a connection to another database."""
    with closing(sqlite3.connect(file(name))) as source:
        source.backup(other)


def in_postgresql(statement: str) -> list[Any]:
    """What it answers, outside any transaction, in which databases can be neither made nor dropped."""
    import psycopg2

    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as beside:
        beside.autocommit = True
        with beside.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def copied_for_tests() -> Iterator[None]:
    """Django's connection leads to a copy of its own of the template; on PostgreSQL it is dropped afterwards."""
    name = filled()
    if connection.vendor == "postgresql":
        mine = connection.creation._get_test_db_name()
        remove(mine)
        copy(name, mine)
    else:
        mine = f"file:{connection.alias}?mode=memory&cache=shared"
    connection.close()
    connection.settings_dict["NAME"] = mine
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        into(name, connection.connection)
    yield
    connection.close()
    if connection.vendor == "postgresql":
        remove(mine)
