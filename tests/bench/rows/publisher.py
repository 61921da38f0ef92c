"""Staff at work beside the running site: `manage.py shell`, which publishes and withdraws each time it is told to."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.peers import servers
from tests.browser.conftest import ROOT

ADDRESS = "/bench-version/"
VERSION = re.compile(rb"Version (\d+)")
PROGRAM = """
import json, sys, time
from cms.models import PageContent
from django.utils import timezone
from content.gallery.withdrawal import withdraw
from content.images.specs import widths_for
from content.models import Case
from tests.publishing.pages import live, next_draft
from tests.factories import author
found = PageContent.objects.filter(slug="bench-version").first()
content = found or live("clinic", title="Version 0", slug="bench-version")
number = int(content.title.split()[1])
def photographs(case):
    for photo in (one for pair in case.pairs.all() for one in pair.photos):
        yield f"/photographs/{photo.token}/{widths_for(photo.shown_size[0])[0]}.jpg"
print("ready", flush=True)
for line in sys.stdin:
    order, _, word = line.strip().partition(" ")
    begin = time.time()
    if order == "publish":
        number += 1
        content = next_draft(content, title=f"Version {number}")
        begin = time.time()
        content.versions.get().publish(author())
        print(number, begin, time.time(), flush=True)
    if order == "withdraw":
        withdraw(Case.objects.get(code=word).consent, actor="bench", now=timezone.now())
        print(time.time(), flush=True)
    if order == "cases":
        cases = Case.objects.showable(timezone.localdate()).with_pictures()
        print(json.dumps({one.code: [f"/before-and-after/{one.code}/", *photographs(one)] for one in cases}), flush=True)
"""


class Publisher:
    """That process; each order is answered when it is committed."""

    def __init__(self, var: Path, **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", PROGRAM],
            cwd=ROOT,
            env=servers.environment(VAR_DIR=str(var), **env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.said() == "ready"

    def said(self) -> str:
        """The next line of its answers."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def told(self, order: str) -> str:
        """Its answer to an order."""
        assert self.process.stdin
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return self.said()

    def publish(self) -> tuple[int, float, float]:
        """The number of the new version, and when its publishing was begun and committed."""
        number, begin, end = self.told("publish").split()
        return int(number), float(begin), float(end)

    def withdraw(self, code: str) -> float:
        """When the case's consent was withdrawn."""
        return float(self.told(f"withdraw {code}"))

    def cases(self) -> dict[str, list[str]]:
        """The addresses of each case that is shown: its page, and one rendition of each photograph."""
        found: dict[str, list[str]] = json.loads(self.told("cases"))
        return found

    def close(self) -> None:
        """Let it end."""
        self.process.communicate()
