"""Runs wrk, and reads what it says."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .peers.servers import Server

SECONDS = int(os.environ.get("BENCH_SECONDS", "1"))
OFTEN = 3  # rounds of what is answered at once for each of the others, because chance weighs more on it
CONNECTIONS = 8  # as many as the workers have threads
DONE = re.compile(r"(\d+) requests in ")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
ERRORS = re.compile(r"Non-2xx or 3xx responses|Socket errors")


@dataclass(frozen=True)
class Load:
    """What one run of wrk came to: requests, requests a second, and CPU of the workers for each, in seconds.

    Those under way when its time is over are requests too: they cost what the others do, and nobody starts before they
    are done.
    """

    requests: int
    rate: float
    cpu: float


def load(server: Server, *, seconds: int = SECONDS, script: Path | None = None, **headers: str) -> Load:
    """Ask for the server's page (or what the script says) for so many seconds."""
    before = server.cpu()
    said = run(server.page, seconds=seconds, script=script, headers={**server.headers, **headers})
    used = at_rest(server) - before
    requests = int(found[1]) + CONNECTIONS if (found := DONE.search(said)) else 0
    rate = float(found[1]) if (found := RATE.search(said)) else 0.0
    return Load(requests, rate, used / max(requests, 1))


def at_rest(server: Server) -> float:
    """The CPU that the server has used once it has nothing to do any more, in seconds."""
    used, before = server.cpu(), -1.0
    while used != before:
        time.sleep(0.1)
        used, before = server.cpu(), used
    return used


def run(url: str, *, seconds: int, script: Path | None, headers: dict[str, str]) -> str:
    """wrk's own words; ends where any reply is an error."""
    if shutil.which("wrk") is None:
        sys.exit("This bench needs wrk: install it with `apt-get install wrk`.")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-s", str(script)] if script else []
    for name, value in headers.items():
        command += ["-H", f"{name.replace('_', '-')}: {value}"]
    said = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if ERRORS.search(said):
        sys.exit(f"{url} failed under load:\n{said}")
    return said
