"""What the machine must have; run before anything is installed, so it is written for any Python 3."""

import sqlite3
import sys

PYTHON = (3, 11)
SQLITE = (3, 37)


def problem(python, sqlite):
    """The sentence that says what is too old, or an empty string. Both arguments are version tuples."""
    for name, has, needs in (("Python", python, PYTHON), ("SQLite", sqlite, SQLITE)):
        if tuple(has[:2]) < needs:
            have, need = ".".join(map(str, has[:3])), ".".join(map(str, needs))
            return "This site needs {0} {1} or newer; this machine has {0} {2}.".format(name, need, have)
    return ""


def check():
    """Stop with that sentence where something is too old."""
    sentence = problem(tuple(sys.version_info), sqlite3.sqlite_version_info)
    if sentence:
        sys.exit(sentence)


if __name__ == "__main__":
    check()
