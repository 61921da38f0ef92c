"""What the machine must have; run before anything is installed, so it is written for any Python 3."""

import sqlite3
import sys

PYTHON = (3, 11)
SQLITE = (3, 37)


def unmet_requirement(python, sqlite):
    # type: (tuple[int, ...], tuple[int, ...]) -> str
    """The sentence that says what is too old, or an empty string. Both arguments are version tuples."""
    for name, has, needs in (("Python", python, PYTHON), ("SQLite", sqlite, SQLITE)):
        if tuple(has[:2]) < needs:
            have, need = ".".join(map(str, has[:3])), ".".join(map(str, needs))
            return f"This site needs {name} {need} or newer; this machine has {name} {have}."
    return ""


def exit_if_unmet():
    # type: () -> None
    """Stop with that sentence where something is too old."""
    sentence = unmet_requirement(sys.version_info[:3], sqlite3.sqlite_version_info)
    if sentence:
        sys.exit(sentence)


if __name__ == "__main__":
    exit_if_unmet()
