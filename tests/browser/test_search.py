"""The search: with keys alone, by a screen reader's tree, without JavaScript, on a telephone, and in no log."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, on_each_screen, violations, watched

PAGES = ["/search/", "/search/?q=strech+marks", "/search/?q=zzzqqq", "/search/?q=", f"/search/?q={'a' * 201}"]


@pytest.fixture(scope="module", autouse=True)
def index(site: Site) -> None:
    """The index stands before anybody asks: the first tick makes it, moments after the site has started."""
    site.shell("from content.search import index; index.rebuild_if_outdated()")


@pytest.fixture
def plain(chromium: Browser, site: Site) -> Iterator[Page]:
    """A telephone 320 pixels wide without JavaScript; nothing it does may be complained of."""
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    complaints = watched(page, site)
    yield page
    assert context.cookies() == []
    context.close()
    assert complaints == []


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says this."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || document.activeElement.name") == words:
            return
    pytest.fail(f"Tab does not reach “{words}”.")


def test_keys_alone_lead_from_any_page_to_the_section_that_answers(visitor: Page) -> None:
    visitor.goto("/contact/")
    tab_to(visitor, "Search")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/search/")
    tab_to(visitor, "q")
    visitor.keyboard.type("what should i wear")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/search/?q=*")
    first = visitor.locator(".search-results h3 a").first
    tab_to(visitor, first.inner_text())
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/aftercare/*")
    anchor = visitor.evaluate("location.hash.slice(1)")
    assert anchor
    assert visitor.locator(f"[id='{anchor}']").is_visible()
    visitor.wait_for_function("anchor => document.getElementById(anchor).getBoundingClientRect().top < 300", arg=anchor)
    assert visitor.context.cookies() == []


def test_screen_reader_hears_the_box_what_was_meant_and_each_result_by_its_heading(visitor: Page) -> None:
    visitor.goto("/search/?q=strech+marks")
    main = visitor.locator("main")
    box = main.get_by_role("search")
    assert box.get_by_role("searchbox", name="What would you like to know?").input_value() == "strech marks"
    tree = main.aria_snapshot()
    for part in ('- heading "Search" [level=1]', '- heading "Results" [level=2]', "“stretch marks”"):
        assert part in tree, part
    results = main.locator(".search-results > ol > li")
    assert results.count() > 3
    assert results.get_by_role("heading", level=3).count() == results.count()
    assert results.first.locator("mark").first.inner_text().lower() == "stretch marks"
    assert main.get_by_role("list", name="Also on this page").count() > 0


def test_screen_reader_hears_what_is_wrong_with_what_was_typed(visitor: Page) -> None:
    visitor.goto("/search/?q=")
    box = visitor.get_by_role("searchbox")
    expect(box).to_be_focused()  # the browser moves it there once it has laid the page out
    assert box.get_attribute("aria-invalid") == "true"
    assert "Type a word" in visitor.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()


def test_without_javascript_a_telephone_finds_it(plain: Page) -> None:
    plain.goto("/search/")
    plain.get_by_label("What would you like to know?").fill("does it hurt")
    plain.get_by_role("button", name="Search").click()
    plain.wait_for_url("**/search/?q=*")
    plain.locator(".search-results h3 a").first.click()
    assert "uncomfortable" in plain.locator("main").inner_text()


def test_nothing_found_leads_on(plain: Page) -> None:
    plain.goto("/search/?q=zzzqqq")
    plain.locator("main").get_by_role("link", name="Aftercare").click()
    assert plain.url.endswith("/aftercare/")


@pytest.mark.parametrize("path", PAGES, ids=["empty", "results", "none", "nothing typed", "too long"])
def test_page_has_no_axe_violation(visitor: Page, path: str) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    visitor.goto(path)
    for screen in on_each_screen(visitor):
        assert violations(visitor) == [], screen
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("path", PAGES, ids=["empty", "results", "none", "nothing typed", "too long"])
def test_nothing_scrolls_sideways_and_whatever_is_pressed_is_44_px_high(visitor: Page, path: str) -> None:
    visitor.goto(path)
    for size, width in (("100%", 320), ("200%", 640)):
        visitor.set_viewport_size({"width": width, "height": 800})
        visitor.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width, size
        small = visitor.evaluate("""[...document.querySelectorAll('main :is(input, button, .btn, .search-results > ol a)')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
        assert small == [], size


def test_the_menu_with_its_search_stands_beside_the_name_on_a_desk_and_opens_on_a_telephone(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 1280, "height": 800})
    visitor.goto("/")
    brand, search = visitor.locator(".brand").bounding_box(), visitor.locator(".menu a").last.bounding_box()
    assert brand
    assert search
    assert brand["y"] - 10 < search["y"] < brand["y"] + brand["height"]
    visitor.set_viewport_size({"width": 390, "height": 800})
    visitor.goto("/")
    visitor.get_by_role("button", name="Menu").click()
    visitor.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    visitor.wait_for_url("**/search/")


def test_the_log_tells_that_somebody_searched_and_not_for_what(visitor: Page, site: Site) -> None:
    for word in ("zebrafinch", "quokka zebrafinch&page=2"):
        visitor.goto(f"/search/?q={word}")
    visitor.locator("main").get_by_role("link", name="Aftercare").click()  # the page before is not told either
    written = site.log.read_text()
    assert "GET /search/ 200" in written
    assert "zebrafinch" not in written
    assert not [path for path in site.var.rglob("*") if path.is_file() and b"zebrafinch" in path.read_bytes()]


def test_a_match_inside_a_folded_answer_opens_it_without_a_script(plain: Page) -> None:
    plain.goto("/search/?q=do+men+have+it+too")
    plain.locator(".search-results h3 a", has_text="Do men have it too?").first.click()
    plain.wait_for_url("**/microneedling-for-stretch-marks/#*")
    answer = plain.locator("details.qa", has_text="Do men have it too?").locator("div")
    answer.wait_for(state="visible")
    assert plain.locator("details.qa[open]").count() == 1
    assert plain.locator("summary", has_text="Do men have it too?").bounding_box()["y"] >= 0


@pytest.mark.full
def test_a_browser_that_leaves_the_answer_folded_is_helped_by_the_script(visitor: Page) -> None:
    """Older browsers leave it as it is; here it is folded again by hand."""
    visitor.goto("/microneedling-for-stretch-marks/")
    visitor.evaluate("Object.assign(location, { hash: 'answer-2-text' })")
    visitor.wait_for_function("document.querySelectorAll('details.qa[open]').length === 1")
    visitor.evaluate("document.querySelector('details.qa[open]').open = false")
    visitor.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    assert visitor.locator("details.qa[open]").count() == 1
