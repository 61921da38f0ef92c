"""Starts a PostgreSQL server in a temporary folder, runs the command given with DATABASE_URL set to it, and stops it."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path:
    """The folder of the newest PostgreSQL server on this machine; ends with a sentence where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        sys.exit("The tests need a PostgreSQL server: install it with `apt-get install postgresql`.")
    return found[-1].parent if found else Path(str(on_path)).parent


@contextmanager
def server() -> Iterator[str]:
    """A running server's DATABASE_URL, on loopback; its folder is gone afterwards."""
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="clinic-postgres-"))
    user: dict[str, object] = {}
    if os.geteuid() == 0:  # initdb refuses root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, control = folder / "data", str(bin_folder / "pg_ctl")
    initdb = [str(bin_folder / "initdb"), "-D", str(data), "-U", "clinic", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c synchronous_commit=off"
    start = [control, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
    try:
        yield f"postgres://clinic@127.0.0.1:{port}/postgres"
    finally:
        stop = [control, "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder, **user)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with server() as url:
        print(f"PostgreSQL: {url}", flush=True)  # noqa: T201  progress for whoever runs the tests
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode)
