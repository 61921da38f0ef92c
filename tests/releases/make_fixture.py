"""Makes the fixtures of a release: a site on which staff have worked, and a backup of it, on each database.

    git worktree add ../release 759cdf1
    python tests/releases/make_fixture.py ../release

Writes `tests/releases/<version>/` with four archives: `site-` is what lies under var/ (and a dump, on PostgreSQL),
`backup-` what `manage.py backup` writes; `site.json` in each says what must be in place under every later release.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests import postgres  # noqa: E402  found by the line above, whatever folder this is run in

MOST_BYTES = 400_000
#: What any release makes anew at its start.
MADE_ANEW = {"static", "published", "log", "arriving", "staff-sign-in.txt", "sample-sign-ins.txt"}


def main(release: Path) -> None:
    """Both databases, one after the other."""
    version = tomllib.loads((release / "pyproject.toml").read_text())["project"]["version"]
    target = HERE / version
    target.mkdir(exist_ok=True)
    make(release, target, "sqlite", {})
    with postgres.server() as url:
        make(release, target, "postgresql", {"DATABASE_URL": url})


def make(release: Path, target: Path, database: str, more: dict[str, str]) -> None:
    """The two archives of one database."""
    with tempfile.TemporaryDirectory() as folder:
        place, var = Path(folder), Path(folder) / "var"
        env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
            "VAR_DIR": str(var),
            "SECOND_FACTOR": "0",
            **more,
        }

        def run(*command: str) -> None:
            subprocess.run(command, cwd=release, env=env, check=True)

        run(sys.executable, "manage.py", "prepare")
        run(sys.executable, "manage.py", "tick")
        run(sys.executable, str(HERE / "staff_work.py"), str(place / "site.json"))
        run(sys.executable, "manage.py", "backup", str(place / "backup.tar"))
        if more:
            run("pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
                f"--file={place / 'database.pgdump'}", more["DATABASE_URL"])  # fmt: skip
        else:
            assert not (var / "site.sqlite3-wal").exists(), "somebody still has the database open"
        for path in sorted(var.rglob("*"), reverse=True):
            if path.name in MADE_ANEW or path.name.endswith(".lock"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        pack(target / f"site-{database}.tar.xz", place, ["site.json", "var", *(["database.pgdump"] if more else [])])
        pack(target / f"backup-{database}.tar.xz", place, ["site.json", "backup.tar"])


def pack(archive: Path, place: Path, names: list[str]) -> None:
    """One archive, as small as it gets; ends with a sentence where it is too large to be committed."""
    with tarfile.open(archive, "w:xz", preset=9) as out:
        for name in names:
            out.add(place / name, name, filter=of_nobody)
    size = archive.stat().st_size
    print(f"{archive.name}: {size:,} bytes")  # noqa: T201  whoever makes it wants to know
    if size > MOST_BYTES:
        sys.exit(f"{archive.name} has more than {MOST_BYTES:,} bytes: make what staff do on it smaller.")


def of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of whoever made it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
