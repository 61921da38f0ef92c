"""A power cut while the page cache is rebuilt: no reader gets an empty or a torn page, from Django or from nginx."""

import fcntl
import gzip
import hashlib
import http.client
import json
import os
import random
import secrets
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from tests.browser.conftest import Site, free_port
from tests.browser.nginx.conftest import Nginx, in_front_of
from tests.isolated_sites import Machine, machine_in
from tests.sizes import tries

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.full]
SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN: as if the power went, and nothing is written any more
#: Names reach the disk with the journal, every five seconds: just before the cut, or at the last such time.
AFTER_THE_JOURNAL, BEFORE_THE_JOURNAL = 1, 2
SKIPPED = "This machine can't mount an ext4 disk of its own: that needs root, mkfs.ext4 and a loop device."
BEGIN = """
from clinic_site.page_cache import store
from content.models import Clinic
from content.publishing import page_cache_builder
from django.utils import timezone
today = timezone.localdate()
"""
REBUILT = (
    BEGIN
    + """
import time
begun = time.monotonic()
page_cache_builder.rebuild(on=today)
print(time.monotonic() - begun)
"""
)
CHANGED = (
    BEGIN
    + """
from django.db import transaction
def change(name):
    with transaction.atomic():  # as every view does
        clinic = Clinic.objects.get()
        clinic.name = name
        clinic.save()
    page_cache_builder.rebuild(on=today)
change("{name}")
print("CHANGED", flush=True)
change("{name} again")
print("REBUILT", flush=True)
sys.stdin.readline()
"""
)
#: Prints the digest of what Django renders for each of these paths; Django's own front is asked here.
RENDERED = (
    BEGIN
    + """
import hashlib, json
from tests.publishing.wire import from_cache, render_now
digests = {{}}
for path in json.loads({paths!r}):
    body, got = render_now(path)[1], from_cache(path)
    assert got is None or (got.status, got.body) == (200, body), path
    digests[path] = hashlib.sha256(body).hexdigest()
print(json.dumps(digests))
"""
)
DECODED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Disk:
    """An ext4 disk in a file, whose power can be cut."""

    def __init__(self, folder: Path) -> None:
        self.image, self.root = folder / "image", folder / "disk"
        with self.image.open("wb") as file:
            file.truncate(96 * 1024 * 1024)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True)
        self.root.mkdir()
        self.mount()

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", str(self.image), str(self.root)], check=True, capture_output=True)

    def start_again(self) -> None:
        """What the disk holds now, as another disk: a mount that somebody has copied would keep the old one alive."""
        image = self.image.with_name(secrets.token_hex(4))
        shutil.copyfile(self.image, image)
        self.unmount()
        self.image.unlink()
        self.image = image
        self.mount()

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.root)], check=True)

    def cut(self, when: int) -> None:
        handle = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", when))
        finally:
            os.close(handle)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    try:
        disk = Disk(tmp_path)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(SKIPPED)
    yield disk
    disk.unmount()


def asked(nginx: Nginx, path: str, encoding: str) -> tuple[int, str, bytes]:
    """Return status, encoding and body of nginx' reply; a body that isn't kept in this encoding comes in another."""
    connection = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": encoding})
        reply = connection.getresponse()
        return reply.status, reply.getheader("Content-Encoding", ""), reply.read()
    finally:
        connection.close()


def kept_paths(machine: Machine) -> list[str]:
    """Every path for which nginx finds a file."""
    days = [day for day in (machine.folder / "published" / "open").glob("20*") if not day.is_symlink()]
    files = [(day, file) for day in days for file in day.rglob("*") if file.is_file() and file.name[0] != "."]
    names = {str(file.relative_to(day)).removesuffix(".gz").removesuffix(".br") for day, file in files}
    return sorted("/" + name.removesuffix("index.html") for name in names)


def whole_replies(machine: Machine, nginx: Nginx) -> int:
    """Assert that every 200 is what Django renders now, from files and through nginx; return how many nginx gave.

    nginx is asked first: Django's front ends a cache that it can't read as soon as it starts.
    """
    paths = kept_paths(machine)
    replies = {(path, encoding): asked(nginx, path, encoding) for path in paths for encoding in DECODED}
    digests = json.loads(machine.python(RENDERED.format(paths=json.dumps(paths))))
    for (path, _), (status, encoding, body) in replies.items():
        assert status in {200, 503}, (path, status)  # without a page nginx asks gunicorn, which isn't there
        if status == 200:
            assert body, (path, encoding)
            assert hashlib.sha256(DECODED[encoding](body)).hexdigest() == digests[path], (path, encoding)
    return sum(status == 200 for status, *_ in replies.values())


def test_power_cut_leaves_no_empty_or_torn_page(disk: Disk, tmp_path: Path) -> None:
    with machine_in(disk.root / "var") as machine:
        machine.python("call_command('tick')")
        seconds = float(machine.python(REBUILT.replace("begun = ", "store.invalidate(); begun = ")))
        site = Site(f"http://127.0.0.1:{free_port()}", machine.folder, tmp_path / "log")
        with in_front_of(site, tmp_path / "nginx") as nginx:
            for number in range(tries(2, 10, "CUTS")):
                working = machine.start(CHANGED.format(name=f"Cut {number}"))
                assert working.said() == "CHANGED\n"
                if number % 2:  # in the midst of it, else when all pages have just been kept
                    time.sleep(random.uniform(0, seconds * 1.5))
                else:
                    assert working.said() == "REBUILT\n"
                disk.cut(AFTER_THE_JOURNAL if number % 4 < 2 else BEFORE_THE_JOURNAL)
                working.kill()
                disk.start_again()
                served = whole_replies(machine, nginx)
                machine.python("call_command('tick')")
                assert whole_replies(machine, nginx) > 50, served
