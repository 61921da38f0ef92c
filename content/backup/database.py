"""Dumps and restores the database as one file: SQLite by its backup API, PostgreSQL by its client programs."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

#: Rows in no backup: one-time links and sessions, which would be valid again, and what links answers to an IP address.
EXCLUDED_TABLES = ("content_signinlink", "django_session", "content_daykey", "content_counter")

#: Run before restoring: a newer release's tables are unknown to an older backup, and their keys would block it.
DROP_TABLES = """
DO $$ DECLARE ours name; BEGIN
FOR ours IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
EXECUTE format('DROP TABLE %I CASCADE', ours);
END LOOP; END $$
"""


class BackupError(Exception):
    """A failed backup or restore; the message is one sentence, and what was there before is unchanged."""


def dump_name() -> str:
    """Return the name of the dump in a backup, which tells the kind of database."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write a consistent dump of the database to `target`; raises BackupError."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            _delete_excluded_rows(copy)
        return
    left_out = [f"--exclude-table-data={table}" for table in EXCLUDED_TABLES]
    _run_postgresql_program(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={target}"
    )


def _delete_excluded_rows(copy: sqlite3.Connection) -> None:
    """Delete the rows by overwriting them with zeros, not only marking them as free."""
    copy.execute("PRAGMA secure_delete = ON")
    for table in EXCLUDED_TABLES:
        copy.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
    copy.commit()


def restore(source: Path) -> None:
    """Replace the database by the dump, as a whole or not at all; raises BackupError."""
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_sqlite_file(), timeout=20)) as target:
            if not _is_valid_database(copy):
                raise BackupError("The database in this backup is damaged. Use another backup.")
            copy.backup(target)
        return
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        script = Path(folder) / "restore.sql"
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={script}"]
        _run_postgresql_program("pg_restore", *options, str(source))
        transaction_options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run_postgresql_program("psql", *transaction_options, f"--command={DROP_TABLES}", f"--file={script}")


def _is_valid_database(copy: sqlite3.Connection) -> bool:
    """Return whether the file is an intact database of this site."""
    # Its CHECK constraints use REGEXP, which SQLite itself lacks.
    copy.create_function("regexp", 2, lambda pattern, text: text is not None and bool(re.search(pattern, str(text))))
    try:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return copy.execute("PRAGMA integrity_check").fetchone() == ("ok",) and "content_consent" in tables
    except sqlite3.DatabaseError:
        return False


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _run_postgresql_program(program: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL; the password is passed in the environment, not the command."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"{program} is missing on this machine: install PostgreSQL's client programs.")
    database = connection.settings_dict
    variables = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
    }
    variables |= {"PGDATABASE": database["NAME"], "PATH": os.defpath}
    env = {key: value for key, value in variables.items() if value}
    result = subprocess.run(  # noqa: S603  a fixed program, its arguments made here
        [path, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise BackupError(f"{program} failed: {result.stderr.strip().splitlines()[-1:] or 'no reason given'}")
