"""The aftercare leaflet as Chromium prints it, and the way to it by keyboard, by ear and without JavaScript."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from content.gallery.choices import BodyArea
from content.gallery.facets import slug
from tests.browser.conftest import Site, on_each_screen, violations

AFTERCARE = "/microneedling-for-stretch-marks/aftercare/"
AREAS = {slug(value): label for value, label in BodyArea.choices}
LEAST = 16 * 96 / 72  # 16 pt, the least that is called large print, in CSS pixels


def printed(page: Page, query: str = "") -> pypdfium2.PdfDocument:
    """The page as Chromium would print it."""
    page.goto(AFTERCARE + query, wait_until="networkidle")
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))


def texts(paper: pypdfium2.PdfDocument) -> list[str]:
    """The words of each sheet, with single spaces."""
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]


def addresses(paper: pypdfium2.PdfDocument) -> list[str]:
    """What a telephone reads off the sheets."""
    pictures = [sheet.render(scale=3).to_pil() for sheet in paper]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def full(*values: str) -> list[object]:
    """These are asked of in the long run only."""
    return [pytest.param(value, marks=pytest.mark.full) for value in values]


@pytest.mark.parametrize("area", ["", *list(AREAS)[:1], *full(*list(AREAS)[1:])])
def test_the_leaflet_is_one_sheet_with_all_numbers_the_area_and_its_own_address(visitor: Page, area: str) -> None:
    query = f"?area={area}" if area else ""
    paper = printed(visitor, query)
    assert len(paper) == 1
    text = texts(paper)[0]
    wanted = [
        "Tideline Skin Clinic",
        "12 Example Street",
        "Call us: 01632 960123",
        "When we are closed: 111",
        "Emergency: 999",
    ]
    wanted += [
        "Sample content.",
        "Call us the same day if:",
        "Call an ambulance if:",
        "Date",
        "Clinician",
        "Next session between",
    ]
    wanted += ["do not ever pick or scratch", "After day 7", "This page and its sources"]
    assert [words for words in wanted if words not in text] == []
    assert {one for one in AREAS.values() if f"{one}:" in text} == ({AREAS[area]} if area else set(AREAS.values()))
    assert addresses(paper) == [f"http://localhost:8000{AFTERCARE}{query}"]
    size = paper[0].get_size()
    assert [round(side / 72 * 25.4) for side in size] == [210, 297]


@pytest.mark.parametrize("query", ["?size=large", *full("?size=large&area=breasts")])
def test_large_print_has_the_same_words_in_at_least_16_points_and_breaks_no_row(visitor: Page, query: str) -> None:
    usual = texts(printed(visitor, query.replace("size=large", "")))[0]
    paper = printed(visitor, query)
    sheets = texts(paper)
    assert len(sheets) > 1
    assert sorted(set(usual.replace(":", "").split()) - set(" ".join(sheets).replace(":", "").split())) == []
    visitor.emulate_media(media="print")
    small = visitor.evaluate(
        """least => [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && !one.closest('.vh')
            && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
            && parseFloat(getComputedStyle(one).fontSize) < least - .01).map(one => one.outerHTML.slice(0, 80))""",
        LEAST,
    )
    assert small == []
    rows = visitor.evaluate(
        """[...document.querySelectorAll('main :is(li, td, dd p, .help p, .note p)')].filter(one => one.checkVisibility())
            .map(one => one.innerText.replace(/\\s+/g, ' ').trim()).filter(text => text)"""
    )
    assert len(rows) > 30
    assert [row for row in rows if not any(row.replace(" ", "") in sheet.replace(" ", "") for sheet in sheets)] == []
    assert addresses(paper) == [f"http://localhost:8000{AFTERCARE}" + ("?area=breasts" if "area" in query else "")]


def test_large_print_is_larger_on_the_screen_too(visitor: Page) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.ticks li')).fontSize)"
    visitor.goto(AFTERCARE)
    usual = visitor.evaluate(size)
    visitor.get_by_role("link", name="Large print").click()
    visitor.wait_for_url("**size=large**")
    assert visitor.evaluate(size) > 1.3 * usual
    visitor.get_by_role("link", name="Usual print").click()
    visitor.wait_for_url(lambda url: "size" not in url)
    assert visitor.evaluate(size) == usual


def test_the_foot_of_the_leaflet_is_on_paper_only(visitor: Page) -> None:
    visitor.goto(AFTERCARE)
    expect(visitor.locator(".leaflet-foot")).to_be_hidden()
    visitor.emulate_media(media="print")
    expect(visitor.locator(".leaflet-numbers")).to_be_visible()
    for unwanted in (".area-choice", ".site-head", ".foot", "print-button", ".sources"):
        expect(visitor.locator(unwanted).first).to_be_hidden()


def test_the_button_prints(visitor: Page) -> None:
    visitor.goto(AFTERCARE)
    visitor.evaluate("window.print = () => { document.title = 'printed' }")
    visitor.get_by_role("button", name="Print this leaflet").click()
    assert visitor.title() == "printed"


def test_by_keyboard_alone_a_reader_chooses_an_area_and_large_print(visitor: Page) -> None:
    visitor.goto(AFTERCARE)
    _tab_to(visitor, "Thighs")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**area=thighs#**")
    assert visitor.locator(".area-advice dt").all_inner_texts() == ["Thighs"]
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent") == "Belly"  # the reader goes on where they were
    _tab_to(visitor, "Large print")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**area=thighs&size=large#**")
    _tab_to(visitor, "Print this leaflet")


def _tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    pytest.fail(f"The keyboard does not reach “{words}”.")


def test_by_ear_the_choice_has_a_name_and_says_which_area_is_chosen(visitor: Page) -> None:
    visitor.goto(AFTERCARE + "?area=upper-arms")
    choice = visitor.get_by_role("navigation", name="Your area")
    expect(choice.get_by_role("link")).to_have_count(len(AREAS) + 1)
    assert choice.locator("[aria-current=true]").all_inner_texts() == ["Upper arms"]
    heard = visitor.locator("section.area-advice").aria_snapshot()
    assert '- heading "Clothes for the first 48 hours" [level=2]' in heard
    assert "- term: Upper arms" in heard
    assert "- definition:" in heard
    assert "Emergency: 999" not in visitor.locator("main").aria_snapshot()  # the foot is for paper


def test_without_javascript_every_choice_works_and_prints(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(AFTERCARE)
    assert page.get_by_role("button", name="Print").count() == 0
    page.get_by_role("link", name="Groin").click()
    assert page.locator(".area-advice dt").all_inner_texts() == ["Groin"]
    assert len(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) == 1
    page.get_by_role("link", name="Large print").click()
    page.get_by_role("link", name="All areas").click()
    assert page.url.endswith("?size=large#clothes-for-the-first-48-hours")
    assert page.locator(".area-advice dt").all_inner_texts() == list(AREAS.values())
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("query", ["?area=breasts&size=large", *full("?area=breasts", "?area=elbow")])
def test_no_choice_scrolls_sideways_at_320_px_or_with_text_at_200_percent(visitor: Page, query: str) -> None:
    visitor.goto(AFTERCARE + query)
    for size, width in (("", 320), ("200%", 640)):
        visitor.set_viewport_size({"width": width, "height": 800})
        visitor.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width, size


@pytest.mark.parametrize("query", ["?area=breasts", *full("?area=elbow", "?size=large")])
def test_no_choice_has_an_axe_violation(visitor: Page, query: str) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    visitor.goto(AFTERCARE + query)
    for screen in on_each_screen(visitor):
        assert violations(visitor) == [], screen


def test_what_a_reader_chose_is_in_no_log(visitor: Page, site: Site) -> None:
    visitor.goto(AFTERCARE + "?area=bottom")
    log = Path(site.log).read_text()
    assert AFTERCARE in log
    assert "area=bottom" not in log


def test_other_pages_print_as_they_did(visitor: Page) -> None:
    for path in ("/microneedling-for-stretch-marks/", "/microneedling-for-stretch-marks/your-session/"):
        visitor.goto(path, wait_until="networkidle")
        paper = pypdfium2.PdfDocument(visitor.pdf(prefer_css_page_size=True))
        text = " ".join(texts(paper))
        assert "Sources" in text
        assert "Next session between" not in text
        assert addresses(paper) == []


def test_the_whole_guide_begins_each_page_on_a_sheet_of_its_own_with_one_letterhead(visitor: Page) -> None:
    visitor.goto("/whole-guide/", wait_until="networkidle")
    sheets = texts(pypdfium2.PdfDocument(visitor.pdf(prefer_css_page_size=True, print_background=True)))
    titles = visitor.locator("article > h2").all_inner_texts()
    assert len(titles) == 4
    for title in titles:
        assert [sheet for sheet in sheets if sheet.startswith(title)], title
    assert sum("Patient information" in sheet for sheet in sheets) == 1
    assert "All pages" not in " ".join(sheets)
