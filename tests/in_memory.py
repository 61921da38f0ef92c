"""Runs the command given with its temporary files in memory, where there is room: a disk makes each commit wait."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
ROOM = 6 * 1024**3  # bytes: far more than the files of one command


def folder() -> Path:
    """A new folder, in memory or where temporary files lie otherwise."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK)
    made = Path(tempfile.mkdtemp(prefix="clinic-tests-", dir=MEMORY if has_room else None))
    made.chmod(0o755)  # the database's and nginx' own accounts find what is theirs in it
    return made


if __name__ == "__main__":
    place = folder()
    try:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "TMPDIR": str(place)}, check=False).returncode)
    finally:
        shutil.rmtree(place, ignore_errors=True)
