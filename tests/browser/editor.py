"""The editor as a nurse uses it, in the words of what she does."""

import itertools
import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

Form = FrameLocator | Locator

#: True once nothing has been asked for or brought into the page, or into its window's form, for half a second.
#: Not Playwright's "networkidle": Chromium counts a frame that was closed while it loaded as busy for ever, and so
#: closes every form that was saved.
STILL = """call => {
    const frame = document.querySelector('.cms-modal-frame iframe');
    const cms = window.CMS, toolbar = document.querySelector('#cms-top');
    const isBusy = document.readyState != 'complete' || document.querySelector('.cms-content-reloading')
        || (frame && frame.contentDocument?.readyState != 'complete')
        || (toolbar && !document.documentElement.classList.contains('cms-ready')) || cms?.$?.active;
    const seen = performance.getEntriesByType('resource').length
        + (frame?.contentWindow?.performance.getEntriesByType('resource').length ?? 0);
    const now = performance.now(), before = window.seenByTheTest;
    if (isBusy || before?.call != call || before.seen != seen) window.seenByTheTest = {call, seen, since: now};
    return !isBusy && now - window.seenByTheTest.since > 500;
}"""

CALLS = itertools.count()
EDITOR = re.compile(r"/admin/cms/placeholder/object/\d+/edit/")
PLAIN_FORM = re.compile(r"/admin/cms/placeholder/(add|edit)-plugin/")
LIST = re.compile(r"/staff/pages/\d+/blocks/")


def settled(page: Page) -> None:
    """Until the editor's scripts are bound and what they asked for is there."""
    page.wait_for_function(STILL, arg=next(CALLS), polling=50)


def new_draft(page: Page, path: str) -> None:
    """Open the page and make a draft of it."""
    page.goto(path)
    page.locator(".staff-bar").get_by_role("button", name=re.compile("Change this page|Go on writing")).click()
    page.wait_for_url(EDITOR)
    settled(page)


def open_list(page: Page) -> None:
    """Show the list of blocks."""
    if LIST.search(page.url):
        return
    page.locator(".staff-bar").get_by_role("link", name="Blocks", exact=True).click()
    page.wait_for_url(LIST)


def open_page(page: Page) -> None:
    """From the list of blocks, back to the page where they stand."""
    page.get_by_role("link", name="Back to the page").click()
    page.wait_for_url(EDITOR)
    settled(page)


def form(page: Page) -> Form:
    """The form that is open: a page of its own, or in the window over the page."""
    return page.locator("body") if PLAIN_FORM.search(page.url) else page.frame_locator(".cms-modal-frame iframe")


def is_form_open(fields: Form, page: Page) -> None:
    """Until the form is there and its scripts have run."""
    expect(fields.locator("form").first).to_be_visible()
    settled(page)


def edit_block(page: Page, words: str) -> Form:
    """Open the form of the block with these words from the list of blocks."""
    open_list(page)
    row = page.locator(".block-list > li", has_text=words).first
    row.get_by_role("link", name=re.compile("^Open")).first.click()
    page.wait_for_url(PLAIN_FORM)
    is_form_open(form(page), page)
    return form(page)


def edit_in_place(page: Page, block: Locator) -> Form:
    """Open the form of a block in the window, by a double click where the block stands."""
    block.dblclick()
    fields = page.frame_locator(".cms-modal-frame iframe")
    is_form_open(fields, page)
    return fields


def edit_in_window(page: Page, words: str) -> Form:
    """Open the form of the block with these words in the window over the page."""
    return edit_in_place(page, page.locator("main .cms-plugin").filter(has_text=words).first)


def part(page: Page, slot: str) -> Locator:
    """The part of the list of blocks that is called so."""
    open_list(page)
    return page.locator(".block-list-part", has=page.get_by_role("heading", name=slot, exact=True))


def offered(page: Page, slot: str) -> list[str]:
    """Press "Add a block" of the slot that is called so; the kinds of block it offers."""
    adding = part(page, slot).locator("> .block-list-add")
    adding.locator("summary").click()
    urls = [str(link.get_attribute("href")) for link in adding.locator("ul a").all()]
    return [found[1] for url in urls if (found := re.search(r"plugin_type=(\w+)", url))]


def add_block(page: Page, slot: str, plugin: str) -> Form:
    """Open the form of a new block of this kind in the slot that is called so."""
    offered(page, slot)
    part(page, slot).locator(f"a[href*='plugin_type={plugin}&']").click()
    page.wait_for_url(PLAIN_FORM)
    is_form_open(form(page), page)
    return form(page)


def press_save(page: Page) -> None:
    """Press Save, whatever comes of it."""
    in_window, own = ".cms-modal-buttons .cms-btn-action", ".submit-row [name=_save]"
    page.locator(own if PLAIN_FORM.search(page.url) else in_window).first.click()


def save(page: Page) -> None:
    """Press Save, and wait until the form has closed."""
    is_plain = bool(PLAIN_FORM.search(page.url))
    press_save(page)
    if is_plain:
        page.wait_for_url(LIST)
    expect(page.locator(".cms-modal-frame iframe")).to_have_count(0)
    settled(page)
