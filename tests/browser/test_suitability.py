"""Is it right for me? With a mouse, keys alone, a screen reader's tree, no JavaScript, a telephone, and on paper."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, on_each_screen, violations, watched

PATH, ANSWER = "/is-it-right-for-me/", "/is-it-right/answer/"


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


def choose(page: Page, *yes: int, left_out: tuple[int, ...] = ()) -> None:
    """Yes to these questions, counted from 1, no to the others, and nothing to those left out."""
    page.goto(PATH)
    for number, group in enumerate(page.locator("fieldset").all(), 1):
        if number not in left_out:
            group.get_by_label("Yes" if number in yes else "No", exact=True).check()


def send(page: Page) -> None:
    page.get_by_role("button", name="See your answer").click()
    page.wait_for_url(f"**{ANSWER}")


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_without_javascript_every_outcome_is_reached_and_the_address_says_nothing(plain: Page, site: Site) -> None:
    for yes, outcome in (((), "Book a consultation"), ((11,), "Speak to us first"), ((2, 11), "Not now")):
        choose(plain, *yes)
        send(plain)
        assert heading(plain) == outcome
        assert plain.url == site.url + ANSWER
        assert plain.locator(".reasons li").count() == len(yes)


def test_without_javascript_what_is_missing_is_asked_again_and_found_from_the_top(plain: Page) -> None:
    choose(plain, 1, left_out=(3, 9))
    send(plain)
    assert plain.locator("fieldset[data-problem]").count() == 2
    assert plain.locator("fieldset input:checked").count() == 11
    plain.keyboard.press("Tab")  # the box of what is missing has the focus, so this is its first link
    plain.keyboard.press("Enter")
    plain.keyboard.press("Tab")
    plain.keyboard.press("ArrowRight")
    plain.locator("fieldset").nth(8).get_by_label("No").check()
    send(plain)
    assert heading(plain) == "Not now"


def test_keys_alone_answer_print_and_change(visitor: Page) -> None:
    visitor.goto(PATH)
    visitor.locator("#main").focus()
    while visitor.evaluate("document.activeElement.type") != "radio":
        visitor.keyboard.press("Tab")
    for _ in range(13):
        visitor.keyboard.press("ArrowRight")  # from Yes to No
        visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.innerText") == "See your answer"
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(f"**{ANSWER}")
    assert heading(visitor) == "Book a consultation"
    visitor.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    stops = ["Print this answer", "Change your answers"]
    for name in stops:
        for _ in range(30):
            visitor.keyboard.press("Tab")
            if visitor.evaluate("document.activeElement.innerText") == name:
                break
        assert visitor.evaluate("document.activeElement.innerText") == name
        visitor.keyboard.press("Enter")
    assert visitor.locator("body[data-printed]").count() == 1
    assert visitor.locator("details fieldset input:checked").count() == 13
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("ArrowLeft")  # yes to the first question
    for _ in range(13):
        visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.locator("h1", has_text="Not now").wait_for()


def test_a_screen_reader_hears_each_question_with_its_answers_and_what_is_wrong_with_it(visitor: Page) -> None:
    visitor.goto(PATH)
    tree = visitor.locator("form.yes-no").aria_snapshot()
    assert tree.splitlines()[:3] == [
        '- group "1. Are you pregnant, or could you be?":',
        "  - text: 1. Are you pregnant, or could you be?",
        '  - radio "Yes"',
    ]
    assert tree.count("- group") == 13
    assert tree.count('- radio "Yes"') == tree.count('- radio "No"') == 13
    choose(visitor, 4, left_out=(3,))
    send(visitor)
    assert visitor.title().startswith("Error: ")
    assert visitor.evaluate("document.activeElement.className") == "problems"
    assert visitor.get_by_role("region", name="1 question still needs an answer").get_by_role("link").count() == 1
    group = visitor.get_by_role("group", name="3. Have you had chemotherapy or radiotherapy lately?")
    described = group.get_attribute("aria-describedby")
    assert described
    assert visitor.locator(f"#{described}").inner_text().split() == ["Error:", "Choose", "yes", "or", "no."]


def test_a_screen_reader_hears_the_answer_first_and_its_parts_by_their_headings(visitor: Page) -> None:
    choose(visitor, 4, 8)
    send(visitor)
    found = visitor.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3)')].map(h => h.tagName + ' ' + h.innerText)"
    )
    assert found[:5] == [
        "H1 Not now",
        "H2 Why we say this",
        "H3 Better to wait",
        "H3 To talk about first",
        "H2 Questions to ask us",
    ]
    assert found[5].startswith("H2 Your answers, ")


def test_a_changed_answer_takes_away_what_was_said_of_those_before(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 390, "height": 844})
    choose(visitor)
    send(visitor)
    assert heading(visitor) == "Book a consultation"
    visitor.get_by_text("Change your answers").click()
    assert heading(visitor) == "Book a consultation"
    box = visitor.locator("fieldset").nth(6).get_by_label("Yes", exact=True)
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.check()
    assert heading(visitor) == visitor.title() == "You changed an answer"
    expect(visitor.get_by_role("status")).to_have_text(
        "You changed an answer. Choose “See your answer” for what we say to your answers now."
    )
    after = box.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    words = visitor.locator("main").inner_text()
    assert "Nothing you told us" not in words
    assert "Your answers, " not in words
    assert visitor.locator(".pairs, .reasons, print-button").count() == 0
    visitor.get_by_role("button", name="See your answer").click()
    visitor.locator("h1", has_text="Speak to us first").wait_for()
    assert "You said yes to: Are you 18 to 21 years old?" in visitor.locator(".reasons").inner_text()


def at_the_three_pages(page: Page) -> Iterator[str]:
    """The questions, the questions again, and an answer, one after the other in `page`."""
    page.goto(PATH)
    yield "questions"
    choose(page, 1, left_out=(3, 4))
    send(page)
    yield "again"
    choose(page, 1, 5)
    send(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    yield "answer"


def test_no_page_on_the_way_has_an_axe_violation(visitor: Page) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    for where in at_the_three_pages(visitor):
        for screen in on_each_screen(visitor):
            assert violations(visitor) == [], (where, screen)
    assert visitor.context.cookies() == []


def test_nothing_scrolls_sideways_and_whatever_is_pressed_is_44_px_high(visitor: Page) -> None:
    for size, width in (("100%", 320), ("200%", 640)):
        visitor.set_viewport_size({"width": width, "height": 800})
        for where in at_the_three_pages(visitor):
            visitor.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert visitor.evaluate("document.documentElement.scrollWidth") <= width, (where, size)
            small = visitor.evaluate("""[...document.querySelectorAll('main :is(.yes-no label, button, .btn, summary, .problems a)')]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
            assert small == [], where


