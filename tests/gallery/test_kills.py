"""kill -9 while cases are approved and withdrawn: afterwards nothing is half-done that a reader could see."""

import random
import time
from pathlib import Path

import pytest

from tests.isolated_sites import Machine, machine_in
from tests.sizes import tries

pytestmark = [pytest.mark.database, pytest.mark.slow]

KILLS = tries(2, 5, "KILLS")
WORK = """
from content.gallery.approval import approve
from tests.factories import DAY
while True:
    case = CaseFactory(approved_at=None)
    [on_the_shelf(kept.photo) for kept in case.case_photos.all()]
    approve(case, actor="doctor", now=NOON, on=DAY)
    withdraw(case.consent, actor="reception", now=NOON)
    print("withdrawn", flush=True)
"""
CHECK = """
from content.consent.withdrawal_journal import references
from content.gallery.withdrawal import finish_due
from content.images import storage
from content.ledger.models import Entry
from content.ledger.writer import verify_chain
from django.test import Client
from tests.factories import DAY
def over():
    return Consent.objects.exclude(withdrawn_at=None)
for consent in over():  # at once, before anything has tidied up
    assert not Case.objects.showable(DAY).filter(consent=consent).exists()
    assert consent.reference in references()
    assert Entry.objects.filter(event="CONSENT_WITHDRAWN", subject=consent.reference).count() == 1
for case in Case.objects.exclude(approved_at=None):
    assert EverPublic.objects.filter(name=case.code).exists()
    assert Entry.objects.filter(event="CASE_APPROVED", subject=case.code).exists()
finish_due(now=NOON, on=DAY)
assert set(over().values_list("reference", flat=True)) == references()
for case in Case.objects.filter(consent__in=over()):
    assert Client(headers={"host": "localhost"}).get(f"/before-and-after/{case.code}/").status_code == 410
    for kept in case.case_photos.all():
        assert not storage.is_outside_quarantine(kept.photo.token)
for case in Case.objects.showable(DAY):
    assert all(storage.original_path(kept.photo.token).exists() for kept in case.case_photos.all())
assert verify_chain()[0] is None
print(over().count())
"""


def killed_at_some_moment(machine: Machine, chance: random.Random) -> None:
    """Approve and withdraw one case after another until the process is killed."""
    process = machine.start(WORK)
    assert process.said() == "withdrawn\n"
    time.sleep(chance.uniform(0.05, 0.5))
    process.kill()


def test_a_kill_at_any_moment_leaves_nothing_half_withdrawn(tmp_path: Path) -> None:
    chance = random.Random(24)
    with machine_in(tmp_path / "site") as machine:
        seen = 0
        for _ in range(KILLS):
            killed_at_some_moment(machine, chance)
            before, seen = seen, int(machine.python(CHECK).split()[-1])
            assert seen > before, "nothing was withdrawn before the kill"
