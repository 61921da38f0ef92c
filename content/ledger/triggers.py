"""What the database itself refuses, whoever asks: triggers on SQLite and PostgreSQL, first of all those of the ledger.

SQLite loses triggers whenever Django remakes a table, so they are put in after every migrate and looked for by
`/readyz`. A server's owner can still take them away; the chain of hashes then shows what was done.
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
    """The triggers of one table by name: each a moment, and for PostgreSQL whether it looks at rows or at a statement.

    A refused statement fails with `message`; on PostgreSQL, where a moment can't ask other tables, only where `where`
    (a condition in SQL) holds. `name` is the prefix of PostgreSQL's function, for a table's second set of triggers.
    """

    table: str
    message: str
    sqlite: dict[str, str]
    postgresql: dict[str, str]
    where: str = "TRUE"
    name: str = ""

    def sqlite_statements(self) -> dict[str, str]:
        """The whole statement of each trigger, as SQLite keeps it."""
        return {
            name: f"CREATE TRIGGER {name} {moment} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for name, moment in self.sqlite.items()
        }

    def install(self, using: str) -> None:
        """Put the triggers in, in place of those of an older release; nothing happens where there is no table yet."""
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
            for name, moment in self.postgresql.items():
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} {moment} EXECUTE FUNCTION {function}",
                )
                cursor.execute(f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {name}")

    def is_installed(self, using: str) -> bool:
        """Whether every trigger is there and on."""
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


def append_only(table: str, sentence: str, unique: Iterable[str]) -> TableTriggers:
    """No UPDATE, no DELETE, no TRUNCATE; and no REPLACE, which SQLite takes by any of the `unique` columns."""
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    return TableTriggers(
        table,
        sentence,
        {
            f"{table}_no_update": f"BEFORE UPDATE ON {table}",
            f"{table}_no_delete": f"BEFORE DELETE ON {table}",
            # REPLACE would take the old row away without a DELETE that a trigger sees.
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


def register(guard: TableTriggers) -> None:
    """Install and look for the guard of another room's table, too; `content.apps` names them."""
    if guard not in _registered:
        _registered.append(guard)


def install(using: str = "default", **kwargs: Any) -> None:
    """Put the triggers of every guard in."""
    for guard in _registered:
        guard.install(using)


def are_installed(using: str = "default") -> bool:
    """Whether every trigger of every guard is there and on."""
    return all(guard.is_installed(using) for guard in _registered)
