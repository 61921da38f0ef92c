"""A backup brings everything back as it was, loudly refuses what is damaged, and forgets no withdrawal."""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection

from content.backup import archive, database
from content.models import Photo
from tests.factories import CaseFactory, on_the_shelf

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import django, os, sys
django.setup()
from django.core.management import call_command
from django.db import connection
from tests.factories import CaseFactory, NOON, on_the_shelf
from content.models import Case, Consent, Photo, EverPublic
from content.gallery.withdrawal import withdraw
{code}
"""


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
        self.drop = ""
        if connection.vendor == "postgresql":
            has = connection.settings_dict
            self.drop = name = f"backup_{os.getpid()}_{folder.name}".replace("-", "_").lower()[:60]
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
            password = f":{has['PASSWORD']}" if has["PASSWORD"] else ""
            self.env["DATABASE_URL"] = (
                f"postgres://{has['USER']}{password}@{has['HOST'] or 'localhost'}:{has['PORT'] or 5432}/{name}"
            )
        self.command("migrate", "-v0")
        self.python("from content.seed import loader; loader.seed()")

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def refused(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        return done.stderr

    def python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(code=code)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
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
        for folder in (*archive.FOLDERS, archive.WITHDRAWN):
            for path in sorted([self.folder / folder, *(self.folder / folder).rglob("*")]):
                if path.is_file():
                    files.update(str(path.relative_to(self.folder)).encode() + path.read_bytes())
        return rows, files.hexdigest()


@pytest.fixture(scope="module")
def machine(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, django_db_setup: None
) -> Iterator[Machine]:
    """One for all tests of this module: each leaves it as it found it, or with more in it."""
    with django_db_blocker.unblock():  # outside any transaction: databases can't be made inside one
        made = Machine(tmp_path_factory.mktemp("backup") / "site")
        yield made
        if made.drop:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{made.drop}" WITH (FORCE)')


CASES = """
for n in range(2):
    case = CaseFactory(consent__reference=f'CODE-AAA{n + 2}')
    [on_the_shelf(kept.photo) for kept in case.case_photos.all()]
"""


def test_a_destroyed_site_comes_back_as_it_was_and_withdrawals_after_the_backup_hold(
    machine: Machine, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    machine.python(CASES.replace("CODE", "AAAA"))
    before = machine.state()
    assert "Backed up:" in machine.command("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0

    machine.python(
        "Case.objects.filter(consent__reference='AAAA-AAA2').update(device='Another')\nfor p in Photo.objects.all()[:2]:\n    import content.images.shelf as s; s.discard(p.token)"
    )
    assert machine.state() != before
    machine.command("restore", str(file))
    assert machine.state() == before

    machine.python("withdraw(Consent.objects.get(reference='AAAA-AAA2'), actor='reception', now=NOON)")
    said = machine.command("restore", str(file))
    assert "was withdrawn before and is withdrawn again" in said
    shown = machine.python(
        "from tests.factories import DAY\nprint([c.consent.reference for c in Case.objects.showable(DAY)])"
    )
    assert "AAAA-AAA3" in shown
    assert "AAAA-AAA2" not in shown
    machine.python(
        "from content.ledger.writer import first_break\nassert first_break()[0] is None\nfrom content.ledger import guard\nassert guard.is_installed()"
    )


def test_a_backup_that_is_damaged_cut_or_no_backup_is_refused_and_nothing_changes(
    machine: Machine, tmp_path: Path
) -> None:
    file, bad = tmp_path / "all.tar", tmp_path / "bad.tar"
    machine.python(CASES.replace("CODE", "BBBB"))
    machine.command("backup", str(file))
    before = machine.state()
    whole = file.read_bytes()
    with tarfile.open(file) as packed:
        member = next(one for one in packed if one.name.startswith("private/originals/"))
    flipped = bytearray(whole)
    flipped[member.offset_data + member.size // 2] ^= 1
    missing = io.BytesIO()
    with tarfile.open(file) as packed, tarfile.open(fileobj=missing, mode="w") as out:
        for one in packed:
            if one.name != member.name:
                out.addfile(one, packed.extractfile(one))
    for data, words in (
        (bytes(flipped), f"is damaged at {member.name}"),
        (missing.getvalue(), "is not whole"),
        (whole[: len(whole) // 2], "can't be read as a backup"),
        (b"not a backup", "can't be read as a backup"),
    ):
        bad.write_bytes(data)
        said = machine.refused("restore", str(bad))
        assert words in said
        assert "Traceback" not in said
        assert machine.state() == before


def test_a_backup_goes_nowhere_outside_its_folder(machine: Machine, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as out:
        info = tarfile.TarInfo("../../escaped.txt")
        info.size = 3
        out.addfile(info, io.BytesIO(b"out"))
    before = machine.state()
    assert "can't be read as a backup" in machine.refused("restore", str(evil))
    assert not list(tmp_path.rglob("escaped.txt"))
    assert machine.state() == before


@pytest.mark.django_db
def test_a_backup_without_an_original_says_so_instead_of_passing(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path / "var"
    case = CaseFactory()
    photos = list(Photo.objects.all())
    on_the_shelf(photos[0])
    with pytest.raises(database.BackupError, match="1 photographs have lost their original"):
        archive._check_photographs(site.VAR_DIR)
    on_the_shelf(photos[1])
    archive._check_photographs(site.VAR_DIR)
    assert case.pairs.count() == 1


def test_a_place_that_cannot_be_written_to_gets_a_sentence(machine: Machine, tmp_path: Path) -> None:
    said = machine.refused("backup", str(tmp_path / "no" / "such" / "folder.tar"))
    assert "The backup could not be written: No such file or directory." in said
    assert list(tmp_path.glob("*.tar*")) == []
