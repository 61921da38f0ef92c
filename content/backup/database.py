"""Dumps and restores the database as one file: SQLite by its backup API, PostgreSQL by its client programs."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.db import connection

#: Rows in no backup: one-time links and sessions, which would be valid again, what links answers to an IP address, and
#: failed sign-ins, with whatever was typed as a user name.
EXCLUDED_TABLES = (
    "content_signinlink",
    "django_session",
    "content_daykey",
    "content_counter",
    "content_idempotencykey",
    "axes_accessattempt",
    "axes_accessfailurelog",
    "axes_accesslog",
)

#: Run before restoring: a newer release's tables are unknown to an older backup, and their keys would block it.
DROP_TABLES = """
DO $$ DECLARE ours name; BEGIN
FOR ours IN SELECT tablename FROM pg_tables
WHERE schemaname = current_schema() AND tablename ~ '^(django|{labels})_' LOOP
EXECUTE format('DROP TABLE %I CASCADE', ours);
END LOOP; END $$
"""
LOCK_SECONDS = 20
IN_USE = "Somebody is using the site: stop gunicorn and tick, restore again, and start them."
REASON = re.compile(r"\b(?:ERROR|FATAL|error): *(.+)")


class BackupError(Exception):
    """A failed backup or restore; the message says what failed, whether anything was changed, and what to do."""


def dump_name() -> str:
    """Return the name of the dump in a backup, which tells the kind of database."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write a consistent dump of the database to `target`; raises BackupError."""
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                _delete_excluded_rows(copy)
        except sqlite3.DatabaseError as error:
            raise BackupError(f"The database could not be copied: {error}. No backup was made.") from None
        return
    left_out = [f"--exclude-table-data={table}" for table in EXCLUDED_TABLES]
    failure = _run_postgresql_program(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={target}"
    )
    if failure:
        raise BackupError(
            f"pg_dump could not copy the database: {failure}. No backup was made. Put that right and back up again."
        )


def _delete_excluded_rows(copy: sqlite3.Connection) -> None:
    """Delete the rows by overwriting them with zeros, not only marking them as free."""
    copy.execute("PRAGMA secure_delete = ON")
    for table in EXCLUDED_TABLES:
        copy.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
    copy.commit()
    _define_regexp(copy)
    copy.execute("PRAGMA temp_store = MEMORY")  # nothing of the site in a temporary file elsewhere
    copy.execute("VACUUM")  # rows that were deleted before are still in the file's free pages


def restore(source: Path) -> None:
    """Replace the database by the dump, as a whole or not at all; raises BackupError."""
    connection.close()
    if connection.vendor == "sqlite":
        _restore_sqlite(source)
        return
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        script = Path(folder) / "restore.sql"
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={script}"]
        failure = _run_postgresql_program("pg_restore", *options, str(source))
        if failure:
            raise BackupError(
                f"pg_restore could not read the database in this backup: {failure}. Nothing was changed. "
                "Install PostgreSQL's client programs of the server's version, or use another backup."
            )
        transaction_options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        labels = "|".join(sorted(config.label for config in apps.get_app_configs()))
        drop_tables = DROP_TABLES.format(labels=labels)
        failure = _run_postgresql_program("psql", *transaction_options, f"--command={drop_tables}", f"--file={script}")
    if failure:
        advice = IN_USE if "lock timeout" in failure else "Put that right and restore again."
        raise BackupError(f"PostgreSQL refused the backup: {failure}. Nothing was changed. {advice}")


def _restore_sqlite(source: Path) -> None:
    with (
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(_sqlite_file(), timeout=LOCK_SECONDS, isolation_level=None)) as target,
    ):
        if not _is_valid_database(copy):
            raise BackupError("The database in this backup is damaged. Nothing was changed. Use another backup.")
        try:
            target.execute("BEGIN IMMEDIATE")  # waits, where `backup` would wait for ever
            target.execute("ROLLBACK")
            copy.backup(target)
        except sqlite3.DatabaseError as error:
            advice = IN_USE if "locked" in str(error) else "Put that right and restore again."
            raise BackupError(f"The database could not be replaced: {error}. Nothing was changed. {advice}") from None


def _is_valid_database(copy: sqlite3.Connection) -> bool:
    """Return whether the file is an intact database of this site."""
    _define_regexp(copy)
    try:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return copy.execute("PRAGMA integrity_check").fetchone() == ("ok",) and "content_consent" in tables
    except sqlite3.DatabaseError:
        return False


def _define_regexp(copy: sqlite3.Connection) -> None:
    """Define REGEXP, which the CHECK constraints use and SQLite itself lacks."""
    copy.create_function("regexp", 2, lambda pattern, text: text is not None and bool(re.search(pattern, str(text))))


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _run_postgresql_program(program: str, *arguments: str) -> str:
    """Run a client program of PostgreSQL and return why it failed, or ""; raises BackupError if there is none.

    The password is passed in the environment, not the command.
    """
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
    variables |= {"PGDATABASE": database["NAME"], "PATH": os.defpath, "PGOPTIONS": f"-c lock_timeout={LOCK_SECONDS}s"}
    env = {key: value for key, value in variables.items() if value}
    result = subprocess.run(  # noqa: S603  a fixed program, its arguments made here
        [path, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if result.returncode == 0:
        return ""
    reason = REASON.search(result.stderr)
    return (reason[1] if reason else result.stderr.strip() or "it gave no reason").rstrip(".")
