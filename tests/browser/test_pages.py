"""Every page of the site as a patient's browser shows it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import FINISH, Site, violations, watched
from tests.browser.test_weight import MOVED, SCROLL
from tests.browser.test_weight import SCREENS as DENSE

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
SMALL = """[...document.querySelectorAll('.btn, .menu-btn, .actions a, summary, .toc a, .foot li a')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
ONE_LONG_WORD = """() => {
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node; node = walk.nextNode();) if (node.data.trim()) node.data = 'Donaudampfschifffahrt'.repeat(4);
}"""
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
SHOW_PRINT_BUTTONS = "shown => document.querySelectorAll('print-button').forEach(one => one.style.display = shown)"


@dataclass
class Visit:
    """All that is asserted of one page, taken down while it is read once on each screen."""

    path: str
    status: int = 0
    levels: list[int] = field(default_factory=list)
    levels_in_main: list[int] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cookies: list[object] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)  # by whether there are scripts
    has_menu: bool = False
    violations: dict[str, list[str]] = field(default_factory=dict)  # by width and scheme
    overflow: dict[str, int] = field(default_factory=dict)  # in pixels, by width and size of text
    moved: dict[int, float] = field(default_factory=dict)  # as Lighthouse reckons it, by width


def levels(page: Page) -> list[int]:
    """The levels of the page's headings in their order."""
    found: list[int] = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    return found


def overflow(page: Page, width: int) -> int:
    """By how many pixels the page is wider than the window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide - width


def read_to_the_end(page: Page, visit: Visit, width: int) -> None:
    """Go there and scroll down until all pictures are there; how much has moved meanwhile."""
    reply = page.goto(visit.path)
    assert reply is not None
    visit.status = reply.status
    page.evaluate(SCROLL)
    visit.moved[width] = round(page.evaluate(MOVED), 3)


def read_on_a_desk(page: Page, visit: Visit) -> None:
    """What is the same on every screen, and axe in the light."""
    read_to_the_end(page, visit, 1280)
    page.wait_for_load_state("networkidle")
    visit.cookies = page.context.cookies()
    visit.levels = levels(page)
    visit.levels_in_main = page.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(h => +h.tagName[1])"
    )
    visit.current = page.evaluate("[...document.querySelectorAll('a[aria-current=page]')].map(a => a.pathname)")
    visit.ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    page.evaluate(SHOW_PRINT_BUTTONS, "none")  # without scripts there are none
    visit.text["with scripts"] = page.locator("main").inner_text()
    page.evaluate(SHOW_PRINT_BUTTONS, "")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(OPEN)  # axe judges what is rendered: the answers to the questions too
    visit.violations["1280 px, light"] = violations(page)


def read_on_a_telephone(page: Page, visit: Visit) -> None:
    """Targets, axe in the light and in the dark, and whether anything is too wide."""
    read_to_the_end(page, visit, 390)
    visit.small = page.evaluate(SMALL)
    for size, width in (("200%", 640), ("100%", 320)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        visit.overflow[f"{width} px, text at {size}"] = overflow(page, width)
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(OPEN)
    visit.violations["390 px, light"] = violations(page)
    page.emulate_media(color_scheme="dark")  # nothing but the colours is another, on any screen
    page.evaluate(FINISH)
    visit.violations["390 px, dark"] = violations(page, runOnly=["color-contrast"])
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(ONE_LONG_WORD)
    visit.overflow["320 px, long words"] = overflow(page, 320)


def read_without_scripts(page: Page, visit: Visit) -> None:
    """The words, and the menu on a telephone."""
    page.goto(visit.path)
    visit.text["without scripts"] = page.locator("main").inner_text()
    page.set_viewport_size({"width": 390, "height": 800})
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
        visit.has_menu = page.get_by_role("navigation", name="Main").get_by_role("link").first.is_visible()


@pytest.fixture(scope="module", params=PAGES)
def visit(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Visit:
    """One page, read on a desk, on a telephone and without scripts, each in a new browser."""
    visit = Visit(request.param)
    for width, density in DENSE:
        context = chromium.new_context(
            base_url=site.url, viewport={"width": width, "height": 844}, device_scale_factor=density
        )
        page = context.new_page()
        complaints = watched(page, site)
        (read_on_a_desk if width == 1280 else read_on_a_telephone)(page, visit)
        visit.complaints += complaints
        context.close()
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    read_without_scripts(context.new_page(), visit)
    context.close()
    return visit


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


def test_page_has_one_h1_and_headings_in_order(visit: Visit) -> None:
    assert visit.status == 200
    assert visit.levels.count(1) == 1
    assert visit.levels_in_main[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(visit.levels)), visit.levels


def test_page_marks_where_the_reader_is(visit: Visit) -> None:
    assert set(visit.current) == {visit.path}


def test_page_has_no_axe_violation_on_any_screen(visit: Visit) -> None:
    assert len(visit.violations) == 3
    assert {screen: found for screen, found in visit.violations.items() if found} == {}


def test_page_does_not_scroll_sideways_at_320_px_with_text_at_200_percent_or_with_long_words(visit: Visit) -> None:
    assert len(visit.overflow) == 3
    assert {screen: pixels for screen, pixels in visit.overflow.items() if pixels > 0} == {}


def test_whatever_is_pressed_is_at_least_44_px_high(visit: Visit) -> None:
    assert visit.small == []


def test_no_id_stands_twice(visit: Visit) -> None:
    assert [one for one in visit.ids if visit.ids.count(one) > 1] == []


def test_page_is_whole_without_javascript(visit: Visit) -> None:
    assert visit.text["with scripts"]
    assert visit.text["without scripts"] == visit.text["with scripts"]
    assert visit.has_menu


def test_page_asks_only_this_origin_and_sets_no_cookie(visit: Visit) -> None:
    assert visit.complaints == []
    assert visit.cookies == []


def test_page_holds_still_while_its_pictures_load(visit: Visit) -> None:
    assert visit.moved == {390: 0, 1280: 0}


@pytest.fixture(scope="module")
def reader(chromium: Browser, site: Site) -> Iterator[Page]:
    """One page for many visits."""
    context = chromium.new_context(base_url=site.url)
    yield context.new_page()
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
