"""Two people with the form of one block open in the editor, and the help that they have beside it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, on_each_screen, violations
from tests.browser.editor import edit_block, form, new_draft, press_save, save, settled

pytestmark = pytest.mark.full
ABOUT = "/about/"
HELP = [
    "/staff/help/",
    "/staff/help/change-a-page/",
    "/staff/help/what-the-states-mean/",
    "/staff/help/blocks/",
    "/staff/practice/",
]


@pytest.fixture
def second(chromium: Browser, site: Site) -> Iterator[Page]:
    """Another browser, signed in on its own."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    name, password = site.sign_in()
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/**")
    yield page
    context.close()


def test_the_second_of_two_browsers_is_told_keeps_its_words_and_decides(owner: Page, second: Page) -> None:
    new_draft(owner, ABOUT)
    second.goto(owner.url)
    settled(second)
    first_form, second_form = (
        edit_block(owner, "How these pages are written"),
        edit_block(second, "How these pages are written"),
    )
    first_form.locator("input[name=heading]").fill("What the first one wrote")
    second_form.locator("input[name=heading]").fill("What the second one wrote")
    save(owner)
    expect(owner.locator("main")).to_contain_text("What the first one wrote")

    press_save(second)
    said = form(second).locator(".meanwhile")
    expect(said).to_contain_text("Not saved yet")
    expect(said.locator("dd")).to_have_text(["What the first one wrote"])
    expect(said).to_be_in_viewport()
    expect(form(second).locator("input[name=heading]")).to_have_value("What the second one wrote")
    press_save(second)
    expect(form(second).locator(".meanwhile")).to_be_visible()
    form(second).get_by_label("Save mine all the same").check()
    save(second)
    expect(second.locator("main")).to_contain_text("What the second one wrote")
    expect(second.locator("main")).not_to_contain_text("What the first one wrote")


def test_a_block_deleted_in_another_browser_gives_the_words_back_in_the_window(
    owner: Page, second: Page, site: Site
) -> None:
    new_draft(owner, "/accessibility/")
    fields = edit_block(owner, "What we aim for")
    fields.locator("input[name=heading]").fill("Words that took a quarter of an hour")
    site.shell(
        "from content.models import Prose; from cms.models import PageContent; "
        "draft = PageContent.admin_manager.filter(page__reverse_id='accessibility').order_by('-pk').first(); "
        "[slot.clear() for slot in draft.get_placeholders()]"
    )
    press_save(owner)
    expect(owner.locator("h1")).to_contain_text("Not saved")
    expect(form(owner).locator("main")).to_contain_text("This block was deleted while you had it open")
    expect(form(owner).get_by_label("Heading")).to_have_value("Words that took a quarter of an hour")


def test_help_and_first_steps_pass_axe_and_fit(second: Page) -> None:
    found = {}
    for path in HELP:
        second.goto(path)
        for screen in on_each_screen(second):
            found[path, screen] = violations(second)
            assert second.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, screen)
    assert {path: said for path, said in found.items() if said} == {}


def test_whatever_is_pressed_in_the_help_is_44_px_high(second: Page) -> None:
    second.set_viewport_size({"width": 390, "height": 900})
    for path in ("/staff/help/", "/staff/practice/"):
        second.goto(path)
        low = second.evaluate(
            "[...document.querySelectorAll('.guide-contents a, .guide-links a, .guide-nav a, .guide button')]"
            ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.textContent)"
        )
        assert low == [], path
