"""The ledger: added to by one writer, changed by nobody, and telling when it was."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from content.ledger import triggers
from content.ledger.models import GENESIS_HASH, Entry, Event
from content.ledger.writer import record, verify_chain
from content.models import Clinic, Treatment
from tests.factories import author
from tests.rendering import opened

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.fixture
def three() -> list[Entry]:
    return [record(Event.FACT_CHANGED, f"subject {n}", actor="someone", now=NOW, detail={"n": n}) for n in range(3)]


def test_entries_are_chained_in_the_order_they_were_made(three: list[Entry]) -> None:
    first, second, third = Entry.objects.all()
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == (GENESIS_HASH, first.hash, second.hash)
    assert verify_chain() == (None, 3, third.hash)


def test_an_entry_needs_the_zone_of_its_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        record(Event.FACT_CHANGED, "x", actor="someone", now=datetime(2026, 1, 1))  # noqa: DTZ001  that is the point


ATTACKS = [
    ("update", f"UPDATE {triggers.TABLE} SET actor = 'nobody'"),
    ("update nothing visible", f"UPDATE {triggers.TABLE} SET actor = actor"),
    ("delete", f"DELETE FROM {triggers.TABLE} WHERE id > 1"),
    ("delete all", f"DELETE FROM {triggers.TABLE}"),
]
ON_SQLITE = [
    (
        "replace",
        f"REPLACE INTO {triggers.TABLE} SELECT id, happened_at, event, subject, 'nobody', detail, previous_hash, hash FROM {triggers.TABLE}",
    ),
    ("update or replace", f"UPDATE OR REPLACE {triggers.TABLE} SET actor = 'nobody'"),
]
ON_POSTGRESQL = [
    ("truncate", f"TRUNCATE {triggers.TABLE}"),
    ("truncate cascade", f"TRUNCATE {triggers.TABLE} RESTART IDENTITY CASCADE"),
    (
        "on conflict",
        f"INSERT INTO {triggers.TABLE} SELECT * FROM {triggers.TABLE} ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    ),
    ("as a replica", f"SET LOCAL session_replication_role = replica; DELETE FROM {triggers.TABLE}"),
]


def test_the_database_itself_refuses_every_change(three: list[Entry]) -> None:
    """raw SQL under the application's own role."""
    before = list(Entry.objects.values())
    for name, statement in ATTACKS + (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL):
        with (
            pytest.raises(DatabaseError, match="only be added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert list(Entry.objects.values()) == before, name


def test_the_orm_can_change_nothing_either(three: list[Entry]) -> None:
    for attack in (
        three[0].delete,
        three[0].save,
        lambda: Entry.objects.update(actor="nobody"),
        Entry.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
            attack()
    assert Entry.objects.count() == 3


def test_a_chain_cannot_fork(three: list[Entry]) -> None:
    second = Entry.objects.all()[1]
    twin = Entry(
        happened_at=NOW, event=second.event, subject="x", actor="y", previous_hash=second.previous_hash, hash="f" * 64
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save()


def tamper(statement: str) -> None:
    """As the owner of the server could: triggers away, change, triggers back."""
    names = triggers.SQLITE if connection.vendor == "sqlite" else triggers.POSTGRESQL
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"))
        cursor.execute(statement)
    triggers.install()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {triggers.TABLE} SET actor = 'nobody' WHERE subject = 'subject 1'",
        f"UPDATE {triggers.TABLE} SET detail = '{{\"n\": 9}}' WHERE subject = 'subject 1'",
        f"DELETE FROM {triggers.TABLE} WHERE subject = 'subject 1'",
        f"DELETE FROM {triggers.TABLE} WHERE subject = 'subject 0'",
    ],
)
def test_tampering_by_the_servers_owner_shows(three: list[Entry], statement: str, capsys: Any) -> None:
    call_command("verify_ledger")
    assert capsys.readouterr().out == f"The ledger is whole: 3:{three[2].hash}\n"
    tamper(statement)
    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    assert "was changed, or one before it is gone" in capsys.readouterr().err


def test_a_cut_end_shows_against_an_earlier_answer(three: list[Entry], capsys: Any) -> None:
    earlier = f"3:{three[2].hash}"
    call_command("verify_ledger", expect=earlier)
    record(Event.FACT_CHANGED, "later", actor="someone", now=NOW)
    call_command("verify_ledger", expect=earlier)
    tamper(f"DELETE FROM {triggers.TABLE} WHERE subject IN ('subject 2', 'later')")
    call_command("verify_ledger")
    with pytest.raises(SystemExit):
        call_command("verify_ledger", expect=earlier)
    assert "its end was cut off" in capsys.readouterr().err


def test_missing_triggers_fail_readyz_and_are_restored_by_migrate() -> None:
    assert Client().get("/readyz").json() == {"read": True, "edit": True}
    name = next(iter(triggers.SQLITE if connection.vendor == "sqlite" else triggers.POSTGRESQL))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"))
    assert not triggers.are_installed()
    assert Client().get("/readyz").json() == {"read": True, "edit": False}
    call_command("migrate", verbosity=0)
    assert triggers.are_installed()


def test_changed_fact_is_recorded_with_person_and_both_values(staff: Client) -> None:
    treatment = Treatment.objects.get()
    data = {f.name: getattr(treatment, f.attname) or "" for f in Treatment._meta.fields if not f.primary_key}
    url = f"/admin/content/treatment/{treatment.pk}/change/"
    data |= opened(staff, url)
    asked = staff.post(url, {**data, "weeks_between_max": "8"}).content.decode()
    data["confirmed"] = re.search(r'name="confirmed" value="(\w+)"', asked)[1]
    assert staff.post(url, {**data, "weeks_between_max": "8"}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.event, entry.subject, entry.actor) == ("FACT_CHANGED", treatment.name, author().username)
    assert entry.detail == {"weeks_between_max": [6, 8]}
    assert staff.post(url, {**data, "weeks_between_max": "1"}).status_code == 200
    assert Entry.objects.count() == 1


def test_change_of_the_clinics_record_is_recorded(staff: Client) -> None:
    clinic = Clinic.objects.get()
    data = {f.name: getattr(clinic, f.name) for f in Clinic._meta.fields if not f.primary_key}
    url = "/admin/content/clinic/1/change/"
    data |= opened(staff, url)
    staff.post(url, {**data, "has_sample_content": "on", "telephone": "01632 960777"})
    assert Entry.objects.get().detail == {"telephone": ["01632 960123", "01632 960777"]}


def test_staff_read_the_ledger_and_cannot_write_it(staff: Client, three: list[Entry]) -> None:
    assert staff.get("/admin/content/entry/").headers["Location"] == "/staff/history/"
    assert staff.get("/staff/history/").status_code == 200
    for url in ("/admin/content/entry/add/", f"/admin/content/entry/{three[0].pk}/delete/"):
        assert staff.post(url, {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/content/entry/{three[0].pk}/change/", {"actor": "nobody"}).status_code == 403
    assert Entry.objects.count() == 3
