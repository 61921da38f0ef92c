"""Forty ways to leave a form with unsaved text: each asks first, and keeps the text for its writer to take up again."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Dialog, FrameLocator, Locator, Page, expect

from tests.browser.conftest import Site, on_each_screen, signed_in, signed_in_as, violations
from tests.browser.editor import add_block, edit_in_place, edit_in_window, form, new_draft, settled

PRIVACY, AFTERCARE = "/privacy/", "/microneedling-for-stretch-marks/aftercare/"
PROSE = "What we do not do"  # no other test changes it
QUESTION, OFFER = "dialog.unsaved-text-question", "section.unsaved-text"


@dataclass(frozen=True)
class Form:
    """A form: who opens it, from which page, how, and the box into which they type."""

    role: str
    start: str
    box: str
    words: str = "Words that took a while"
    open: Callable[[Page], FrameLocator | Page] = lambda page: page


def title_form(page: Page) -> Page:
    """Open the form of the page's title and address."""
    page.locator(".staff-bar").get_by_role("link", name="Title and address").first.click()
    expect(page.locator("#id_meta_description")).to_be_visible()
    return page


FORMS = {
    "a block": Form(
        "nurse", f"draft of {PRIVACY}", "input[name=heading]", open=lambda page: edit_in_window(page, PROSE)
    ),
    "rich text": Form(
        "nurse", f"draft of {PRIVACY}", "[contenteditable=true]", open=lambda page: edit_in_window(page, PROSE)
    ),
    "a row": Form(
        "nurse",
        f"draft of {AFTERCARE}",
        "input[name=dont_rows-0-text]",
        open=lambda page: edit_in_place(page, page.locator(".dont li").first),
    ),
    "a new block": Form(
        "nurse",
        f"draft of {PRIVACY}",
        "input[name=heading]",
        open=lambda page: add_block(page, "This page", "ProsePlugin"),
    ),
    "title and address": Form("nurse", f"draft of {PRIVACY}", "#id_meta_description", open=title_form),
    "the clinic": Form("owner", "/admin/content/clinic/1/change/", "#id_address"),
    "a clinician": Form("owner", "/admin/content/clinician/1/change/", "#id_title"),
    "a case": Form("nurse", "/admin/content/case/add/", "#id_device"),
    "a consent": Form("nurse", "/admin/content/consent/add/", "#id_given_on", "2025-11-03"),
    "facts": Form("doctor", "/admin/content/treatment/1/change/", "#id_weeks_between_max", "11"),
    "a new topic": Form("nurse", "/staff/new-topic/", "#id_title"),
    "a new person": Form("owner", "/staff/people/add/", "#id_name"),
    "a note to the doctor": Form("nurse", f"ask about {AFTERCARE}", "#id_note"),
}
CLOSING = ("Esc", "X", "Cancel", "another block")
WAYS = [
    *(("a block", way) for way in (*CLOSING, "Back", "reload", "the tab")),
    *(("rich text", way) for way in (*CLOSING, "Back", "reload", "the tab")),
    *(("a row", way) for way in ("Esc", "X", "reload")),
    *(("a new block", way) for way in ("Back", "reload", "the tab")),
    *(("title and address", way) for way in ("a link", "Back", "reload", "the tab")),
    *(("the clinic", way) for way in ("a link", "Back", "reload", "the tab")),
    *(("a case", way) for way in ("a link", "reload")),
    *(("a consent", way) for way in ("Back", "the tab")),
    *(("facts", way) for way in ("a link", "reload")),
    *(("a new topic", way) for way in ("a link", "the tab")),
    ("a clinician", "Back"),
    ("a new person", "a link"),
    *(("a note to the doctor", way) for way in ("Back", "reload")),
]
#: One of each kind is tried before each commit, all of them at night.
SHORT = {("a block", "X"), ("rich text", "Esc"), ("title and address", "reload"), ("the clinic", "a link")}


@pytest.fixture(scope="module")
def people(chromium: Browser, site: Site) -> Iterator[dict[str, Page]]:
    """The browsers of three people, each signed in once, and the addresses of the nurse's drafts."""
    pages = {role: signed_in_as(chromium, site, role) for role in ("nurse", "doctor")}
    pages["owner"] = signed_in(chromium, site, *site.sign_in())
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture(autouse=True)
def nothing_kept(site: Site) -> None:
    """Each test begins without text that one before it left."""
    with closing(sqlite3.connect(site.var / "site.sqlite3", timeout=20)) as database, database:
        database.execute("DELETE FROM content_autosave")


DRAFTS: dict[str, str] = {}


def address_of(page: Page, start: str) -> str:
    """The address at which a form is opened; a draft is made once."""
    where = re.search(r"/.*", start)
    assert where
    path = where[0]
    if start == path:
        return path
    if path not in DRAFTS:
        new_draft(page, path)
        DRAFTS[path] = page.url
    if start.startswith("draft"):
        return DRAFTS[path]
    page.goto(DRAFTS[path])
    return str(page.locator("staff-bar a[href$='/ask/']").first.get_attribute("href"))


def opened(page: Page, one: Form) -> FrameLocator | Page:
    """Come to the form from the start page."""
    address = address_of(page, one.start)
    page.goto("/staff/")
    page.goto(address)
    if one.start.startswith("draft"):
        settled(page)
    return one.open(page)


