"""A killed backup or restore leaves nothing behind, and nobody else can read what one works with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.isolated_sites import Machine, machine_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.database]
WAITING = """
from pathlib import Path
from content.backup import archive, database
def wait(*_, **__):
    print("READY", flush=True)
    sys.stdin.readline()
"""
BACKUP = WAITING + "archive._pack = wait\narchive.create_backup(Path({file!r}))\n"
RESTORE = WAITING + "archive.database.restore = wait\narchive.restore(Path({file!r}), now=NOON, on=NOON.date())\n"
CASE = """
case = CaseFactory()
[on_the_shelf(kept.photo) for kept in case.case_photos.all()]
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine_in(tmp_path_factory.mktemp("work") / "site") as made:
        made.python(CASE)
        yield made


def work_folders(machine: Machine) -> list[Path]:
    private = machine.folder / "private"
    return [*private.glob("tmp*"), *private.glob("working-*")]


def test_killed_backup_leaves_nothing(machine: Machine, tmp_path: Path) -> None:
    backup = machine.start(BACKUP.format(file=str(tmp_path / "all.tar")))
    assert backup.said() == "READY\n"
    (folder,) = work_folders(machine)
    (unfinished,) = tmp_path.iterdir()
    assert [path.stat().st_mode & 0o077 for path in (folder, folder.parent, unfinished)] == [0, 0, 0]
    machine.command("tick")
    assert work_folders(machine) == [folder]  # at work
    assert unfinished.exists()
    backup.kill()
    assert "deleted what killed backups or restores left: 1" in machine.command("tick")
    assert work_folders(machine) == []
    assert list(tmp_path.iterdir()) == []


def test_killed_restore_leaves_nothing_and_can_be_done_again(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    machine.command("backup", str(file))
    before = machine.state()
    restore = machine.start(RESTORE.format(file=str(file)))
    assert restore.said() == "READY\n"
    (folder,) = work_folders(machine)
    assert folder.stat().st_mode & 0o077 == 0
    restore.kill()
    machine.command("tick")
    assert work_folders(machine) == []
    machine.command("restore", str(file))
    assert machine.state() == before
    private = [machine.folder / "private", *(machine.folder / "private").glob("*/")]
    assert {str(path): path.stat().st_mode & 0o077 for path in private if path.stat().st_mode & 0o077} == {}


def test_what_an_earlier_release_left_goes_too(machine: Machine) -> None:
    old = machine.folder / "private" / "tmpabc123"
    (old / "private").mkdir(parents=True)
    (old / "database.sqlite3").write_bytes(b"rows")
    machine.command("tick")
    assert work_folders(machine) == []
