"""Prints figures of README.md beside this file: the treatment page's weight and queries, and how long a start takes."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.browser.conftest import Site, running

ROOT = Path(__file__).resolve().parents[2]
TREATMENT = "/microneedling-for-stretch-marks/"
COUNT = """
import django.test, django.db
from django.test.utils import CaptureQueriesContext
for path in ("/", "/microneedling-for-stretch-marks/", "/microneedling-for-stretch-marks/aftercare/"):
    client = django.test.Client(headers={"host": "localhost"})
    client.get(path)
    with CaptureQueriesContext(django.db.connection) as captured:
        client.get(path)
    print(f"QUERIES {path} {len(captured)}")
"""


def fetched(site: Site, path: str) -> bytes:
    """The bytes as they travel to a browser that takes gzip and brotli."""
    request = urllib.request.Request(site.url + path, headers={"Accept-Encoding": "gzip, br"})
    with urllib.request.urlopen(request, timeout=10) as response:
        body: bytes = response.read()
    return body


def weight(site: Site) -> list[tuple[str, int]]:
    """Compressed bytes of the treatment page's HTML, which holds its style and script."""
    return [("HTML with CSS and JS", len(fetched(site, TREATMENT)))]


def started(folder: Path) -> float:
    """Seconds from the command to the first page of a site kept in this folder."""
    begin = time.monotonic()
    with running(folder) as site:
        fetched(site, "/")
        return time.monotonic() - begin


def cloned() -> float:
    """Seconds from `make serve` in a fresh clone, without a virtual environment, to the first page."""
    with tempfile.TemporaryDirectory() as name:
        clone = Path(name) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        begin = time.monotonic()
        with running(Path(name), root=clone) as site:
            fetched(site, "/")
            return time.monotonic() - begin


def main() -> None:
    """One figure a line."""
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        say(f"first start, packages installed: {started(Path(name)):.1f} s\n")
        say(f"started again:                   {started(Path(name)):.1f} s\n")
        with running(Path(name)) as site:
            parts = weight(site)
            say(f"treatment page: {', '.join(f'{kind} {size}' for kind, size in parts)}, ")
            say(f"together {sum(size for _, size in parts)} bytes of 30720\n")
            say("".join(f"{line}\n" for line in site.shell(COUNT).splitlines() if line.startswith("QUERIES")))
    say(f"from clone to first page:        {cloned():.1f} s\n")


if __name__ == "__main__":
    main()