def printed(page: Page) -> list[str]:
    """The text of each page of paper."""
    made = page.pdf(prefer_css_page_size=True, print_background=True)
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize(
    ("yes", "outcome"),
    [
        pytest.param((), "Book a consultation", marks=pytest.mark.full),
        pytest.param((8, 11), "Speak to us first", marks=pytest.mark.full),
        ((1, 9, 11), "Not now"),
    ],
)
def test_an_answer_prints_on_one_sheet_with_all_that_belongs_to_it(
    visitor: Page, yes: tuple[int, ...], outcome: str
) -> None:
    choose(visitor, *yes)
    send(visitor)
    telephone = visitor.locator("a[href^='tel:']").first.inner_text().removeprefix("Call ")
    sheets = printed(visitor)
    assert len(sheets) == 1
    words = " ".join(sheets[0].split())
    for part in (outcome, telephone, "Who will treat me", "Are you under 18?", "Your answers, "):
        assert part in words, part
    assert words.count("You said yes to") == len(yes)
    for part in ("Change your answers", "See your answer", "Print this answer"):
        assert part not in words


def test_the_log_of_the_site_tells_that_somebody_answered_and_nothing_more(visitor: Page, site: Site) -> None:
    choose(visitor, 1, left_out=(2,))
    names = {box.get_attribute("name") or "" for box in visitor.locator("fieldset input").all()}
    send(visitor)
    written = site.log.read_text()
    assert f"POST {ANSWER} 200" in written
    assert len(names) == 13
    assert not [name for name in names if name in written]
