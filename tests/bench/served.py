"""How cheap a page is, and whether it is always true: `python -m tests.bench.served [--long] [--rounds N]`.

Everything is asked for by wrk, on loopback, from gunicorn with deploy/gunicorn.conf.py as it is shipped (2 workers,
threads, an access log for everybody, here into a file), and what it costs is what the operating system says that the workers used. Rounds of a second alternate
between the servers that are compared, so that a ratio compares neighbours. What each peer serves is said in
`peers/wagtail.py` and `peers/djangocms.py`: our treatment page's words in the same number of blocks, and its
photographs. No peer compresses; the sizes are printed. Peers come from the package index, into environments of their own
outside of the project.
"""

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import changes, database_outage, memory, nginx, speed, sql, storm

from .peers import servers
from .table import Missing, Row, show


def prepared(folder: Path) -> speed.Sites:
    """Our site, made once and copied."""
    kept, unkept, closed = (folder / name for name in speed.Sites._fields)
    kept.mkdir()
    servers.manage(kept, "prepare")
    for site in (unkept, closed):
        shutil.copytree(kept, site, symlinks=True)
    servers.manage(kept, "tick")
    return speed.Sites(kept, unkept, closed)


def measured(folder: Path, *, only: str, rounds: int, is_long: bool) -> Iterator[Row | Missing]:
    """Every row, in the table's order."""
    sites = prepared(folder)
    requests, pages = (100_000, 1_000) if is_long else (10_000, 100)
    parts = {
        "speed": lambda: speed.rows(sites, folder, rounds),
        "nginx": lambda: nginx.rows(sites.kept, folder, rounds),
        "sql": lambda: sql.rows(sites.kept),
        "memory": lambda: memory.rows(sites.kept, folder, requests),
        "changes": lambda: changes.rows(sites.kept, pages),
        "storm": lambda: storm.rows(sites.kept, requests if is_long else 3_000),
        "away": lambda: database_outage.rows(folder),
    }
    for name, rows in parts.items():
        if only in {"", name}:
            yield from rows()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How cheap a page is, and whether it is always true.")
    parser.add_argument("--long", action="store_true", help="100,000 requests and 1,000 pages, as the aims say")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", default="", help="one part of it: speed, nginx, sql, memory, changes, storm or away")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped as well
    with tempfile.TemporaryDirectory() as name:
        show(list(measured(Path(name), only=asked.only, rounds=asked.rounds, is_long=asked.long)))


if __name__ == "__main__":
    main()