def type_words(page: Page, where: FrameLocator | Page, one: Form) -> Locator:
    """Put the words in with the keyboard, in place of what stands there."""
    box = where.locator(one.box).first
    box.click()
    if "given_on" in one.box:
        box.fill(one.words)
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(one.words)
    return box


def read(box: Locator) -> str:
    """What stands in a box."""
    return str(box.evaluate("one => one.value ?? one.innerText")).strip()


def close_window(page: Page, way: str) -> None:
    """Close the editor's window in one of its ways, and say in the question that the text is to be kept."""
    if way == "Esc":
        page.keyboard.press("Escape")
    elif way == "X":
        page.locator(".cms-modal-close").click()
    elif way == "Cancel":
        page.locator(".cms-modal-buttons a", has_text="Cancel").click()
    else:
        page.locator("main .cms-plugin").last.dispatch_event("dblclick")  # the window may cover it
    question = page.locator(QUESTION)
    expect(question).to_be_visible()
    expect(form(page).locator("form").first).to_be_attached()
    question.get_by_role("button", name="Close, and keep it for later").click()
    expect(question).to_have_count(0)


def leave(page: Page, way: str) -> Page:
    """Leave the page as a browser does, and say that one wants to; the page on which one goes on."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    if way == "the tab":
        context = page.context
        with page.expect_event("close"):
            page.close(run_before_unload=True)
        page = context.new_page()
    elif way == "reload":
        page.reload()
    elif way == "Back":
        page.go_back()
    else:
        page.locator(".breadcrumbs a").first.click()
        page.wait_for_url("**/staff/")
    assert asked == ["beforeunload"]
    if way != "the tab":
        page.remove_listener("dialog", answer)
    return page


@pytest.mark.parametrize(
    ("name", "way"),
    [pytest.param(*way, marks=[] if way in SHORT else [pytest.mark.full], id=f"{way[0]}-{way[1]}") for way in WAYS],
)
def test_leaving_asks_and_what_was_typed_is_offered_again(people: dict[str, Page], name: str, way: str) -> None:
    one = FORMS[name]
    page = people[one.role]
    box = type_words(page, opened(page, one), one)
    assert one.words in read(box)
    if way in CLOSING:
        close_window(page, way)
    else:
        people[one.role] = page = leave(page, way)

    again = opened(page, one)
    offer = again.locator(OFFER)
    expect(offer).to_contain_text(re.compile(r"You typed here on \d+ \w+ at \d\d:\d\d and didn’t save\."))
    assert one.words not in read(again.locator(one.box).first)
    offer.get_by_role("button", name="Take it up again").click()
    expect(offer).to_contain_text("It is in the form again")
    assert one.words in read(again.locator(one.box).first)
    forget(again)


def forget(where: FrameLocator | Page) -> None:
    """Leave nothing behind for the next test."""
    where.locator("body").evaluate("() => unsavedText.discard().then(() => unsavedText.settle())")


def test_there_are_forty_ways() -> None:
    assert len(WAYS) == len(set(WAYS)) == 40


def test_a_form_that_was_saved_or_never_changed_asks_nothing_and_offers_nothing(people: dict[str, Page]) -> None:
    page = people["nurse"]
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    fields = opened(page, FORMS["rich text"])
    fields.locator("[contenteditable=true]").click()
    page.keyboard.press("Escape")
    expect(page.locator(".cms-modal-frame iframe")).to_have_count(0)

    fields = opened(page, FORMS["rich text"])
    editor = fields.locator("[contenteditable=true]")
    editor.press("Control+End")
    page.keyboard.type(" Saved words.")
    page.wait_for_timeout(1500)  # until it was kept
    page.locator(".cms-modal-buttons .cms-btn-action").first.click()
    expect(page.locator(".cms-modal-frame iframe")).to_have_count(0)
    settled(page)
    fields = edit_in_window(page, PROSE)
    expect(fields.locator("[contenteditable=true]")).to_contain_text("Saved words.")
    expect(fields.locator(OFFER)).to_have_count(0)
    page.keyboard.press("Escape")
    page.reload()
    page.remove_listener("dialog", answer)
    assert asked == []


@pytest.mark.full
def test_the_question_can_be_answered_by_going_on_or_by_throwing_away(people: dict[str, Page]) -> None:
    page, one = people["nurse"], FORMS["a block"]
    where = opened(page, one)
    box = type_words(page, where, one)
    page.keyboard.press("Escape")
    question = page.locator(QUESTION)
    expect(question.get_by_role("button", name="Go on writing")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert read(box) == one.words
    assert box.evaluate("one => one === document.activeElement")
    for screen in on_each_screen(page):
        page.locator(".cms-modal-close").evaluate("one => one.click()")
        expect(question).to_be_visible()
        assert violations(page, QUESTION) == [], screen
        assert page.evaluate("document.querySelector('dialog[open]').scrollWidth <= innerWidth"), screen
        question.get_by_role("button", name="Go on writing").click()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".cms-modal-close").click()
    question.get_by_role("button", name="Throw it away").click()
    expect(page.locator(".cms-modal-frame iframe")).to_have_count(0)
    expect(opened(page, one).locator(OFFER)).to_have_count(0)
