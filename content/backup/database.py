"""The database as one file, and back: SQLite by its own copying, PostgreSQL by pg_dump, pg_restore and psql."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

#: Rows that no backup holds: what would open doors again that are shut, or tell which address an answer came from.
EXCLUDED_TABLES = ("content_signinlink", "django_session", "content_daykey", "content_counter")

#: Tables and keys of a newer release, which an older backup knows nothing of, would hold on to what it replaces.
DROP_TABLES = """
DO $$ DECLARE ours name; BEGIN
FOR ours IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
EXECUTE format('DROP TABLE %I CASCADE', ours);
END LOOP; END $$
"""


class BackupError(Exception):
    """One sentence that says what went wrong; what was there before is still there."""


def dump_name() -> str:
    """What the file is called in a backup; it tells one kind of database from the other."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write the database as it is at one moment into `target`; raises BackupError."""
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
    """Overwritten with zeros, not only marked as free."""
    copy.execute("PRAGMA secure_delete = ON")
    for table in EXCLUDED_TABLES:
        copy.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
    copy.commit()


def restore(source: Path) -> None:
    """Put the database of `source` in place of the present one, all of it or nothing; raises BackupError."""
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
        in_one = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run_postgresql_program("psql", *in_one, f"--command={DROP_TABLES}", f"--file={script}")


def _is_valid_database(copy: sqlite3.Connection) -> bool:
    """Whether it is whole, and a database of this site; its constraints ask for patterns, which SQLite lacks."""
    copy.create_function("regexp", 2, lambda pattern, text: text is not None and bool(re.search(pattern, str(text))))
    try:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return copy.execute("PRAGMA integrity_check").fetchone() == ("ok",) and "content_consent" in tables
    except sqlite3.DatabaseError:
        return False


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _run_postgresql_program(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database; the password goes by the environment, not the command."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"{program} is missing on this machine: install PostgreSQL's client programs.")
    has = connection.settings_dict
    ours = {"PGHOST": has["HOST"], "PGPORT": str(has["PORT"]), "PGUSER": has["USER"], "PGPASSWORD": has["PASSWORD"]}
    ours |= {"PGDATABASE": has["NAME"], "PATH": os.defpath}
    given = {key: value for key, value in ours.items() if value}
    done = subprocess.run(  # noqa: S603  a fixed program, its arguments made here
        [path, *arguments], env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip().splitlines()[-1:] or 'no reason given'}")
