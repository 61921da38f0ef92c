"""hostile strings in rich text and every text field of every block, seen by readers and by staff."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, running
from tests.faults.xss import CORPUS

pytestmark = pytest.mark.full
IS_FULL = bool(os.environ.get("XSS_FULL"))
MAKE_PAGES = (Path(__file__).parents[1] / "faults/xss_pages.py").read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: the pages made here would stand in every menu."""
    with running(tmp_path_factory.mktemp("hostile")) as started:
        yield started


@pytest.fixture(scope="module")
def hostile(site: Site) -> list[dict[str, str]]:
    """Published pages whose every block holds hostile strings; in the normal run a part of the corpus on each kind."""
    assert len(set(CORPUS)) >= 200
    share = CORPUS if IS_FULL else None
    code = f"CORPUS = {CORPUS!r}\nSHARE = {share!r}\n" + MAKE_PAGES
    found: list[dict[str, str]] = json.loads(site.shell(code).split("PAGES", 1)[1])
    return found


def watch(page: Page, site: Site) -> list[str]:
    """What ran, opened or left the origin."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith((site.url, "data:")) else found.append(asked.url))
    return found


def assert_nothing_ran(page: Page, found: list[str], where: str) -> None:
    assert page.evaluate("window.__ran") is None, where
    assert found == [], where


def test_no_hostile_string_runs_for_readers(visitor: Page, site: Site, hostile: list[dict[str, str]]) -> None:
    found = watch(visitor, site)
    for made in hostile:
        reply = visitor.goto(made["public"])
        assert reply is not None
        assert reply.status == 200, made
        assert visitor.locator("main .block").count() >= int(made["blocks"]), made
        assert visitor.evaluate("document.querySelectorAll('main a[href^=\"javascript\" i]').length") == 0, made
        # A block may ask for a module of the site's own; nothing else that runs may stand in it.
        ours = "script[type=module][src^='/static/js/']:empty"
        hooks = f"main :is([onerror], [onload], [onclick], script:not({ours}), style, iframe)"
        assert visitor.locator(hooks).count() == 0, made
        visitor.mouse.wheel(0, 50000)
        assert_nothing_ran(visitor, found, made["kind"])


def test_no_hostile_string_runs_for_staff(owner: Page, site: Site, hostile: list[dict[str, str]]) -> None:
    found = watch(owner, site)
    for made in hostile:
        for address in {made[where]: None for where in ("edit", "structure", "form", "settings")}:
            reply = owner.goto(address)
            assert reply is not None
            assert reply.status == 200, made
            assert_nothing_ran(owner, found, address)
    for url in (
        "/staff/",
        "/staff/pages/",
        "/admin/cms/pagecontent/?language=en-gb",
        "/admin/content/clinician/",
        "/admin/content/clinic/1/change/",
    ):
        owner.goto(url)
        owner.wait_for_load_state("networkidle")
        assert_nothing_ran(owner, found, url)
