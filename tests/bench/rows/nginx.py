"""Requests a second at nginx in front of the tree (deploy/nginx.conf), beside nginx with the same bytes as a plain file."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.rows.speed import PAGE
from tests.bench.table import Missing, Row, ratios
from tests.bench.wrk import RATE, SECONDS, run
from tests.browser.conftest import Site, free_port
from tests.browser.nginx import conftest as front

NAME = "requests/s at nginx : nginx with a plain file"
PROGRAM = Path("/usr/sbin/nginx")
ACCEPTS = {"Accept-Encoding": "gzip, br"}
PLAIN = """
worker_processes 2;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body-temp;
    proxy_temp_path {folder}/proxy-temp;
    fastcgi_temp_path {folder}/fastcgi-temp;
    uwsgi_temp_path {folder}/uwsgi-temp;
    scgi_temp_path {folder}/scgi-temp;
    access_log {folder}/access.log combined buffer=16k flush=1s;
    sendfile on;
    tcp_nopush on;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; default_type text/html; }}
}}
"""


@contextmanager
def plain(folder: Path, body: bytes) -> Iterator[str]:
    """The address of these bytes at an nginx that does nothing else."""
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "page").write_bytes(body)
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(PLAIN.format(folder=folder, port=port))
    folder.chmod(0o755)
    process = subprocess.Popen([str(PROGRAM), "-c", str(config), "-e", str(folder / "error.log")])
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}/page"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def rate(url: str) -> float:
    """Requests a second."""
    found = RATE.search(run(url, seconds=SECONDS, script=None, headers=ACCEPTS))
    return float(found[1]) if found else 0.0


def rows(kept: Path, folder: Path, rounds: int) -> list[Row | Missing]:
    """Rounds that alternate between the two."""
    if not PROGRAM.exists():
        return [Missing(NAME, "no nginx here")]
    with servers.ours(kept, PAGE, has_tick=True) as server:
        site = Site(server.url, kept, folder / "log")
        front.wait_for_tree(site)
        with front.in_front_of(site, folder / "nginx") as ours:
            body = front.ask(ours.url, PAGE, Accept_Encoding="gzip, br").body
            with plain(folder / "plain", body) as file:
                found = [(rate(ours.url + PAGE), rate(file)) for _ in range(rounds)]
    note = f"{max(ours for ours, _ in found):.0f} against {max(theirs for _, theirs in found):.0f} a second"
    return [Row(NAME, ratios(*map(list, zip(*found, strict=True))), 0.95, is_least=True, note=note)]
