"""A backup brings everything back as it was, loudly refuses what is damaged, and forgets no withdrawal."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection

from content.backup import archive, database
from content.images import storage
from content.models import Photo
from tests.factories import CaseFactory, on_the_shelf
from tests.isolated_sites import SCRIPT, Machine, machine_in

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
    output = machine.command("restore", str(file))
    assert "was withdrawn before and is withdrawn again" in output
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
        output = machine.refused("restore", str(bad))
        assert words in output
        assert "Traceback" not in output
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
    output = machine.refused("backup", str(tmp_path / "no" / "such" / "folder.tar"))
    assert "The backup could not be written: No such file or directory." in output
    assert list(tmp_path.glob("*.tar*")) == []


@pytest.mark.database
def test_backup_holds_no_session_link_or_unsaved_text_and_restoring_revives_none(
    machine: Machine, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    machine.python(
        "from content.staff.accounts import one_time_links; from django.contrib.auth.models import User\n"
        "from django.contrib.sessions.backends.db import SessionStore; from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        "nina = User.objects.create(username='nina', is_staff=True); TOTPDevice.objects.create(user=nina)\n"
        "from django.utils import timezone\n"
        "one_time_links.create_link(nina, actor='olga', now=timezone.now(), has_lost_telephone=False)\n"
        "session = SessionStore(); session['a'] = 1; session.create()\n"
        "from content.models import Autosave; Autosave.objects.create(user=nina, typed_at=timezone.now())"
    )
    counted = (
        "from content.models import Autosave, SignInLink; from django.contrib.sessions.models import Session\n"
        "from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        "print(SignInLink.objects.count(), Session.objects.count(), Autosave.objects.count())\n"
        "print(TOTPDevice.objects.filter(user__username='nina').count())"
    )
    assert machine.python(counted).split() == ["1", "1", "1", "1"]
    machine.command("backup", str(file))
    assert machine.python(counted).split() == ["1", "1", "1", "1"]
    output = machine.command("restore", str(file))
    assert machine.python(counted).split() == ["0", "0", "0", "1"]
    assert "Everyone signs in anew." in output


PEOPLE = """
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.utils import timezone
from content.models import Telephone
from content.staff.accounts import second_factor
otto = User.objects.create(username='otto', is_staff=True, is_superuser=True)
device = Telephone.objects.create(user=otto)
codes = second_factor.generate_recovery_codes(otto, now=timezone.now())
if connection.vendor == 'sqlite':
    connection.cursor().execute('PRAGMA secure_delete = OFF')  # some builds of SQLite have it on
for number in range(300):
    AccessAttempt.objects.create(username=f'my dog Rex {number}', ip_address='192.0.2.77', user_agent='Firefox 151', failures_since_start=1)
AccessAttempt.objects.exclude(username__endswith='97').delete()
print(device.bin_key.hex(), *(code.replace('-', '') for code in codes))
"""


@pytest.mark.database
def test_a_backup_holds_no_typed_user_name_no_key_and_no_code(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    secrets = machine.python(PEOPLE).split()
    assert len(secrets) == 11
    key = (machine.folder / "second-factor.key").read_bytes()
    machine.command("backup", str(file))
    whole = file.read_bytes()
    for secret in (b"my dog Rex", b"192.0.2.77", b"Firefox 151", key, *(one.encode() for one in secrets)):
        assert secret.lower() not in whole.lower()
    kept = "from axes.models import AccessAttempt; print(AccessAttempt.objects.count())"
    assert machine.python(kept) == "3"
    machine.command("restore", str(file))
    assert machine.python(kept) == "0"


@pytest.mark.database
def test_a_backup_restored_without_the_key_offers_the_owner_a_link(machine: Machine, tmp_path: Path) -> None:
    file, key = tmp_path / "all.tar", machine.folder / "second-factor.key"
    machine.python("from content.models import Telephone; Telephone.objects.all().delete()")
    machine.python(PEOPLE.replace("otto", "olga"))
    machine.command("backup", str(file))
    assert "sign_in_link" not in machine.command("restore", str(file))
    kept = key.read_bytes()
    key.unlink()
    output = machine.command("restore", str(file))
    assert "manage.py sign_in_link olga --lost-telephone" in output
    assert "Within 24 hours, once:" in machine.command("sign_in_link", "olga", "--lost-telephone")
    key.write_bytes(kept)
    assert "sign_in_link" not in machine.command("restore", str(file))


@pytest.mark.database
def test_backup_links_no_answer_to_an_address_and_holds_no_deleted_words(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    machine.python(
        "from content.feedback import limits; from content.models import Answer, IdempotencyKey\n"
        "limits.count('192.0.2.1', 7, NOON)\n"
        "IdempotencyKey.objects.create(digest='0' * 64, location='/was-this-clear/words/?receipt=x', made_at=NOON)\n"
        "Answer.objects.create(page_id=7, content_id=7, is_clear=False, words='I am Jane Roe', answered_on=NOON.date())"
    )
    counted = (
        "from content.models import Answer, Counter, DayKey, IdempotencyKey\n"
        "links = DayKey.objects.count(), Counter.objects.count(), IdempotencyKey.objects.count()\n"
        "print(*links, Answer.objects.exclude(words='').count())"
    )
    machine.command("backup", str(file))
    assert machine.python(counted) == "1 3 1 1"
    machine.python("from content.models import Answer\nAnswer.objects.update(words='')")
    output = machine.command("restore", str(file))
    assert machine.python(counted) == "0 0 0 1"
    assert "Words of readers that were deleted since are here again" in output
    machine.python(
        "from content.feedback import answers; from datetime import date\nanswers.delete_expired_words(date(2099, 1, 1))"
    )
    assert machine.python(counted) == "0 0 0 0"


NEIGHBOURS = """
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE bookings (id integer PRIMARY KEY)")
    cursor.execute("INSERT INTO bookings VALUES (7)")
    cursor.execute("CREATE TABLE content_of_tomorrow (id integer PRIMARY KEY, c integer REFERENCES content_consent)")
