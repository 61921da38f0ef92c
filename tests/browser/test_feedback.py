"""“Was this page clear?” as a patient uses it: with keys alone, by ear, without JavaScript; and no trace of what they wrote."""

import io
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from content.models import Answer, Counter, IdempotencyKey
from tests.browser.conftest import SCREENS, Site, violations, watched

PAGES = {
    "treatment": "/microneedling-for-stretch-marks/",
    "topic": "/microneedling-for-stretch-marks/spacing-your-sessions/",
    "leaflet": "/microneedling-for-stretch-marks/aftercare/",
    "clinic": "/about/",
    "planner": "/plan-your-sessions/",
    "suitability": "/is-it-right-for-me/",
}
URL = PAGES["topic"]
WORDS = "Zanzibar: nobody says how long it takes"


def asked(site: Site, question: str) -> list[tuple[object, ...]]:
    """What the site's own database answers; a second Python takes seconds to start."""
    with closing(sqlite3.connect(site.var / "site.sqlite3", timeout=20)) as database, database:
        return database.execute(question).fetchall()


def forget(site: Site) -> None:
    """One address reads for all these tests: without this it would be held back after ten answers."""
    for table in (Counter._meta.db_table, IdempotencyKey._meta.db_table):
        asked(site, f"DELETE FROM {table}")


def last(site: Site) -> tuple[object, ...]:
    """Whether the last answer says that the page was clear, its words, and how many answers there are."""
    (found,) = asked(
        site,
        f"SELECT is_clear, words, (SELECT count(*) FROM {Answer._meta.db_table}) FROM {Answer._meta.db_table} "
        "ORDER BY id DESC LIMIT 1",
    )
    return found


def tab_to(page: Page, name: str) -> None:
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"The keyboard does not reach “{name}”.")


def test_with_keys_alone_a_reader_answers_and_writes_what_was_missing(visitor: Page, site: Site) -> None:
    forget(site)
    visitor.goto(URL)
    tab_to(visitor, "No")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    visitor.wait_for_load_state("networkidle")
    visitor.reload()
    visitor.get_by_label("What was missing").focus()
    visitor.keyboard.type(WORDS)
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("main")).to_contain_text("Our staff will read your words.")
    *said, count = last(site)
    assert said == [False, WORDS]
    visitor.goto(URL)
    visitor.get_by_role("button", name="Yes", exact=True).press("Enter")
    for _ in range(2):
        expect(visitor.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
        visitor.wait_for_load_state("networkidle")  # a page that is still taking another's place can't be reloaded
        visitor.reload()
    assert last(site) == (True, "", count + 1)  # three times the same reply is one answer


def test_what_a_screen_reader_is_told(chromium: Browser, site: Site) -> None:
    forget(site)
    visitor = chromium.new_page(base_url=site.url)
    visitor.goto(URL)
    asked = visitor.get_by_role("form", name="Was this page clear?")
    assert asked.aria_snapshot().splitlines() == [
        '- form "Was this page clear?":',
        '  - heading "Was this page clear?" [level=2]',
        "  - paragraph:",
        '    - button "Yes"',
        '    - button "No"',
    ]
    asked.get_by_role("button", name="No").click()
    box = visitor.get_by_role("textbox", name="What was missing, or hard to follow? (if you like)")
    told = visitor.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()
    assert "Please don’t write your name" in told
    assert "01632 960123" in told
    box.fill("a" * 501)
    visitor.get_by_role("button", name="Send").click()
    alert = visitor.get_by_role("alert")
    expect(alert).to_contain_text("Please use 500 letters or fewer. You have 501.")
    box = visitor.get_by_role("textbox")
    assert box.get_attribute("aria-invalid") == "true"
    named = (box.get_attribute("aria-describedby") or "").split()
    assert any("You have 501" in visitor.locator(f"#{one}").inner_text() for one in named)
    alert.get_by_role("link").click()
    expect(box).to_be_focused()
    assert box.input_value() == "a" * 501
    visitor.close()


def test_without_javascript_it_is_the_same_and_leaves_no_trace(chromium: Browser, site: Site) -> None:
    forget(site)
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    complaints = watched(page, site)
    page.goto(URL)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("Our staff will read your words.")
    assert context.cookies() == []
    assert complaints == []
    context.close()
    log = site.log.read_text()
    assert "POST /was-this-clear/ 303" in log
    assert "POST /was-this-clear/words/ 200" in log
    for typed in ("Zanzibar", "receipt", "clear=", "nobody"):
        assert typed not in log


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_question_stands_between_what_is_read_and_the_foot_and_is_not_printed(visitor: Page, path: str) -> None:
    visitor.goto(path)
    expect(visitor.locator(".was-clear")).to_be_visible()
    for width in (1280, 390, 320):
        visitor.set_viewport_size({"width": width, "height": 900})
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width
        asked, foot = visitor.locator(".was-clear").bounding_box(), visitor.locator(".foot").bounding_box()
        assert asked
        assert foot
        assert asked["width"] == width
        assert asked["y"] + asked["height"] <= foot["y"]
        for button in visitor.locator(".was-clear button").all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44
    paper = PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True)))
    assert not any("Was this page clear" in " ".join(sheet.extract_text().split()) for sheet in paper.pages)


def test_whoever_writes_nothing_is_thanked(visitor: Page, site: Site) -> None:
    forget(site)
    visitor.goto(URL)
    visitor.get_by_role("button", name="Yes", exact=True).click()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("main")).to_contain_text("We have counted your answer.")


@pytest.mark.parametrize(("width", "scheme"), [*SCREENS, pytest.param(320, "light", marks=pytest.mark.full)])
def test_each_step_is_accessible(chromium: Browser, site: Site, width: int, scheme: str) -> None:
    forget(site)
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()

    def check(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == [], heading

    page.goto(URL)
    check(page.locator("h1").inner_text())
    page.get_by_role("button", name="No", exact=True).click()
    check("Thank you")
    page.get_by_role("textbox").fill("b" * 600)
    page.get_by_role("button", name="Send").click()
    check("Please check your words")
    page.get_by_role("textbox").fill("b" * 500)
    page.get_by_role("button", name="Send").click()
    check("Thank you")
    page.goto(URL)
    page.evaluate("document.querySelector('.was-clear [value=no]').value = 'perhaps'")
    page.get_by_role("button", name="No", exact=True).click()
    check("Your answer was not counted")
    expect(page.get_by_role("form", name="Was this page clear?")).to_be_visible()
    context.close()
