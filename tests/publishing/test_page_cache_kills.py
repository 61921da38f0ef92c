"""kill -9 at the worst instants, a disk that is full, a change that is slow to commit: no process reads what is over."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.isolated_sites import ROOT, SCRIPT, Machine, machine_in

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
BEGIN = """
from clinic_site.page_cache import store
from content.models import Clinic
from content.publishing import page_cache_builder, internal_client
from django.db import transaction
from django.utils import timezone
from tests.publishing.wire import fresh, from_tree
GALLERY = "/before-and-after/"
today = timezone.localdate()
def die():
    os.kill(os.getpid(), 9)
"""
CASE = """
from datetime import timedelta
case = CaseFactory(consent__given_on=today, consent__expires_on=today + timedelta(days=99))
page_cache_builder.rebuild(on=today)
assert from_tree(f"{GALLERY}{case.code}/"), store.active_name()
print(case.code)
"""
WITHDRAWN_AND_KILLED = """
case = Case.objects.get(code="{code}")
with transaction.atomic():
    withdraw(case.consent, actor="reception", now=timezone.now())
    transaction.on_commit(die)
"""
KILLED_IN_A_CHANGE = """
with transaction.atomic():
    clinic = Clinic.objects.get()
    clinic.name = "Never"
    clinic.save()
    die()
"""
KILLED_WHILE_RENEWING = """
ask, left = internal_client.get, [5]
def asked(url):
    left[0] -= 1
    if not left[0]:
        die()
    return ask(url)
internal_client.get = asked
page_cache_builder.rebuild(on=today)
"""
SLOW = """
import time
with transaction.atomic():
    clinic = Clinic.objects.get()
    clinic.name = "Slow to commit"
    clinic.save()
    print("CHANGED", flush=True)
    sys.stdin.readline()
    time.sleep(1.5)
"""
RENEWED = """
print("READY", flush=True)
page_cache_builder.rebuild(on=today)
body = from_tree("/").body
assert b"Slow to commit" in body
assert body == fresh("/")[1]
"""
FULL = """
import errno, pathlib
root = store.root()
root.mkdir(exist_ok=True)
is_small = "MAY_MOUNT" in os.environ and os.system(f"mount -t tmpfs -o size=6m tmpfs {root} 2>/dev/null") == 0
page_cache_builder.rebuild(on=today)
assert from_tree("/")
write_bytes, rest = pathlib.Path.write_bytes, root / "rest"
def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
try:
    rest.write_bytes(b"x" * 6_000_000)
    assert not is_small
    pathlib.Path.write_bytes = full
except OSError as error:
    assert error.errno == errno.ENOSPC
clinic = Clinic.objects.get()
clinic.name = "With a full disk"
clinic.save()
assert from_tree("/") is None and b"With a full disk" in fresh("/")[1]
try:
    page_cache_builder.rebuild(on=today)
except OSError as error:
    assert error.errno == errno.ENOSPC
else:
    raise AssertionError("the disk was not full")
assert from_tree("/") is None and store.invalidated_at() is not None
pathlib.Path.write_bytes = write_bytes
rest.unlink()
page_cache_builder.rebuild(on=today)
for url in ("/", GALLERY, "/sitemap.xml"):
    assert from_tree(url).body == fresh(url)[1], url
assert all(file.stat().st_size for file in (root / "trees").rglob("*") if file.is_file())
"""
TRUE = """
for url in ("/", GALLERY, f"{GALLERY}{code}/", "/sitemap.xml"):
    got = from_tree(url)
    assert got is None or (got.status, got.body) == fresh(url), url
"""


def killed(machine: Machine, code: str) -> None:
    done = machine.run("-c", SCRIPT.format(code=BEGIN + code))
    assert done.returncode == -9, done.stderr[-2000:]


def test_whatever_is_killed_no_reader_gets_what_is_over(tmp_path: Path) -> None:
    with machine_in(tmp_path) as machine:
        code = machine.python(BEGIN + CASE)
        true = BEGIN + f'code = "{code}"\n' + TRUE

        killed(machine, KILLED_IN_A_CHANGE)
        machine.python(true + 'assert from_tree("/") is None\n')
        machine.python(BEGIN + "page_cache_builder.rebuild(on=today)\nassert from_tree('/')\n")

        killed(machine, WITHDRAWN_AND_KILLED.format(code=code))
        machine.python(true + 'assert from_tree(GALLERY) is None\nassert from_tree(f"{GALLERY}{code}/") is None\n')

        killed(machine, KILLED_WHILE_RENEWING)
        machine.python(true)
        machine.python(BEGIN + 'call_command("tick")')
        machine.python(
            true
            + 'assert code not in from_tree(GALLERY).body.decode()\nassert from_tree(f"{GALLERY}{code}/") is None\n'
        )


def test_a_renewal_waits_for_a_change_that_is_under_way(tmp_path: Path) -> None:
    with machine_in(tmp_path) as machine:
        machine.python(BEGIN + "page_cache_builder.rebuild(on=today)\nassert from_tree('/')\n")
        slow = machine.start(BEGIN + SLOW)
        assert slow.said() == "CHANGED\n"
        renewing = machine.start(BEGIN + RENEWED)
        assert renewing.said() == "READY\n"
        slow.go_on()
        assert renewing.wait() == (0, "")
        assert slow.wait() == (0, "")


def test_a_disk_that_is_full_is_nothing_to_readers_and_heals(tmp_path: Path) -> None:
    """A small disk of its own; where none may be mounted, writes that fail as they do on a full one."""
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    asked = [*apart, "true"]
    may_mount = shutil.which("unshare") and subprocess.run(asked, check=False, capture_output=True).returncode == 0
    with machine_in(tmp_path) as machine:
        env = machine.env | ({"MAY_MOUNT": "1"} if may_mount else {})
        command = [*(apart if may_mount else []), sys.executable, "-c", SCRIPT.format(code=BEGIN + FULL)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
