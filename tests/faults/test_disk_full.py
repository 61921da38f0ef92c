"""On a full disk staff are told so and what to do, readers read on, and a consent can still be withdrawn."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from clinic_site import disk_room
from content.gallery.withdrawal import finish_due
from content.models import Case, Consent, Request
from tests.factories import NOON, CaseFactory, page_of_kind
from tests.isolated_sites import ROOT, SCRIPT, machine_in
from tests.rendering import publish
from tests.staff.members import member
from tests.staff.sign_in import person, type_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database]
TOLD = "The server’s disk is full, and nothing was changed"
READER = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@contextmanager
def full_database() -> Iterator[None]:
    """Every write is refused as the database in use does on a full disk."""
    if connection.vendor == "sqlite":
        cause: Any = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorname = "SQLITE_FULL"
    else:
        from psycopg2.errors import DiskFull

        cause = DiskFull("could not extend file")
        cause.__setstate__({"pgcode": "53100"})

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("no room") from cause
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def free_bytes(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=count))
        yield


def test_signing_in_on_a_full_disk_says_so() -> None:
    person("nina")
    with full_database():
        reply = type_password(Client(raise_request_exception=False), "nina")
    assert reply.status_code == 503
    assert TOLD in reply.content.decode()
    assert "Tell whoever looks after the server" in reply.content.decode()


def test_asking_the_doctor_on_a_full_disk_says_so() -> None:
    draft = page_of_kind("topic")
    nurse = member("Nurse")
    nurse.raise_request_exception = False
    with full_database():
        reply = nurse.post(f"/staff/pages/{draft.pk}/ask/", {"note": "Please read it."})
    assert reply.status_code == 503
    assert TOLD in reply.content.decode()
    assert "no-store" in reply["Cache-Control"]
    connection.set_rollback(False)  # it was refused before the database was asked
    assert not Request.objects.exists()


def test_reader_is_not_told_of_the_server_and_loses_no_word() -> None:
    page = page_of_kind("clinic", title="Clear or not")
    publish(page)
    with full_database():
        reply = Client().post("/was-this-clear/", {"page": page.pk, "clear": "yes"}, headers=READER)
    assert reply.status_code == 503
    assert "could not be saved just now" in reply.content.decode()
    assert "disk" not in reply.content.decode()


def test_withdrawal_that_cannot_be_recorded_takes_effect_and_is_recorded_later(today: date) -> None:
    case, twin = CaseFactory(), CaseFactory()
    nurse = member("Nurse")
    nurse.get(f"/admin/content/consent/{case.consent.pk}/withdraw/")
    with full_database():
        reply = nurse.post(f"/admin/content/consent/{case.consent.pk}/withdraw/")
    assert "Nothing of it is public any more." in reply.content.decode()
    assert "nothing was changed" not in reply.content.decode()
    assert list(Case.objects.showable(today)) == [twin]
    finish_due(now=NOON, on=today)
    assert Consent.objects.get(pk=case.consent.pk).withdrawn_at == NOON
    assert Consent.objects.get(pk=twin.consent.pk).withdrawn_at is None


def test_readyz_says_that_staff_cannot_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    disk_room.keep_reserve()
    for free, can_edit in ((disk_room.WORK_BYTES, True), (disk_room.WORK_BYTES - 1, False)):
        with free_bytes(free, monkeypatch):
            reply = Client().get("/readyz")
        assert (reply.status_code, reply.json()) == (200, {"read": True, "edit": can_edit})


#: Runs on a disk of its own: `mount` gives it one in memory, or says that it can't.
ON_A_DISK = """
import errno, shutil
from pathlib import Path
var = Path(os.environ["VAR_DIR"])
shutil.copytree(var, f"{var}.copy")
if os.system(f"mount -t tmpfs -o size=64m tmpfs {var} 2>/dev/null"):
    print("NO DISK")
    sys.exit()
shutil.copytree(f"{var}.copy", var, dirs_exist_ok=True)

from datetime import timedelta
from django.conf import settings
from django.test import Client
from django.utils import timezone
from clinic_site import disk_room
from content.models import Clinic
from tests.publishing.wire import from_cache
from tests.staff.members import member
from tests.staff.sign_in import person, with_password

settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
today = timezone.localdate()
case = CaseFactory(consent__given_on=today, consent__expires_on=today + timedelta(days=99))
nurse = member("Nurse")
person("nina")
call_command("tick")
ready = lambda: Client().get("/readyz").json()
address = f"/before-and-after/{case.code}/"
assert ready() == {"read": True, "edit": True}
assert from_cache(address).status == 200

def fill():
    rest = os.open(var / "rest", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        while True:
            os.write(rest, b"x" * 4096)
    except OSError as error:
        assert error.errno == errno.ENOSPC
    os.close(rest)
fill()
assert ready() == {"read": True, "edit": False}
for number in range(500):
    try:
        Clinic.objects.update(postcode=f"{number}" * 3)
    except Exception:
        break
else:
    raise AssertionError("the disk was not full")
browser, reply = with_password("nina")
assert reply.status_code == 302, reply.content
assert not (var / "private" / "reserve").exists()
assert ready() == {"read": True, "edit": False}
reply = nurse.post(f"/admin/content/consent/{case.consent.pk}/withdraw/")
assert reply.status_code == 302, reply.content
assert from_cache(address) is None
assert Client().get(address).status_code == 410
assert Client().get("/").status_code == 200
assert ready() == {"read": True, "edit": False}
(var / "rest").unlink()
call_command("tick")
assert (var / "private" / "reserve").stat().st_size == disk_room.RESERVE_BYTES
assert ready() == {"read": True, "edit": True}
assert from_cache(address) is None
print("HELD")
"""


@pytest.mark.slow
def test_on_a_disk_that_is_full_indeed_staff_sign_in_and_withdraw(tmp_path: Path) -> None:
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    with machine_in(tmp_path / "var") as machine:
        command = [*apart, sys.executable, "-c", SCRIPT.format(code=ON_A_DISK)]
        done = subprocess.run(command, cwd=ROOT, env=machine.env, capture_output=True, text=True, check=False)
    if "NO DISK" in done.stdout or done.stderr.startswith("unshare:"):
        pytest.skip("This machine can't mount a disk of its own in memory.")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "HELD" in done.stdout
