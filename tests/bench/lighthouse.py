"""Prints what Lighthouse and a cold browser measure on the running site: `python -m tests.bench.lighthouse [rounds]`."""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, running
from tests.browser.test_weight import SCREENS, TREATMENT, Traffic, scrolled

PACKAGE = "lighthouse@12.8.2"
TRIES = 3
KEPT = ["Content-Type", "Content-Encoding", "Cache-Control"]
GALLERY = "/before-and-after/"
PATHS = ["/", TREATMENT, GALLERY, "/plan-your-sessions/"]
CASE = re.compile(r'href="(/before-and-after/\w{10}/)"')
SETTINGS = {"mobile": [], "desktop": ["--preset=desktop"]}
SCORES = ["performance", "accessibility", "best-practices", "seo"]
TIMES = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
COPIED = "the treatment page as files from a bare server"
SCORED = {"binary", "numeric", "metricSavings"}


def installed(folder: Path) -> Path:
    """Lighthouse's program, installed into `folder`, which keeps no lock file."""
    command = ["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, PACKAGE], cwd=folder, check=True, capture_output=True)
    return folder / "node_modules" / ".bin" / "lighthouse"


def answering(url: str) -> list[str]:
    """The paths to measure: those that answer, and the first case of the gallery."""
    found = []
    for path in PATHS:
        try:
            with urllib.request.urlopen(url + path, timeout=30) as reply:
                text = reply.read().decode()
        except urllib.error.HTTPError:
            continue
        found.append(path)
        if path == GALLERY and (case := CASE.search(text)):
            found.append(case[1])
    return found


@contextmanager
def still_copy(url: str) -> Iterator[str]:
    """The address of a bare server that says again, from memory, what the site said: the same files made by hand."""
    said: dict[str, tuple[bytes, dict[str, str]]] = {}

    class Copy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path not in said:
                asked = urllib.request.Request(url + self.path, headers={"Accept-Encoding": "gzip, br"})
                with urllib.request.urlopen(asked, timeout=30) as reply:
                    kept = {name: reply.headers[name] for name in KEPT if name in reply.headers}
                    said[self.path] = (reply.read(), kept)
            body, headers = said[self.path]
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Copy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with urllib.request.urlopen(address + TREATMENT, timeout=30):
        yield address
    server.shutdown()


def report(program: Path, address: str, setting: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's own report of one visit under its simulated throttling."""
    chromium = shutil.which("chromium")
    assert chromium, "Lighthouse needs chromium: install it with `apt-get install chromium`."
    out = folder / "report.json"
    command = [str(program), address, *SETTINGS[setting], "--output=json", f"--output-path={out}", "--quiet"]
    flags = f"--chrome-flags={' '.join(FLAGS)}"
    env = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(TRIES):  # on a busy machine a visit may fail
        done = subprocess.run([*command, flags], env=env, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(out.read_text())
    return made


def row(reports: list[dict[str, Any]]) -> str:
    """The lowest of each score, then LCP, TBT and CLS as lowest/median/highest."""
    scores = [min(round(100 * one["categories"][name]["score"]) for one in reports) for name in SCORES]
    spans = []
    for name in TIMES:
        values = [one["audits"][name]["numericValue"] for one in reports]
        digits = 3 if name == TIMES[-1] else 0
        spans.append("/".join(f"{f(values):.{digits}f}" for f in (min, statistics.median, max)))
    return " ".join(f"{score:4}" for score in scores) + "  " + "  ".join(f"{span:>16}" for span in spans)


def lost(one: dict[str, Any]) -> set[str]:
    """The audits of one report that have less than full marks."""
    audits = one["audits"].items()
    return {
        f"{name} {audit['score']}"
        for name, audit in audits
        if audit["scoreDisplayMode"] in SCORED and audit["score"] is not None and audit["score"] < 1
    }


def weight(browser: Browser, url: str, width: int, density: int) -> str:
    """Requests and bytes of the treatment page with nothing kept: before it is scrolled, and to its end."""
    context = browser.new_context(viewport={"width": width, "height": 844}, device_scale_factor=density)
    page, traffic = context.new_page(), Traffic()
    traffic.follow(page)
    page.goto(url + TREATMENT, wait_until="networkidle")
    first = f"{len(traffic.sizes)} requests, {sum(traffic.sizes):.0f} bytes"
    scrolled(page)
    whole = f"{len(traffic.sizes)} requests, {sum(traffic.sizes):.0f} bytes"
    context.close()
    return f"{width} px at {density}x: {first}; scrolled to its end {whole}"


def weights(url: str) -> list[str]:
    """A line for each screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        lines = [weight(browser, url, width, density) for width, density in SCREENS]
        browser.close()
    return lines


def main() -> None:
    """Every page under both settings, round by round, so that a busy minute disturbs them all alike."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    say = sys.stdout.write
    reports: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = installed(folder)
        (folder / "site").mkdir()
        with running(folder / "site") as site, still_copy(site.url) as copy:
            paths = answering(site.url)
            lines = weights(site.url)
            for _ in range(rounds):
                for path in paths:
                    for setting in SETTINGS:
                        reports[setting, path].append(report(program, site.url + path, setting, folder))
                for setting in SETTINGS:
                    reports[setting, COPIED].append(report(program, copy + TREATMENT, setting, folder))
    say(f"{PACKAGE}, {rounds} rounds, load {os.getloadavg()[0]:.1f}\n")
    say("".join(f"{TREATMENT} {line}\n" for line in lines))
    say("perf a11y  bp  seo  LCP, TBT (ms), CLS as lowest/median/highest\n")
    for (setting, path), made in reports.items():
        say(f"{row(made)}  {setting} {path}\n")
        for audit in sorted(set().union(*map(lost, made))):
            say(f"      less than full marks: {audit}\n")


if __name__ == "__main__":
    main()
