"""How cheap a page is, and whether it is always true: `python -m tests.bench.served [--long] [--rounds N]`.

Everything is asked for by wrk, on loopback, from gunicorn with deploy/gunicorn.conf.py (2 workers, threads, no access log
for anybody), and what it costs is what the operating system says that the workers used. Rounds alternate between all
servers of a run, so that a ratio compares neighbours. What each peer serves is said in `peers/wagtail.py` and
`peers/djangocms.py`: our treatment page's words in the same number of blocks, and its photographs. No peer compresses;
the sizes are printed. Peers come from the package index, into environments of their own outside of the project.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .peers import servers
from .rows import speed
from .table import Missing, Row, show


def prepared(folder: Path) -> tuple[Path, Path]:
    """Our site in two folders: with its published tree, and without."""
    kept, unkept = folder / "kept", folder / "unkept"
    kept.mkdir()
    servers.manage(kept, "prepare")
    shutil.copytree(kept, unkept, symlinks=True)
    servers.manage(kept, "tick")
    return kept, unkept


def measured(folder: Path, *, rounds: int, is_long: bool) -> Iterator[Row | Missing]:
    """Every row, in the table's order."""
    kept, unkept = prepared(folder)
    yield from speed.rows(kept, unkept, folder, rounds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How cheap a page is, and whether it is always true.")
    parser.add_argument("--long", action="store_true", help="100,000 requests and 1,000 pages, as the aims say")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        show(list(measured(Path(name), rounds=asked.rounds, is_long=asked.long)))


if __name__ == "__main__":
    main()
