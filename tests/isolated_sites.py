"""A site of its own for tests that kill, destroy and restore it: processes with a database and a folder to themselves."""

import atexit
import functools
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from content.backup import archive
from tests import template

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
from content.publishing import page_cache_builder
page_cache_builder.BROTLI_QUALITY = 1
from content.wording import required_parts
required_parts.MAIN_SLOTS = {{}}
{code}
"""

#: Loads all that the site is made of, which takes seconds, and does nothing with it but to be copied for each order.
LOADED = """
import django, importlib, json, os, sys
from django.core.management import execute_from_command_line
django.setup()
import tests.factories

def become(env):
    from django.db import connections
    from django.test.utils import override_settings
    os.environ.clear()
    os.environ.update(env)
    read = importlib.reload(sys.modules["clinic_site.settings"])
    names = ("VAR_DIR", "STATIC_ROOT", "STORAGES", "SECRET_KEY")
    override_settings(**{name: getattr(read, name) for name in names}).enable()
    connections.settings["default"].update(read.DATABASES["default"])

for line in sys.stdin:
    order = json.loads(line)
    if "wait" in order:
        print(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]), flush=True)
        continue
    files = [os.open(name, how) for name, how in zip(order["files"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY))]
    child = os.fork()
    if not child:
        break
    for file in files:
        os.close(file)
    print(child, flush=True)
else:
    sys.exit()
for number, file in enumerate(files):
    os.dup2(file, number)
    os.close(file)
become(order["env"])
sys.argv = order["arguments"]
if sys.argv[0] == "-c":
    exec(sys.argv[1], {"__name__": "__main__"})
else:
    execute_from_command_line(sys.argv)
"""


class Started:
    """A copy of the loaded site at work, with a way to write to it and to read what it prints."""

    def __init__(self, env: dict[str, str], arguments: tuple[str, ...], err: str) -> None:
        (theirs_in, ours_in), (ours_out, theirs_out) = os.pipe(), os.pipe()
        here = f"/proc/{os.getpid()}/fd"
        self.pid = loaded(
            {"files": [f"{here}/{theirs_in}", f"{here}/{theirs_out}", err], "env": env, "arguments": arguments}
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.stdin, self.stdout = os.fdopen(ours_in, "w"), os.fdopen(ours_out)

    def said(self) -> str:
        """The next line that it prints."""
        return self.stdout.readline()

    def go_on(self) -> None:
        """Give it the line that it waits for."""
        print("now", file=self.stdin, flush=True)

    def kill(self) -> None:
        """As kill -9 does; nothing of it is left."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> tuple[int, str]:
        """How it ended, negative where a signal ended it, and the rest of what it printed."""
        with self.stdin, self.stdout:
            rest = self.stdout.read()
        return loaded({"wait": self.pid}), rest


def loaded(order: dict[str, Any]) -> int:
    """What the process that has loaded the site, which is started for the first of them, answers to this order."""
    process = _loader()
    assert process.stdin
    assert process.stdout
    print(json.dumps(order), file=process.stdin, flush=True)
    return int(process.stdout.readline())


@functools.cache
def _loader() -> "subprocess.Popen[str]":
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "clinic_site.settings", "VAR_DIR": tempfile.mkdtemp()}
    command, pipe = [sys.executable, "-c", LOADED], subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, text=True)
    atexit.register(process.communicate)  # which closes its input, so that it ends
    return process


def run(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` and a command, or `-c` and a program, in this environment and a copy of the loaded site."""
    with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
        pid = loaded({"files": [os.devnull, out.name, err.name], "env": env, "arguments": arguments})
        return subprocess.CompletedProcess(arguments, loaded({"wait": pid}), out.read(), err.read())


class Machine:
    """A site of its own in `folder`, on SQLite or on a database of its own in the PostgreSQL of this test run.

    `first` is the template that its database is a copy of.
    """

    def __init__(self, folder: Path, first: str) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
            "TIME_ZONE": "Europe/London",
        }
        self.env.pop("DATABASE_URL", None)
        self.drop = f"machine_{secrets.token_hex(4)}"
        folder.mkdir(parents=True, exist_ok=True)
        if connection.vendor == "postgresql":
            template.copy(first, self.drop)
            self.env["DATABASE_URL"] = template.url(self.drop)
        else:
            shutil.copyfile(template.file(first), folder / "site.sqlite3")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python with these arguments, in this site's environment."""
        return run(self.env, *arguments)

    def start(self, code: str) -> Started:
        """This code at work in this site's environment."""
        return Started(self.env, ("-c", SCRIPT.format(code=code)), os.devnull)

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


@contextmanager
def machine_in(folder: Path, first: str = "") -> Iterator[Machine]:
    """One in this folder, with the first content unless another template is named; its database is dropped afterwards."""
    made = Machine(folder, first or template.filled())
    try:
        yield made
    finally:
        if connection.vendor == "postgresql":
            template.remove(made.drop)
