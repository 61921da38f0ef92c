"""From pressing “Withdraw now” to 410 on every address, on a site with two workers: `python -m tests.bench.withdrawal`.

A sample case is withdrawn as a receptionist does it; then every address that ever served it is asked for again and again
on new connections, until each has answered 410 twenty times in a row.
"""

import re
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.browser.conftest import Site, running

IN_A_ROW = 20


class Reception:
    """A signed-in receptionist's browser, as plain requests."""

    def __init__(self, site: Site) -> None:
        self.site, self.jar = site, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        kept = dict(line.split(": ") for line in (site.var / "sample-sign-ins.txt").read_text().splitlines())
        self.opener.open(f"{site.url}/admin/login/").close()
        self.post("/admin/login/", username="sample-reception", password=kept["sample-reception"], next="/admin/")

    def post(self, path: str, **fields: str) -> None:
        """As a form of this site."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        headers = {"Origin": self.site.url, "Referer": self.site.url + path}
        self.opener.open(urllib.request.Request(self.site.url + path, data, headers)).close()


def status(url: str) -> int:
    """What a reader gets."""
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def main() -> None:
    """Print the seconds, and how many addresses there were."""
    with tempfile.TemporaryDirectory() as name, running(Path(name)) as site:
        told = site.shell(
            "from content.models import Case\nc = Case.objects.exclude(body_area__in=['BREASTS', 'BOTTOM']).first()\n"
            "print('FOUND', c.code, c.consent_id)"
        )
        _, code, consent = next(line for line in told.splitlines() if line.startswith("FOUND")).split()
        with urllib.request.urlopen(f"{site.url}/before-and-after/{code}/") as reply:
            page = reply.read().decode()
        addresses = [f"/before-and-after/{code}/", f"/before-and-after/{code}/pictures/"]
        addresses += sorted(set(re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", page)))
        shown = [one for one in addresses if status(site.url + one) == 200]
        reception = Reception(site)
        begin = time.monotonic()
        reception.post(f"/admin/content/consent/{consent}/withdraw/")
        answered = time.monotonic() - begin
        last = time.monotonic()
        row = 0
        while row < IN_A_ROW:
            row = row + 1 if all(status(site.url + one) == 410 for one in addresses) else 0
            last = time.monotonic() if row == 1 else last
        sys.stdout.write(
            f"{len(shown)} addresses that were shown, {len(addresses)} asked for: the withdrawal was answered after "
            f"{answered:.2f} s, and from {last - begin:.2f} s on every address answered 410, {IN_A_ROW} times in a row\n"
        )


if __name__ == "__main__":
    main()
