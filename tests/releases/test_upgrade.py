"""A site of each earlier release goes on under this one, and a backup of it restores: see README.md beside this file."""

import http.cookiejar
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tarfile
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from lxml import html

from tests.browser.conftest import ROOT, free_port, wait_for
from tests.template import in_postgresql

HERE = Path(__file__).parent
RELEASES = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
ARCHIVES = [f"{what}-{database}.tar.xz" for what in ("site", "backup") for database in ("sqlite", "postgresql")]
MOST_BYTES = 400_000

#: What a later release may bring on PostgreSQL: a table, and keys that hold on to tables that the backup knows.
NEWER = """
CREATE TABLE content_of_tomorrow (id integer PRIMARY KEY, consent_id integer REFERENCES content_consent);
ALTER TABLE content_treatment ADD COLUMN consent_id integer REFERENCES content_consent;
"""

#: Prints, as JSON, the keys of the rows of these models, and how two pages and two cases stand.
STANDING = """
import json
from django.apps import apps
from content.models import Case, Consent, Photo, Reopened, SignOff
from djangocms_versioning.models import Version
facts = json.loads({facts!r})
state = lambda pk: Version.objects.get(object_id=pk, content_type__model="pagecontent").state
print(json.dumps({{
    "rows": {{name: list(apps.get_model(name)._base_manager.values_list("pk", flat=True)) for name in facts["rows"]}},
    "states": [state(facts["draft"]["content"]), state(facts["signature"]["content"])],
    "signed": list(SignOff.objects.filter(content_id=facts["signature"]["content"]).values_list("fingerprint", "name")),
    "reopened": [str(one) for one in Reopened.objects.all()],
    "withdrawn": list(Consent.objects.exclude(withdrawn_at=None).values_list("reference", flat=True)),
    "photographs": sorted(Photo.objects.filter(case_photo__case__code=facts["shown"]["code"]).values_list("token", flat=True)),
}}))
"""


