"""The planner as a patient uses it: with keys alone, without JavaScript, on paper; and nothing typed stays anywhere."""

import io
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect
from pypdf import PdfReader

from tests.browser.conftest import Site, violations, watched

URL = "/plan-your-sessions/"
SUNNY_SUMMER = {"first": "2027-06-07", "sessions": "4", "from1": "2027-06-28", "to1": "2027-07-26", "sun1": "on"}
FULL = {
    "first": "2027-06-07", "sessions": "8", "area": "thighs",
    "from1": "2027-07-05", "to1": "2027-07-18", "sun1": "on",
    "from2": "2027-10-02", "to2": "2027-10-04", "from3": "2028-01-01", "to3": "2028-01-31", "sun3": "on",
}  # fmt: skip


def address(**boxes: str) -> str:
    return f"{URL}?{urlencode(boxes)}"


def test_with_keys_alone_from_the_menu_to_the_calendar_file(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 1280, "height": 900})
    visitor.goto("/")
    visitor.keyboard.press("Tab")
    for _ in range(30):
        if visitor.evaluate("document.activeElement.pathname") == URL:
            break
        visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(f"**{URL}")
    visitor.get_by_label("First session").focus()
    visitor.keyboard.type("06072027")
    visitor.get_by_role("radio", name="4").focus()
    visitor.keyboard.press("ArrowLeft")
    status = visitor.get_by_role("status")
    expect(status).to_contain_text("3 sessions. The last falls between")
    assert visitor.evaluate("document.activeElement.value") == "3"
    link = visitor.get_by_role("link", name="Download calendar file")
    link.focus()
    with visitor.expect_download() as download:
        visitor.keyboard.press("Enter")
    assert download.value.suggested_filename == "appointments.ics"
    assert download.value.path().read_bytes().count(b"BEGIN:VEVENT") == 4


def test_what_a_screen_reader_is_told(visitor: Page) -> None:
    visitor.goto(address(first="2027-06-07", sessions="2", from1="2027-07-05", to1="2027-07-06"))
    tree = visitor.locator("main").aria_snapshot()
    for line in (
        'textbox "First session"',
        'group "Number of sessions"',
        'radio "2" [checked]',
        'combobox "Area of your body if you like"',
        'group "Time away 1"',
        'checkbox "I will be in the sun"',
        'heading "Your dates" [level=2]',
        "- status:",
        'heading "Session 2" [level=3]',
        "Book it between Wed 7 July 2027 and Mon 19 July 2027.",
        'link "Download calendar file"',
        'button "Print this plan"',
    ):
        assert line in tree, f"{line} not in\n{tree}"
    visitor.goto(address(first="2020-01-01", sessions="99"))
    assert "Please look at 2 things" in visitor.locator(":focus").inner_text()
    box = visitor.get_by_label("First session")
    assert box.get_attribute("aria-invalid") == "true"
    words = [visitor.locator(f"#{part}").inner_text() for part in str(box.get_attribute("aria-describedby")).split()]
    assert "This day is over." in words[0]
    assert words[1] == "Wed 1 Jan 2020"


def test_without_javascript_the_server_answers_the_same(chromium: Browser, site: Site, visitor: Page) -> None:
    visitor.goto(address(**FULL))
    with_scripts = visitor.locator(".plan-answer").inner_text().replace("Print this plan", "").split()
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(URL)
    page.get_by_label("First session").fill("2027-06-07")
    page.locator("label.chip", has_text="8").click()
    page.get_by_label("Area of your body").select_option("thighs")
    page.locator("summary", has_text="Days away").click()
    for number in ("1", "2", "3"):
        page.locator(f"#id_from{number}").fill(FULL[f"from{number}"])
        page.locator(f"#id_to{number}").fill(FULL[f"to{number}"])
        if f"sun{number}" in FULL:
            page.locator(f"#id_sun{number}").check()
    page.get_by_role("button", name="Show my dates").click()
    assert page.locator(".plan-answer").inner_text().split() == with_scripts
    context.close()


def test_a_change_is_answered_at_once(visitor: Page) -> None:
    visitor.goto(address(first="2027-06-07", sessions="4"))
    visitor.locator("label.chip", has_text="6").click()
    expect(visitor.get_by_role("status")).to_contain_text("6 sessions.")
    assert "sessions=6" in visitor.url
    visitor.get_by_label("First session").fill("2027-06-08")
    expect(visitor.locator("#id_first_words")).to_have_text("Tue 8 June 2027")
    expect(visitor.locator(".understood")).to_have_count(1)


