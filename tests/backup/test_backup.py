"""A backup brings everything back as it was, loudly refuses what is damaged, and forgets no withdrawal."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from content.backup import archive, database
from content.images import storage
from content.models import Photo
from tests.factories import CaseFactory, on_the_shelf
from tests.isolated_sites import Machine, machine_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One for all tests of this module: each leaves it as it found it, or with more in it."""
    with machine_in(tmp_path_factory.mktemp("backup") / "site") as made:
        yield made


CASES = """
for n in range(2):
    case = CaseFactory(consent__reference=f'CODE-AAA{n + 2}')
    [on_the_shelf(kept.photo) for kept in case.case_photos.all()]
"""


@pytest.mark.database
def test_a_destroyed_site_comes_back_as_it_was_and_withdrawals_after_the_backup_hold(
    machine: Machine, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    machine.python(CASES.replace("CODE", "AAAA"))
    before = machine.state()
    assert "Backed up:" in machine.command("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0

    machine.python(
        "Case.objects.filter(consent__reference='AAAA-AAA2').update(device='Another')\nfor p in Photo.objects.all()[:2]:\n    import content.images.storage as s; s.delete(p.token)"
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
        "from content.ledger.writer import verify_chain\nassert verify_chain()[0] is None\nfrom content.ledger import triggers\nassert triggers.are_installed()"
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
@pytest.mark.database
def test_a_backup_without_an_original_says_so_instead_of_passing(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path / "var"
    case = CaseFactory()
    photos = list(Photo.objects.all())
    storage.delete(photos[1].token)
    with pytest.raises(database.BackupError, match="1 photographs have lost their original"):
        archive._check_photographs(site.VAR_DIR)
    on_the_shelf(photos[1])
    archive._check_photographs(site.VAR_DIR)
    assert case.pairs.count() == 1


@pytest.mark.database
def test_a_place_that_cannot_be_written_to_gets_a_sentence(machine: Machine, tmp_path: Path) -> None:
    said = machine.refused("backup", str(tmp_path / "no" / "such" / "folder.tar"))
    assert "The backup could not be written: No such file or directory." in said
    assert list(tmp_path.glob("*.tar*")) == []


@pytest.mark.database
def test_a_backup_holds_no_open_door_and_restoring_opens_none(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    machine.python(
        "from content.staff.accounts import one_time_links; from django.contrib.auth.models import User\n"
        "from django.contrib.sessions.backends.db import SessionStore; from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        "nina = User.objects.create(username='nina', is_staff=True); TOTPDevice.objects.create(user=nina)\n"
        "from django.utils import timezone\n"
        "one_time_links.create_link(nina, actor='olga', now=timezone.now(), has_lost_telephone=False)\n"
        "session = SessionStore(); session['a'] = 1; session.create()"
    )
    counted = (
        "from content.models import SignInLink; from django.contrib.sessions.models import Session\n"
        "from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        "print(SignInLink.objects.count(), Session.objects.count(), TOTPDevice.objects.filter(user__username='nina').count())"
    )
    assert machine.python(counted) == "1 1 1"
    machine.command("backup", str(file))
    assert machine.python(counted) == "1 1 1"
    said = machine.command("restore", str(file))
    assert machine.python(counted) == "0 0 1"
    assert "Everyone signs in anew." in said


@pytest.mark.database
def test_a_backup_cannot_tell_whom_an_answer_is_from_and_words_deleted_since_are_looked_for(
    machine: Machine, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    machine.python(
        "from content.feedback import limits; from content.models import Answer\n"
        "limits.count('192.0.2.1', 7, NOON)\n"
        "Answer.objects.create(page_id=7, content_id=7, is_clear=False, words='I am Jane Roe', answered_on=NOON.date())"
    )
    counted = (
        "from content.models import Answer, Counter, DayKey\n"
        "print(DayKey.objects.count(), Counter.objects.count(), Answer.objects.exclude(words='').count())"
    )
    machine.command("backup", str(file))
    assert machine.python(counted) == "1 3 1"
    machine.python("from content.models import Answer\nAnswer.objects.update(words='')")
    said = machine.command("restore", str(file))
    assert machine.python(counted) == "0 0 1"
    assert "Words of readers that were deleted since are here again" in said
    machine.python(
        "from content.feedback import answers; from datetime import date\nanswers.delete_expired_words(date(2099, 1, 1))"
    )
    assert machine.python(counted) == "0 0 0"
