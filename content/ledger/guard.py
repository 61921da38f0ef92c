"""The database's own refusal to change, delete or empty the ledger: triggers on SQLite and PostgreSQL.

SQLite loses triggers whenever Django remakes the table, so they are put in after every migrate and looked for by
`/readyz`. A server's owner can still take them away; the chain of hashes then shows what was done.
"""

from typing import Any

from django.db import connections

from .models import Entry

TABLE = Entry._meta.db_table
SENTENCE = "The ledger can only be added to."
SQLITE = {
    f"{TABLE}_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    f"{TABLE}_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    # REPLACE would take the old row away without a DELETE that a trigger sees.
    f"{TABLE}_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id "
    f"OR hash = NEW.hash OR previous_hash = NEW.previous_hash) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
}
POSTGRESQL = {
    f"{TABLE}_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"{TABLE}_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
}


def install(using: str = "default", **kwargs: Any) -> None:
    """Put the triggers in; harmless where they are there already."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, rule in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {rule}")
            return
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for name, rule in POSTGRESQL.items():
            cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {rule}")
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def is_installed(using: str = "default") -> bool:
    """Whether every trigger is there and on."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
            return {name for (name,) in cursor.fetchall()} >= set(SQLITE)
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('A', 'O')", [TABLE]
        )
        return {name for (name,) in cursor.fetchall()} >= set(POSTGRESQL)