@dataclass
class Site:
    """A site in a folder of its own, at the time of its fixture, and the browser of a visitor."""

    var: Path
    facts: dict[str, Any]
    env: dict[str, str]
    url: str = ""
    visitor: urllib.request.OpenerDirector = field(default_factory=urllib.request.build_opener)

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py prints; it must succeed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def get(self, path: str, browser: urllib.request.OpenerDirector | None = None) -> tuple[int, bytes]:
        """Status and content of the reply; the address that it led to answers for itself."""
        try:
            with (browser or self.visitor).open(self.url + path, timeout=60) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def lands(self, path: str, browser: urllib.request.OpenerDirector) -> str:
        """The address without its query at which this browser ends that asks for `path`."""
        with browser.open(self.url + path, timeout=60) as reply:
            return urllib.parse.urlsplit(reply.url).path

    def words(self, path: str, browser: urllib.request.OpenerDirector | None = None) -> str:
        """The words of a page that must be there."""
        status, content = self.get(path, browser)
        assert status == 200, (path, status)
        tree = html.fromstring(content.decode())
        for unseen in tree.xpath("//script | //style"):
            unseen.drop_tree()
        return " ".join(" ".join(tree.itertext()).split())

    def renditions(self, path: str) -> set[str]:
        """The addresses of the photographs that this page shows."""
        return set(re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", self.get(path)[1].decode()))

    def signed_in(self, name: str, password: str) -> urllib.request.OpenerDirector:
        """The browser of somebody who has typed this at the sign-in, whether that let them in or not."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = html.fromstring(self.get("/admin/login/?next=/staff/", browser)[1].decode())
        token = form.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
        typed = {"username": name, "password": password, "csrfmiddlewaretoken": token, "next": "/staff/"}
        data = urllib.parse.urlencode(typed).encode()
        with suppress(urllib.error.HTTPError):
            browser.open(urllib.request.Request(f"{self.url}/admin/login/", data, {"Referer": self.url}), timeout=60)
        return browser


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first of these sites leaves its static files for the next: to compress them takes half a minute."""
    return tmp_path_factory.mktemp("static")


def unpacked(archive: Path, folder: Path) -> dict[str, Any]:
    """What the fixture says must be in place, and the rest of it in `folder`."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    facts: dict[str, Any] = json.loads((folder / "site.json").read_text())
    return facts


@contextmanager
def database_for(env: dict[str, str]) -> Iterator[None]:
    """On PostgreSQL, an empty database that `env` names; on SQLite it is a file under var/."""
    if connection.vendor != "postgresql":
        env.pop("DATABASE_URL", None)
        yield
        return
    name = f"release_{secrets.token_hex(4)}"
    in_postgresql(f'CREATE DATABASE "{name}"')
    env["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    try:
        yield
    finally:
        in_postgresql(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(folder: Path, facts: dict[str, Any]) -> dict[str, str]:
    """As `make serve` has it, a day after the fixture was made: consents and reviews have days on which they end."""
    then = datetime.fromisoformat(facts["made_at"]) + timedelta(days=1)
    (folder / "clock").write_text(str(int((then - datetime.now(UTC)).total_seconds())))
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ},
        "VAR_DIR": str(folder / "var"),
        "SECOND_FACTOR": "0",
        "CLOCK_OF_THE_TESTS": str(folder / "clock"),
        "PYTHONPATH": str(ROOT / "tests" / "browser" / "clock"),
    }


@contextmanager
def serving(site: Site, static: Path) -> Iterator[None]:
    """What `make serve` runs, and one round of the tick; gunicorn is stopped by its own process group."""
    shutil.copytree(static, site.var, dirs_exist_ok=True)
    site.manage("prepare")
    shutil.copytree(site.var / "static", static / "static", dirs_exist_ok=True)
    for file in site.var.glob("static-files.*"):
        shutil.copy(file, static)
    site.manage("tick")
    port, log = free_port(), site.var / "log"
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "clinic_site.wsgi"], cwd=ROOT, env=site.env, stdout=out, stderr=out, start_new_session=True
        )
    site.url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site.url}/livez", process, log)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


# --- what must be in place --------------------------------------------------------------------------------------------
def no_row_is_lost(facts: dict[str, Any], standing: dict[str, Any]) -> None:
    lost = {name: sorted(set(keys) - set(standing["rows"][name])) for name, keys in facts["rows"].items()}
    assert {name: keys for name, keys in lost.items() if keys} == {}


def pages_read_as_staff_left_them(site: Site, standing: dict[str, Any]) -> None:
    status, listed = site.get("/sitemap.xml")
    paths = [urllib.parse.urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", listed.decode())]
    assert status == 200
    assert len(paths) > 10
    assert {path: status for path in paths if (status := site.get(path)[0]) != 200} == {}
    for path, words in site.facts["live"].items():
        assert words in site.words(path)
    draft = site.facts["draft"]
    assert draft["words"] not in site.words(draft["path"])
    assert standing["states"] == ["draft", "published"]


def the_signature_holds(site: Site, standing: dict[str, Any]) -> None:
    signature = site.facts["signature"]
    assert standing["signed"] == [[signature["fingerprint"], signature["name"]]]
    assert standing["reopened"] == []
    words = site.words(signature["path"])
    assert f"Reviewed by {signature['name']}" in words
    assert "reviewed again" not in words


def the_case_is_shown(site: Site, standing: dict[str, Any]) -> None:
    shown = site.facts["shown"]
    assert standing["photographs"] == sorted(shown["tokens"])
    address = f"/before-and-after/{shown['code']}/"
    assert address in site.get("/before-and-after/")[1].decode()
    pictures = site.renditions(address)
    assert {picture.split("/")[2] for picture in pictures} == set(shown["tokens"])
    for picture in pictures:
        status, content = site.get(picture)
        assert status == 200
        assert len(content) > 500
    assert site.get(f"/cards/case-{shown['code']}.png")[0] == 200


def what_was_taken_down_stays_down(site: Site, standing: dict[str, Any]) -> None:
    gone = site.facts["withdrawn"]
    assert standing["withdrawn"] == [gone["reference"]]
    for address in (f"/before-and-after/{gone['code']}/", *gone["renditions"]):
        assert site.get(address)[0] == 410, address
    assert site.get(f"/cards/case-{gone['code']}.png")[0] in {404, 410}
    listed = site.get("/before-and-after/")[1].decode()
    assert gone["code"] not in listed
    within_reach = [path for folder in ("private/originals", "renditions") for path in (site.var / folder).rglob("*")]
    assert [path for path in within_reach for token in gone["tokens"] if token in str(path)] == []
    assert site.get(f"/before-and-after/{site.facts['removed_sample']}/")[0] == 410


def staff_get_in_and_find_their_work(site: Site) -> None:
    draft, passwords = site.facts["draft"], site.facts["passwords"]
    browsers = {name: site.signed_in(name, password) for name, password in passwords.items()}
    assert {name: site.lands("/staff/", browser) for name, browser in browsers.items()} == dict.fromkeys(
        passwords, "/staff/"
    )
    assert site.lands("/staff/", site.signed_in("dora.sample", "not her password")) == "/admin/login/"
    doctor = browsers["dora.sample"]
    for path in ("/staff/pages/", "/staff/archive/", "/admin/content/case/", "/admin/content/consent/"):
        assert site.get(path, doctor)[0] == 200, path
    waiting = site.words(f"/staff/pages/{draft['content']}/sign/", doctor)
    assert draft["words"] in waiting
    assert draft["note"] in waiting


def everything_is_in_place(site: Site) -> None:
    """Each of the above, and a ledger that holds what stood in it."""
    standing = json.loads(site.manage("shell", "-v0", "-c", STANDING.format(facts=json.dumps(site.facts))))
    no_row_is_lost(site.facts, standing)
    assert "The ledger is whole" in site.manage("verify_ledger", "--expect", site.facts["ledger"])
    pages_read_as_staff_left_them(site, standing)
    the_signature_holds(site, standing)
    the_case_is_shown(site, standing)
    what_was_taken_down_stays_down(site, standing)
    staff_get_in_and_find_their_work(site)
    assert json.loads(site.get("/readyz")[1]) == {"read": True, "edit": True}


# --- the tests --------------------------------------------------------------------------------------------------------
def test_every_release_of_the_changelog_has_its_fixtures_and_none_is_large() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert version in RELEASES
    assert {folder.name for folder in HERE.iterdir() if folder.name[0].isdigit()} == set(RELEASES)
    sizes = {f"{one}/{name}": (HERE / one / name).stat().st_size for one in RELEASES for name in ARCHIVES}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.database
@pytest.mark.parametrize("release", RELEASES)
def test_a_site_of_an_earlier_release_goes_on_under_this_one(release: str, tmp_path: Path, static: Path) -> None:
    facts = unpacked(HERE / release / f"site-{connection.vendor}.tar.xz", tmp_path)
    site = Site(tmp_path / "var", facts, environment(tmp_path, facts))
    with database_for(site.env):
        if connection.vendor == "postgresql":
            dump = str(tmp_path / "database.pgdump")
            options = ["--no-owner", "--exit-on-error", f"--dbname={site.env['DATABASE_URL']}"]
            subprocess.run(["pg_restore", *options, dump], check=True)
        with serving(site, static):
            everything_is_in_place(site)


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.database
@pytest.mark.parametrize("release", RELEASES)
def test_a_backup_of_an_earlier_release_restores_into_an_empty_site(release: str, tmp_path: Path, static: Path) -> None:
    facts = unpacked(HERE / release / f"backup-{connection.vendor}.tar.xz", tmp_path)
    site = Site(tmp_path / "var", facts, environment(tmp_path, facts))
    with database_for(site.env):
        site.manage("migrate", "-v0")
        if connection.vendor == "postgresql":
            subprocess.run(["psql", "--quiet", f"--command={NEWER}", site.env["DATABASE_URL"]], check=True)
        assert "Restored from" in site.manage("restore", str(tmp_path / "backup.tar"))
        with serving(site, static):
            everything_is_in_place(site)