"""
TABLES = "print(sorted({'bookings', 'content_of_tomorrow'} & set(connection.introspection.table_names())))"


@pytest.mark.database
def test_restoring_replaces_all_our_tables_and_on_postgresql_no_others(machine: Machine, tmp_path: Path) -> None:
    """A newer release's table holds on to an older one's by a key; SQLite's file is all ours."""
    file = tmp_path / "all.tar"
    machine.command("backup", str(file))
    machine.python(NEIGHBOURS)
    assert machine.python(TABLES) == "['bookings', 'content_of_tomorrow']"
    machine.command("restore", str(file))
    assert machine.python(TABLES) == ("[]" if connection.vendor == "sqlite" else "['bookings']")
    machine.python("with connection.cursor() as cursor:\n    cursor.execute('DROP TABLE IF EXISTS bookings')")


IN_USE = """
from pathlib import Path
from contextlib import closing
from content.backup import archive, database
database.LOCK_SECONDS = 1
if connection.vendor == "sqlite":
    import sqlite3
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as writer:
        writer.execute("BEGIN IMMEDIATE")
        call_command("restore", "{file}")
else:
    import psycopg2
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as writer:
        writer.cursor().execute("SELECT * FROM content_consent")
        call_command("restore", "{file}")
"""


def reason_of_failed_restore(machine: Machine, file: Path, code: str) -> str:
    """What a restore says that fails in this code and changes nothing."""
    machine.command("backup", str(file))
    before = machine.state()
    done = machine.run("-c", SCRIPT.format(code=code.format(file=file)))
    assert done.returncode != 0
    assert machine.state() == before
    return done.stderr


@pytest.mark.database
def test_restoring_into_a_site_in_use_says_what_to_do_and_changes_nothing(machine: Machine, tmp_path: Path) -> None:
    reason = reason_of_failed_restore(machine, tmp_path / "all.tar", IN_USE)
    assert "Nothing was changed. Somebody is using the site: stop gunicorn and tick" in reason


REFUSED = """
from content.backup import archive, database
database.DROP_TABLES = "SELECT * FROM no_such_table"
database._is_valid_database = lambda copy: False
call_command("restore", "{file}")
"""


@pytest.mark.database
def test_refused_restore_says_why_and_what_to_do(machine: Machine, tmp_path: Path) -> None:
    reason = reason_of_failed_restore(machine, tmp_path / "all.tar", REFUSED)
    why = {
        "sqlite": "The database in this backup is damaged. Nothing was changed. Use another backup.",
        "postgresql": 'PostgreSQL refused the backup: relation "no_such_table" does not exist. Nothing was changed. Put',
    }
    assert why[connection.vendor] in reason


@pytest.mark.database
def test_restore_whose_tables_cannot_be_brought_up_to_date_says_so(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    machine.command("backup", str(file))
    code = (
        "from content.backup import archive\nfrom django.db import OperationalError\n"
        "def fail(*_, **__):\n    raise OperationalError('no room')\n"
        f"archive.call_command = fail\ncall_command('restore', '{file}')"
    )
    done = machine.run("-c", SCRIPT.format(code=code))
    assert "The backup was restored, but its tables could not be brought up to this release: no room." in done.stderr
    assert "run `manage.py migrate`" in done.stderr