PAST = "This day is over. Choose today or a later day."
REFUSED = {
    "a first day in the past": ({"first": "2020-01-01"}, "first", PAST),
    "no first day": ({"first": ""}, "first", "Choose the day of your first session."),
    "away that ends before it starts": (
        {"from1": "2027-07-18", "to1": "2027-07-05"},
        "to1",
        "The last day away can’t be before the first.",
    ),
    "away without its last day": ({"from2": "2027-07-05"}, "to2", "Choose the last day of your time away too."),
    "away that is over": (
        {"from3": "2020-07-05", "to3": "2020-07-06"},
        "to3",
        "These days are over. Leave them out, or choose later ones.",
    ),
}


def fill(page: Page, boxes: dict[str, str]) -> None:
    page.evaluate("document.querySelector('.journeys').open = true")
    for name, value in boxes.items():
        page.locator(f"#id_{name}").fill(value)


@pytest.mark.parametrize(("boxes", "box", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_takes_the_plan_away_and_the_server_says_why(
    visitor: Page, boxes: dict[str, str], box: str, sentence: str
) -> None:
    visitor.goto(address(first="2027-06-07", sessions="4"))
    expect(visitor.locator(".plan-sessions > li")).to_have_count(4)
    fill(visitor, boxes)
    wrong = visitor.locator(f"#id_{box}")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    problem, *_ = str(wrong.get_attribute("aria-describedby")).split()
    expect(visitor.locator(f"#{problem}")).to_contain_text(sentence)
    expect(visitor.locator(".problems")).to_contain_text(sentence)
    expect(visitor.get_by_role("status")).to_contain_text(sentence)
    expect(visitor.locator(".plan-sessions, .until, .judge, a[download], print-button")).to_have_count(0)
    assert "2027" not in visitor.locator(".plan-answer").inner_text()
    assert visitor.evaluate("document.activeElement.id") == f"id_{list(boxes)[-1]}"
    said = visitor.locator(".problems, .problem, [role=status]").all_inner_texts()
    visitor.reload()
    assert visitor.locator(".problems, .problem, [role=status]").all_inner_texts() == said
    fill(visitor, dict.fromkeys(boxes, "") | {"first": "2027-06-07"})
    expect(visitor.locator(".plan-sessions > li")).to_have_count(4)
    expect(visitor.locator(".problem, .problems, [aria-invalid]")).to_have_count(0)


def test_a_box_stays_where_it_is_while_sentences_come_and_go(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto(address(first="2027-06-07", sessions="4"))
    fill(visitor, {"from1": "2027-07-18"})
    expect(visitor.locator(".problems")).to_be_attached()
    box = visitor.locator("#id_to1")
    box.scroll_into_view_if_needed()
    box.focus()
    before = box.bounding_box()
    box.fill("2027-07-20")
    expect(visitor.locator(".problems")).to_have_count(0)
    after = box.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


def broken(route: Route) -> None:
    route.abort() if route.request.resource_type == "fetch" else route.continue_()


def failing(route: Route) -> None:
    route.fulfill(status=503, body="<p>Busy") if route.request.resource_type == "fetch" else route.continue_()


def elsewhere(route: Route) -> None:
    route.fulfill(
        body="<p>Sign in to this café’s network"
    ) if route.request.resource_type == "fetch" else route.continue_()


@pytest.mark.parametrize("reply", [broken, failing, elsewhere])
def test_without_an_answer_there_is_no_plan_and_the_button_still_asks(
    chromium: Browser, site: Site, reply: Callable[[Route], None]
) -> None:
    page = chromium.new_page(base_url=site.url)
    page.route("**/*", reply)
    page.goto(address(first="2027-06-07", sessions="4"))
    page.locator("label.chip", has_text="6").click()
    expect(page.get_by_role("status")).to_contain_text("none are shown")
    expect(page.locator(".plan-sessions, .until, .judge, a[download], print-button")).to_have_count(0)
    page.get_by_role("button", name="Show my dates").click()
    expect(page.locator(".plan-sessions > li")).to_have_count(6)
    page.close()


def test_a_slow_answer_never_replaces_a_later_one_and_the_plan_before_cannot_be_downloaded(
    chromium: Browser, site: Site
) -> None:
    page = chromium.new_page(base_url=site.url)
    held: list[Route] = []
    page.route("**/*sessions=6*", lambda route: held.append(route))  # noqa: PLW0108  the browser library marks the function
    page.goto(address(first="2027-06-07", sessions="4"))
    page.locator("label.chip", has_text="6").click()
    expect(page.locator("a[download]").locator("xpath=ancestor-or-self::*[@inert]")).to_have_count(1)
    page.locator("label.chip", has_text="3").click()
    expect(page.locator(".plan-sessions > li")).to_have_count(3)
    for route in held:
        with suppress(Error):  # the browser gave up waiting
            route.continue_()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("status")).to_contain_text("3 sessions.")
    expect(page.locator("[inert]")).to_have_count(0)
    assert len(held) == 1
    page.close()


def test_a_plan_made_without_a_new_page_prints_like_any_other(visitor: Page) -> None:
    visitor.goto(URL)
    visitor.get_by_label("First session").fill("2027-06-07")
    expect(visitor.locator(".plan-sessions > li")).not_to_have_count(0)
    words = PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True))).pages[0].extract_text()
    assert "Booked for:" in words
    fill(visitor, {"first": "2020-01-01"})
    expect(visitor.locator(".problems")).to_contain_text(PAST)
    assert "Booked for:" not in PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True))).pages[0].extract_text()


