"""Every page of the site as a patient's browser shows it."""

import itertools
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, watched

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/microneedling-for-stretch-marks/",
    "/microneedling-for-stretch-marks/your-session/",
    "/microneedling-for-stretch-marks/aftercare/",
    "/microneedling-for-stretch-marks/spacing-your-sessions/",
    "/before-and-after/",
    "/plan-your-sessions/",
    "/is-it-right-for-me/",
    "/about/",
    "/contact/",
    "/privacy/",
    "/your-photographs/",
    "/accessibility/",
    "/whole-guide/",
]
CASE = r"/before-and-after/\w{10}/(pictures/)?"


@pytest.fixture(scope="module")
def reader(chromium: Browser, site: Site) -> Iterator[Page]:
    """One page for many visits."""
    context = chromium.new_context(base_url=site.url)
    yield context.new_page()
    context.close()


def levels(page: Page) -> list[int]:
    """The levels of the page's headings in their order."""
    found: list[int] = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    return found


def test_the_menu_and_footer_lead_to_every_page_and_to_no_dead_one(visitor: Page) -> None:
    visitor.goto("/")
    found, waiting = set(), {"/"}
    while waiting:
        path = waiting.pop()
        found.add(path)
        reply = visitor.goto(path)
        assert reply is not None
        assert reply.status == 200, path
        links = visitor.evaluate(
            "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname)"
        )
        waiting |= set(links) - found
    assert {path for path in found if not re.fullmatch(CASE, path)} == {*PAGES, "/search/"}


@pytest.mark.parametrize("path", PAGES)
def test_page_has_one_h1_and_headings_in_order(visitor: Page, path: str) -> None:
    reply = visitor.goto(path)
    assert reply is not None
    assert reply.status == 200
    found = levels(visitor)
    in_main = visitor.evaluate("[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(h => +h.tagName[1])")
    assert found.count(1) == 1
    assert in_main[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(found)), found


@pytest.mark.parametrize("path", PAGES)
def test_page_marks_where_the_reader_is(reader: Page, path: str) -> None:
    reader.goto(path)
    current = reader.evaluate("[...document.querySelectorAll('a[aria-current=page]')].map(a => a.pathname)")
    assert set(current) == {path}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_page_has_no_axe_violation(chromium: Browser, site: Site, path: str, width: int) -> None:
    context = chromium.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path)
    # Axe judges what is rendered: open every question first, so that the answers are judged too.
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    if width == 390:  # in the dark nothing but the colours is another, on any screen
        page.emulate_media(color_scheme="dark")
        found += Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_does_not_scroll_sideways_at_320_px_or_with_text_at_200_percent(reader: Page, path: str) -> None:
    for size, width in (("100%", 320), ("200%", 640)):
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(path)
        reader.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, size


@pytest.mark.parametrize("path", PAGES)
def test_whatever_is_pressed_is_at_least_44_px_high(reader: Page, path: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 800})
    reader.goto(path)
    small = reader.evaluate("""[...document.querySelectorAll('.btn, .menu-btn, .actions a, summary, .toc a, .foot li a')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_long_words_do_not_scroll_sideways(reader: Page, path: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(path)
    reader.evaluate("""() => {
        const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        for (let node; node = walk.nextNode();) if (node.data.trim()) node.data = 'Donaudampfschifffahrt'.repeat(4);
    }""")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_no_id_stands_twice(reader: Page, path: str) -> None:
    reader.goto(path)
    ids = reader.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole_without_javascript(chromium: Browser, site: Site, reader: Page, path: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(path)
    reader.evaluate("document.querySelectorAll('print-button').forEach(one => one.remove())")  # the browser has its own
    with_scripts = reader.locator("main").inner_text()
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    assert page.locator("main").inner_text() == with_scripts
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("navigation", name="Main").get_by_role("link").first.is_visible()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_only_this_origin_and_sets_no_cookie(chromium: Browser, site: Site, path: str) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    complaints = watched(page, site)
    page.goto(path)
    page.mouse.wheel(0, 20000)
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert context.cookies() == []
    context.close()


def test_questions_are_open_in_print(reader: Page) -> None:
    reader.goto("/microneedling-for-stretch-marks/")
    reader.emulate_media(media="print")
    try:
        assert reader.locator("details.qa > div").first.is_visible()
        assert not reader.get_by_role("navigation", name="Main").is_visible()
        assert reader.locator(".letterhead").is_visible()
    finally:
        reader.emulate_media(media="screen")


def test_keyboard_reaches_the_content_past_the_menu(visitor: Page) -> None:
    visitor.goto("/microneedling-for-stretch-marks/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent") == "Skip to main content"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "main"


def test_unknown_address_offers_ways_on(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    reply = page.goto("/no-such-page/")
    assert reply is not None
    assert reply.status == 404
    assert levels(page)[0] == 1
    page.locator("main").get_by_role("link", name="Aftercare").click()
    assert page.url.endswith("/aftercare/")
    context.close()
