"""The real site for browser tests: `make serve` with an empty environment and an empty folder, read in Debian's Chromium."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests import template

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 240
expect.set_options(timeout=20_000)  # a busy machine answers late; what never comes fails all the same
#: Each width and each scheme, for axe; `test_pages.py` reads a telephone in the light too.
SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (390, "dark")]
#: Colours that are on their way to the other scheme's are neither's.
FINISH = "document.getAnimations().forEach(one => { try { one.finish() } catch {} })"
AXE = """async ([where, options]) => {
    const found = await axe.run(where || document, {resultTypes: ['violations'], ...options});
    return found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' ')}`);
}"""


#: First, so that no worker waits for them; the leaflet is read before the editors' test signs its page.
LONGEST = (
    *("test_week", "test_pages", "test_style", "nginx/test_front", "test_xss", "test_staff_pages", "test_release"),
    *("test_consent_journey", "test_sign_in", "test_staff_home", "test_leaflet", "test_editing"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker takes file after file: the longest first."""
    places = {Path(__file__).parent / f"{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(LONGEST)))


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, where it keeps its files, and what it printed."""

    url: str
    var: Path
    log: Path
    more: dict[str, str] = field(default_factory=dict)  # what else its environment holds

    def shell(self, code: str) -> str:
        """What `manage.py shell` prints when it runs this in the site's own environment."""
        env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "VAR_DIR": str(self.var), **self.more}
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sign_in(self) -> tuple[str, str]:
        """The generated name and password."""
        lines = (self.var / "staff-sign-in.txt").read_text().splitlines()
        return lines[0].removeprefix("user name: "), lines[1].removeprefix("password: ")

    def password(self, role: str) -> str:
        """The generated password of a role's sample sign-in."""
        lines = (self.var / "sample-sign-ins.txt").read_text().splitlines()
        return dict(line.split(": ", 1) for line in lines)[f"sample-{role}"]


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def begin(var: Path, *, is_sqlite: bool) -> None:
    """Give a site of this test run what was made for the first of them from the template, its cached pages too."""
    run = next((folder.parent for folder in var.parents if folder.name.startswith("popen-")), None)
    if run is None:
        return
    with (run / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept, fresh = run / "prepared", run / "prepared.new"
        if not kept.exists():
            fresh.mkdir()
            shutil.copyfile(template.file(template.filled()), fresh / "site.sqlite3")
            env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "VAR_DIR": str(fresh)}
            for command in ("prepare", "tick"):
                made = [sys.executable, "manage.py", command]
                subprocess.run(made, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
            fresh.rename(kept)
    if is_sqlite:
        shutil.copytree(kept, var, symlinks=True, dirs_exist_ok=True)
        return
    shutil.copytree(kept / "static", var / "static", symlinks=True, dirs_exist_ok=True)
    for file in kept.glob("static-files.*"):
        shutil.copy(file, var)


@contextmanager
def running(var: Path, root: Path = ROOT, **more: str) -> Iterator[Site]:
    """A site started in this folder, with this in its environment, and stopped by the id of its own process group."""
    if root is ROOT:
        begin(var, is_sqlite="DATABASE_URL" not in more)
    port, log = free_port(), var / "log"
    env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "VAR_DIR": str(var), **more}
    with log.open("w") as out:
        process = subprocess.Popen(
            ["make", "serve", f"PORT={port}"], cwd=root, env=env, stdout=out, stderr=out, start_new_session=True
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/livez", process, log)
        yield Site(f"http://127.0.0.1:{port}", var, log, more)
    finally:
        with suppress(ProcessLookupError):  # it ended by itself, and the log says why
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all browser tests that leave it as it was, or nearly so."""
    with running(tmp_path_factory.mktemp("var")) as started:
        yield started


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; fails with the log where it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The site did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without what draws its windows: half the work for the same pages."""
    program = shutil.which("chromium-headless-shell")
    assert program, "The browser tests need Chromium: install it with `apt-get install chromium-headless-shell`."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Page]:
    """A patient's browser: its console, its policy reports and its foreign requests must stay empty."""
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    complaints = watched(page, site)
    yield page
    context.close()
    assert complaints == []


def watched(page: Page, site: Site) -> list[str]:
    """Collects errors of the console and requests to other origins."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(site.url) else found.append(asked.url))
    return found


def violations(page: Page, where: str | None = None, **options: object) -> list[str]:
    """What axe finds wrong with the page as it stands, or with a part of it: each broken rule and who breaks it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, [where, options])
    return found


def on_each_screen(page: Page) -> Iterator[str]:
    """The page as it stands, on a desk in the light and on a telephone in the dark; the name of the screen."""
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(FINISH)
        yield f"{width} px, {scheme}"


#: What the browsers of those who have signed in hold, by site and name: hashing a password takes a second.
SESSIONS: dict[tuple[str, str], StorageState] = {}


def signed_in(chromium: Browser, site: Site, name: str, password: str, *, width: int = 1280) -> Page:
    """The browser of a member of staff who has signed in through the form, now or before, and stands on the staff home."""
    context: BrowserContext = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, storage_state=SESSIONS.get((site.url, name))
    )
    page = context.new_page()
    page.goto("/staff/")
    if urlsplit(page.url).path != "/staff/":
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/staff/")
        SESSIONS[site.url, name] = context.storage_state()
    return page


def signed_in_as(chromium: Browser, site: Site, role: str, *, width: int = 1280) -> Page:
    """The same of the sample member of staff with this role."""
    return signed_in(chromium, site, f"sample-{role}", site.password(role), width=width)


@pytest.fixture
def owner(chromium: Browser, site: Site) -> Iterator[Page]:
    """The browser of whoever looks after the site, who may do everything but sign."""
    page = signed_in(chromium, site, *site.sign_in())
    yield page
    page.context.close()


@pytest.fixture
def nurse(chromium: Browser, site: Site) -> Iterator[Page]:
    """The sample nurse's browser."""
    page = signed_in_as(chromium, site, "nurse")
    yield page
    page.context.close()


@pytest.fixture
def doctor(chromium: Browser, site: Site) -> Iterator[Page]:
    """The sample doctor's browser."""
    page = signed_in_as(chromium, site, "doctor")
    yield page
    page.context.close()
