"""Checks the versions of Python and SQLite; runs before anything is installed, so on any Python 3."""

import sqlite3
import sys

PYTHON = (3, 11)
SQLITE = (3, 37)


def unmet_requirement(python, sqlite):
    # type: (tuple[int, ...], tuple[int, ...]) -> str
    """Return a sentence that says what is too old, or an empty string; both arguments are version tuples."""
    for name, version, minimum in (("Python", python, PYTHON), ("SQLite", sqlite, SQLITE)):
        if tuple(version[:2]) < minimum:
            have, need = ".".join(map(str, version[:3])), ".".join(map(str, minimum))
            return f"This site needs {name} {need} or newer; this machine has {name} {have}."
    return ""


def exit_if_unmet():
    # type: () -> None
    """Exit with that sentence if something is too old."""
    sentence = unmet_requirement(sys.version_info[:3], sqlite3.sqlite_version_info)
    if sentence:
        sys.exit(sentence)


if __name__ == "__main__":
    exit_if_unmet()
