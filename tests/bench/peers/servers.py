"""gunicorn, started alike for everybody, and what the operating system says of its workers."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.browser.conftest import ROOT, free_port

SHIPPED = ROOT / "deploy" / "gunicorn.conf.py"
WITHOUT_OUR_PAGES = ROOT / "tests" / "bench" / "peers" / "gunicorn_settings.py"
SOON = ["--graceful-timeout", "5"]  # a worker that was just forked when the server is told to stop does not hear of it
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers on loopback; `path` is the page that is measured."""

    name: str
    pid: int
    url: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The whole address of the page."""
        return self.url + self.path

    def workers(self) -> list[int]:
        """The ids of the workers at this moment."""
        return [int(one) for one in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def cpu(self) -> float:
        """Seconds of CPU that all workers have used, those that have ended included."""
        alive = [_times(pid) for pid in self.workers()]
        return (sum(own for own, _ in alive) + _times(self.pid)[1]) / TICK

    def memory(self) -> list[tuple[float, float]]:
        """RSS and unshared memory of each worker, in MB."""
        return [_memory(pid) for pid in self.workers()]

    def fetched(self, path: str = "", *, is_plain: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one GET, as the load asks for it or not compressed."""
        request = urllib.request.Request(self.url + (path or self.path), headers={} if is_plain else self.headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, dict(reply.headers.items()), reply.read()

    def status(self, path: str) -> int:
        """The status alone, whatever it is."""
        try:
            return self.fetched(path)[0]
        except urllib.error.HTTPError as error:
            error.close()
            return error.code


def _times(pid: int) -> tuple[int, int]:
    """Clock ticks of the process itself, and of its children that have ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        found = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(found[11]) + int(found[12]), int(found[13]) + int(found[14])
    return 0, 0


def _memory(pid: int) -> tuple[float, float]:
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        found[name.rstrip(":")] = int(value) / 1024
    return found["Rss"], found["Private_Dirty"] + found["Private_Clean"]


def environment(**more: str) -> dict[str, str]:
    """An environment that holds nothing of this one but where programs are."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], **more}


@contextmanager
def gunicorn(name: str, application: str, path: str, *, python: Path, folder: Path, **env: str) -> Iterator[Server]:
    """A server of two workers run in `folder` by this interpreter; it is stopped by its own id."""
    port = free_port()
    config = SHIPPED if "VAR_DIR" in env else WITHOUT_OUR_PAGES
    command = [str(python), "-m", "gunicorn", "-c", str(config), *SOON, "--bind", f"127.0.0.1:{port}", application]
    env = environment(PYTHONPATH=str(ROOT), **env)
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115  open as long as the server runs
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)
    server = Server(name, process.pid, f"http://127.0.0.1:{port}", path, {"Accept-Encoding": "gzip, br"})
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.close()


@contextmanager
def ours(var: Path, path: str, *, has_tick: bool = False, name: str = "ours", **env: str) -> Iterator[Server]:
    """This site from a folder that is prepared; with `has_tick`, what is due is done as `make serve` does it."""
    env = {"VAR_DIR": str(var), **env}
    tick = [sys.executable, "manage.py", "tick", "--every", "60"]
    with gunicorn(name, "clinic_site.wsgi", path, python=Path(sys.executable), folder=ROOT, **env) as server:
        quiet = subprocess.DEVNULL
        beside = (
            subprocess.Popen(tick, cwd=ROOT, env=environment(**env), stdout=quiet, stderr=quiet) if has_tick else None
        )
        try:
            yield server
        finally:
            if beside:
                beside.terminate()
                beside.wait(30)


def manage(var: Path, *words: str, **env: str) -> str:
    """What a management command of ours prints, on the site in this folder."""
    command = [sys.executable, "manage.py", *words]
    env = environment(VAR_DIR=str(var), **env)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout


def shell(var: Path, code: str, **env: str) -> str:
    """What a program prints in `manage.py shell`."""
    return manage(var, "shell", "-v0", "-c", code, **env)


def _wait(server: Server, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            server.fetched()
        except OSError:
            time.sleep(0.2)
        else:
            return
    log.seek(0)
    raise SystemExit(f"{server.name} did not answer:\n{log.read()[-3000:]}")
