"""Triggers by which SQLite and PostgreSQL themselves refuse changes, first of all those of the ledger.

SQLite loses triggers whenever Django rebuilds a table, so they are installed after every migrate and checked by
`/readyz`. A server's owner can still remove them; the hash chain then reveals what was done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from content.ledger.models import Entry

TABLE = Entry._meta.db_table
MESSAGE = "The ledger can only be added to."


@dataclass(frozen=True)
class TableTriggers:
    """The triggers of one table by name, each with its event and, on PostgreSQL, FOR EACH ROW or STATEMENT.

    A refused statement fails with `message`; on PostgreSQL, where a WHEN clause can't query other tables, only if
    `where` (a condition in SQL) holds. `name` is the prefix of PostgreSQL's function, for a table's second set of
    triggers.
    """

    table: str
    message: str
    sqlite: dict[str, str]
    postgresql: dict[str, str]
    where: str = "TRUE"
    name: str = ""

    def sqlite_statements(self) -> dict[str, str]:
        """Return the whole statement of each trigger, as SQLite stores it."""
        return {
            name: f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for name, event in self.sqlite.items()
        }

    def install(self, using: str) -> None:
        """Install the triggers, replacing those of an older release; does nothing if the table doesn't exist yet."""
        connection = connections[using]
        if self.table not in connection.introspection.table_names():
            return
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name, statement in self.sqlite_statements().items():
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(statement)
                return
            function = f"{self.name or self.table}_refuse()"
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {self.where} THEN RAISE EXCEPTION '{self.message}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            for name, event in self.postgresql.items():
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} {event} EXECUTE FUNCTION {function}",
                )
                cursor.execute(f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {name}")

    def is_installed(self, using: str) -> bool:
        """Return whether every trigger is installed and enabled."""
        connection = connections[using]
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [self.table]
                )
                return set(cursor.fetchall()) >= set(self.sqlite_statements().items())
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('A', 'O')", [self.table]
            )
            return {name for (name,) in cursor.fetchall()} >= set(self.postgresql)


def append_only(table: str, message: str, unique: Iterable[str]) -> TableTriggers:
    """Return triggers against UPDATE, DELETE, TRUNCATE, and SQLite's REPLACE by any of the `unique` columns."""
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    return TableTriggers(
        table,
        message,
        {
            f"{table}_no_update": f"BEFORE UPDATE ON {table}",
            f"{table}_no_delete": f"BEFORE DELETE ON {table}",
            # REPLACE would remove the old row without firing a DELETE trigger.
            f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",
        },
        {
            f"{table}_no_change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
            f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        },
    )


LEDGER_TRIGGERS = append_only(TABLE, MESSAGE, ("id", "hash", "previous_hash"))
SQLITE, POSTGRESQL = LEDGER_TRIGGERS.sqlite, LEDGER_TRIGGERS.postgresql

_registered = [LEDGER_TRIGGERS]


def register(triggers: TableTriggers) -> None:
    """Register another room's triggers to be installed and checked; `content.apps` names them."""
    if triggers not in _registered:
        _registered.append(triggers)


def install(using: str = "default", **kwargs: Any) -> None:
    """Install all registered triggers."""
    for triggers in _registered:
        triggers.install(using)


def are_installed(using: str = "default") -> bool:
    """Return whether all registered triggers are installed and enabled."""
    return all(triggers.is_installed(using) for triggers in _registered)
