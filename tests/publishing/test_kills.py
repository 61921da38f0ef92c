"""kill -9 while pages go live at their time, move and go offline; and two ticks at once: nothing is lost or done twice."""

import random
import time
from pathlib import Path

import pytest

from tests.isolated_sites import Machine, Started, machine_in
from tests.sizes import tries

pytestmark = [pytest.mark.database, pytest.mark.slow]

KILLS = tries(1, 3, "KILLS")
WORK = """
from datetime import timedelta
from content.publishing import offline, schedule, snapshots
from tests.factories import author, page_of_kind
from tests.publishing.pages import renamed
from django.utils import timezone
sys.stdout.write("ready\\n"); sys.stdout.flush()
number = 0
while True:
    number += 1
    draft = page_of_kind("clinic", slug=f"page-{os.getpid()}-{number}")
    now = timezone.now()
    schedule.schedule_publication(draft, user=author(), goes_live_at=now + timedelta(seconds=1), now=now)
    schedule.publish_due(now=now + timedelta(seconds=2))
    newer = renamed(draft, slug=f"moved-{os.getpid()}-{number}")
    if number % 2:
        offline.take_offline(newer, user=author(), now=timezone.now())
    print("round", flush=True)
"""
CHECK = """
from cms.models import PageContent
from content.ledger.writer import verify_chain
from content.models import Address, Entry, Schedule, Snapshot, SnapshotDue
from content.publishing import url_history
from django.test import Client
from django.utils import timezone
from tests.factories import author
browser = Client(headers={"host": "localhost"})
for one in url_history.published_contents():  # at once, before anything has tidied up
    assert Address.objects.get(path=one.path).page_id == one.page_id
    assert browser.get(url_history.url_for_path(one.path)).status_code == 200
for old in Address.objects.all():
    assert browser.get(url_history.url_for_path(old.path), follow=True).status_code == (200 if url_history.current_url(old.page_id) else 410)
for draft in PageContent.admin_manager.filter(versions__state="draft"):
    was_public = url_history.was_ever_public(draft.page_id)  # killed when a new draft was begun: its page has the address
    assert was_public or browser.get(f"/{draft.slug}/").status_code == 404
for one in PageContent.admin_manager.filter(slug__startswith="page-").exclude(versions__state="draft"):
    subject = f"{one.title} (page {one.page_id})"
    assert Entry.objects.filter(event="PAGE_PUBLISHED", subject=subject).count() == 1
call_command("tick")
assert not SnapshotDue.objects.exists()
for page_id in Address.objects.values_list("page_id", flat=True).distinct():
    newest = Snapshot.objects.filter(page_id=page_id).last()
    live = PageContent.objects.filter(page_id=page_id).first()
    assert newest.content_id == (live.pk if live else None)
    assert newest.was_offline == (live is None)
assert verify_chain()[0] is None
print(Address.objects.count())
"""
SET = """
from datetime import timedelta
from content.publishing import schedule
from tests.factories import author, page_of_kind
for number in range(6):
    draft = page_of_kind("clinic", slug=f"due-{number}")
    schedule.schedule_publication(draft, user=author(), goes_live_at=NOON + timedelta(seconds=1), now=NOON)
"""
RUN = """
from content.publishing import schedule
from datetime import timedelta
sys.stdout.write("ready\\n"); sys.stdout.flush()
sys.stdin.readline()
print(len(schedule.publish_due(now=NOON + timedelta(seconds=2))))
"""
ONCE = """
from content.models import Entry, Schedule
print(Entry.objects.filter(event="PAGE_PUBLISHED", subject__startswith="A clinic page").count(), Schedule.objects.count())
"""


def started(machine: Machine, code: str) -> Started:
    """A process of its own that has come as far as saying that it is ready."""
    process = machine.start(code)
    assert process.said() == "ready\n"
    return process


def test_killed_at_any_moment_nothing_public_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20260301)
    with machine_in(tmp_path / "machine") as machine:
        known = int(machine.python(CHECK).split()[-1])
        for _ in range(KILLS):
            process = started(machine, WORK)
            assert process.said() == "round\n"
            time.sleep(chance.uniform(0.2, 1.5))
            process.kill()
        assert int(machine.python(CHECK).split()[-1]) > known


def test_two_at_once_publish_each_page_once(tmp_path: Path) -> None:
    with machine_in(tmp_path / "machine") as machine:
        machine.python(SET)
        both = [started(machine, RUN) for _ in range(2)]
        for process in both:
            process.go_on()
        done = [int(process.wait()[1]) for process in both]
        assert sum(done) == 6
        assert machine.python(ONCE) == "6 0"
