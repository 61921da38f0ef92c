"""Requests a second at nginx in front of the tree (deploy/nginx.conf), beside nginx with the same bytes as a plain file.

The plain file's server writes the same header lines too, and its address is as long; the note says what it is without
those lines.
"""

import getpass
import random
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.rows.speed import PAGE
from tests.bench.table import Missing, Row, ratios
from tests.bench.wrk import OFTEN, RATE, run
from tests.browser.conftest import Site, free_port
from tests.browser.nginx import conftest as front

NAME = "requests/s at nginx : nginx with a plain file"
PROGRAM = Path("/usr/sbin/nginx")
SAME, BARE = f"{PAGE[:-1]}1", f"{PAGE[:-1]}2"
ACCEPTS = {"Accept-Encoding": "gzip, br"}
#: Lines that nginx writes by itself.
OWN = {"content-type", "content-length", "etag", "last-modified", "accept-ranges"}
PLAIN = """
user {user};
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
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        default_type text/html;
        location {same} {{ {lines} }}
        location {bare} {{ }}
    }}
}}
"""


@contextmanager
def plain(folder: Path, reply: front.Reply) -> Iterator[str]:
    """The address of an nginx that has this reply at SAME, its body alone at BARE, and does nothing else."""
    (folder / "files").mkdir(parents=True)
    for path in (SAME, BARE):
        (folder / f"files{path}").write_bytes(reply.body)
    port = free_port()
    config = folder / "nginx.conf"
    lines = " ".join(f'add_header {name} "{said}";' for name, said in reply.headers.items() if name not in OWN)
    told = {"user": getpass.getuser(), "folder": folder, "port": port, "lines": lines, "same": SAME, "bare": BARE}
    config.write_text(PLAIN.format(**told))
    process = subprocess.Popen([str(PROGRAM), "-c", str(config), "-e", str(folder / "error.log")])
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def rate(url: str) -> float:
    """Requests a second."""
    found = RATE.search(run(url, seconds=1, script=None, headers=ACCEPTS))
    return float(found[1]) if found else 0.0


def rates(urls: list[str], rounds: int) -> list[list[float]]:
    """Those of each address, round by round: many short ones, each in another order, because who is first is slower."""
    chance, found = random.Random(7), {url: list[float]() for url in urls}
    for _ in range(rounds):
        for url in chance.sample(urls, len(urls)):
            found[url].append(rate(url))
    return list(found.values())


def rows(kept: Path, folder: Path, rounds: int) -> list[Row | Missing]:
    """Rounds that alternate between the two."""
    if not PROGRAM.exists():
        return [Missing(NAME, "no nginx here")]
    with servers.ours(kept, PAGE, has_tick=True) as server:
        site = Site(server.url, kept, folder / "log")
        front.wait_for_tree(site)
        with front.in_front_of(site, folder / "nginx") as ours:
            reply = front.ask(ours.url, PAGE, Accept_Encoding="gzip, br")
            with plain(folder / "plain", reply) as file:
                assert front.ask(file, SAME).body == reply.body
                found, same, bare = rates([ours.url + PAGE, file + SAME, file + BARE], rounds * OFTEN)
    alone = statistics.median(ratios(found, bare))
    note = f"{max(found):.0f} against {max(same):.0f} a second; {alone:.2f} × the body without its header lines"
    return [Row(NAME, ratios(found, same), 0.95, is_least=True, note=note)]