@pytest.mark.parametrize(
    "boxes",
    [
        {},
        pytest.param({"first": "2027-06-07", "sessions": "1"}, marks=pytest.mark.full),
        pytest.param({"first": "2027-06-07", "sessions": "6"}, marks=pytest.mark.full),
        FULL,
    ],
)
def test_it_prints_on_one_sheet_with_room_to_write(visitor: Page, boxes: dict[str, str]) -> None:
    visitor.goto(address(**boxes) if boxes else URL)
    reader = PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True)))
    assert len(reader.pages) == 1
    words = reader.pages[0].extract_text()
    assert words.count("Booked for:") == int(boxes.get("sessions", "0"))
    assert "01632 960123" in words
    assert "do not use a sunbed at all during your course" in " ".join(words.split())
    assert "Show my dates" not in words


def test_paper_holds_the_days_that_the_page_offers_and_the_rule_between_them(visitor: Page) -> None:
    visitor.goto(address(**SUNNY_SUMMER))
    words = " ".join(PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True))).pages[0].extract_text().split())
    for said in (
        "The last falls between Tue 21 Sept 2027 and Tue 19 Oct 2027",
        "Leave at least 4 weeks between sessions: if you take a later day for one, the next one moves too.",
        "Mon 7 June 2027 Booked for:",
        "Tue 27 July 2027 or later Booked for:",
        "Tue 24 Aug 2027 to Tue 7 Sept 2027 Booked for:",
        "Tue 21 Sept 2027 to Tue 19 Oct 2027 Booked for:",
        "not before Tue 14 Dec 2027 to Tue 11 Jan 2028, depending on your last session",
    ):
        assert said in words, f"{said} not in\n{words}"
    assert "5 July 2027" not in words


def test_days_away_between_two_stretches_are_seen_in_the_drawing(visitor: Page) -> None:
    visitor.goto(address(first="2027-06-07", sessions="2", from1="2027-07-08", to1="2027-07-12"))
    bar = visitor.locator(".plan-sessions .course-bar").nth(1)
    offered, away = bar.locator("path").all()
    track = bar.evaluate("one => getComputedStyle(one).backgroundColor")
    assert away.evaluate("one => getComputedStyle(one).stroke") == track
    assert offered.evaluate("one => getComputedStyle(one).stroke") != track


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.full), 390, 320])
@pytest.mark.parametrize("boxes", [FULL, {"first": "x", "sessions": "0", "area": "moon", "from1": "2027-01-01"}])
def test_an_answer_and_a_mistake_are_accessible(
    chromium: Browser, site: Site, width: int, boxes: dict[str, str]
) -> None:
    scheme = "dark" if width == 390 else "light"
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address(**boxes))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []
    small = page.evaluate("""[...document.querySelectorAll('main :is(.btn, summary, .chip, .tick, input[type=date], select)')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
    assert small == []
    context.close()


def test_a_plan_leaves_no_trace(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    complaints = watched(page, site)
    page.goto(address(**FULL))
    with page.expect_download():
        page.get_by_role("link", name="Download calendar file").click()
    assert context.cookies() == []
    assert complaints == []
    log = site.log.read_text()
    assert f"GET {URL} 200" in log
    assert "GET /session-plan.ics 200" in log
    for typed in ("2027-06-07", "=thighs", "first=", "2028-01-01"):
        assert typed not in log
    context.close()
