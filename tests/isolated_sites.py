"""A site of its own for tests that kill, destroy and restore it: processes with a database and a folder to themselves."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from content.backup import archive

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import django, os, sys
from tests.conftest import pytest_configure
pytest_configure()
django.setup()
from django.core.management import call_command
from django.db import connection
from tests.factories import CaseFactory, NOON, on_the_shelf
from content.models import Case, Consent, Photo, EverPublic
from content.gallery.withdrawal import withdraw
{code}
"""

#: Loads all that the site is made of, which takes seconds, and does nothing with it but to be copied for each order.
LOADED = """
import django, json, os, sys
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
django.setup()
import tests.factories
for line in sys.stdin:
    sys.argv, out, err = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
for number, name in enumerate((os.devnull, out, err)):
    os.dup2(os.open(name, os.O_RDWR), number)
if sys.argv[0] == "-c":
    exec(sys.argv[1], {"__name__": "__main__"})
else:
    execute_from_command_line(sys.argv)
"""


class Loaded:
    """Python in this environment with the site loaded once; each run is a copy, which ends as any process does."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.process: subprocess.Popen[str] | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`manage.py` and a command, or `-c` and a program; one after the other."""
        if self.process is None:
            command, pipe = [sys.executable, "-c", LOADED], subprocess.PIPE
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdin=pipe, stdout=pipe, text=True)
        assert self.process.stdin
        assert self.process.stdout
        with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
            print(json.dumps([arguments, out.name, err.name]), file=self.process.stdin, flush=True)
            return subprocess.CompletedProcess(arguments, int(self.process.stdout.readline()), out.read(), err.read())

    def end(self) -> None:
        """Nothing of it is left."""
        if self.process is not None:
            self.process.communicate()


class Machine:
    """A site of its own in `folder`, on SQLite or on a database of its own in the PostgreSQL of this test run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
            "TIME_ZONE": "Europe/London",
        }
        self.env.pop("DATABASE_URL", None)
        self.loaded = Loaded(self.env)
        self.drop = ""
        kept = kept_for(folder)
        with (kept.with_suffix(".lock")).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                self.database(first := f"machine_{secrets.token_hex(4)}")
                self.command("migrate", "-v0")
                self.python("from content.seed import loader; loader.seed()")
                shutil.copytree(folder, fresh := kept.with_suffix(".new"))
                (fresh / "database").write_text(first)
                fresh.rename(kept)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        self.drop = f"machine_{secrets.token_hex(4)}"
        self.database(self.drop, template=(folder / "database").read_text())
        (folder / "database").unlink()

    def database(self, name: str, template: str = "") -> None:
        """On PostgreSQL, a database of this name, which may begin as another; on SQLite it is a file in the folder."""
        if connection.vendor == "postgresql":
            in_postgresql(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
            self.env["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
        self.loaded.end()
        self.loaded = Loaded(self.env)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python with these arguments, in this site's environment."""
        return self.loaded.run(*arguments)

    def command(self, *arguments: str) -> str:
        """What a command of manage.py says; it must succeed."""
        done = self.run("manage.py", *arguments)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """What a command of manage.py says when it refuses; it must."""
        done = self.run("manage.py", *arguments)
        assert done.returncode == 1
        return done.stderr

    def python(self, code: str) -> str:
        """What this code prints; it must succeed."""
        done = self.run("-c", SCRIPT.format(code=code))
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def state(self) -> tuple[str, str]:
        """A hash of every row of our own tables, and one of every file that a backup holds."""
        rows = self.python(
            "import hashlib\n"
            "from django.apps import apps\n"
            "found = [repr(sorted(map(repr, m.objects.values_list()))) for m in apps.get_app_config('content').get_models()]\n"
            "print(hashlib.sha256(''.join(found).encode()).hexdigest())"
        )
        files = hashlib.sha256()
        for folder in (*archive.FOLDERS, archive.WITHDRAWAL_JOURNAL):
            for path in sorted([self.folder / folder, *(self.folder / folder).rglob("*")]):
                if path.is_file():
                    files.update(str(path.relative_to(self.folder)).encode() + path.read_bytes())
        return rows, files.hexdigest()


def kept_for(folder: Path) -> Path:
    """Where this test run keeps the first site that it made, which takes a quarter of a minute; the others are copies."""
    run = next((one.parent for one in folder.parents if one.name.startswith("popen-")), folder.parent)
    return run / f"machine-{connection.vendor}"


def in_postgresql(statement: str) -> None:
    """Outside any transaction of a test, in which databases can be neither made nor dropped."""
    import psycopg2

    beside = psycopg2.connect(os.environ["DATABASE_URL"])
    beside.autocommit = True
    with beside.cursor() as cursor:
        cursor.execute(statement)
    beside.close()


@contextmanager
def machine_in(folder: Path) -> Iterator[Machine]:
    """One in this folder, its database dropped afterwards."""
    made = Machine(folder)
    try:
        yield made
    finally:
        made.loaded.end()
        if connection.vendor == "postgresql":
            in_postgresql(f'DROP DATABASE "{made.drop}" WITH (FORCE)')
