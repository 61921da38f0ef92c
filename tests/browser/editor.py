"""The editor as a nurse uses it, in the words of what she does."""

import itertools
import re
from contextlib import suppress

from playwright.sync_api import FrameLocator, Page, TimeoutError, expect

#: True once nothing has been asked for or brought into the page, or into its window's form, for half a second.
#: Not Playwright's "networkidle": Chromium counts a frame that was closed while it loaded as busy for ever, and so
#: closes every form that was saved.
STILL = """call => {
    const frame = document.querySelector('.cms-modal-frame iframe');
    const cms = window.CMS, toolbar = document.querySelector('.cms-toolbar');
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


def settled(page: Page) -> None:
    """Until the toolbar's scripts have bound their buttons and what they asked for is there."""
    page.wait_for_function(STILL, arg=next(CALLS), polling=50)


def new_draft(page: Page, path: str) -> None:
    """Open the page and make a draft of it."""
    page.goto(path)
    settled(page)
    page.locator("a.cms-versioning-js-edit-btn").click()
    page.wait_for_url(re.compile(r"/admin/cms/placeholder/object/\d+/(edit|structure)/"))
    settled(page)


def open_structure(page: Page) -> None:
    """Show the list of blocks beside the page."""
    if not page.locator(".cms-structure .cms-dragitem").first.is_visible():
        page.locator("[data-cms-structure-btn]").click()
    expect(page.locator(".cms-structure .cms-dragitem").first).to_be_visible()


def form(page: Page) -> FrameLocator:
    """The form in the window that is open."""
    return page.frame_locator(".cms-modal-frame iframe")


def edit_block(page: Page, words: str) -> FrameLocator:
    """Open the form of the block with these words."""
    open_structure(page)
    page.locator(".cms-structure .cms-dragitem", has_text=words).first.locator(".cms-submenu-edit").click()
    fields = form(page)
    expect(fields.locator("form").first).to_be_visible()
    settled(page)
    return fields


def offered(page: Page, slot: str) -> list[str]:
    """Press the plus of the slot that is called so; the kinds of block it offers."""
    open_structure(page)
    title = page.locator(".cms-dragbar-title", has_text=re.compile(rf"^\s*{re.escape(slot)}"))
    plus = page.locator(".cms-structure .cms-dragarea", has=title).locator(".cms-dragbar .cms-submenu-add")
    links = page.locator(".cms-modal a[href$='Plugin']:visible")
    with suppress(TimeoutError):  # just after a save the plus is there before its script is
        plus.click()
        links.first.wait_for(timeout=3000)
    if not links.count():
        plus.click()
        links.first.wait_for()
    return [str(link.get_attribute("href")) for link in links.all()]


def add_block(page: Page, slot: str, plugin: str) -> FrameLocator:
    """Open the form of a new block of this kind in the slot that is called so."""
    offered(page, slot)
    page.locator(f".cms-modal a[href='{plugin}']:visible").click()
    fields = form(page)
    expect(fields.locator("form").first).to_be_visible()
    settled(page)
    return fields


def save(page: Page) -> None:
    """Press Save, and wait until the window has closed."""
    page.locator(".cms-modal-buttons .cms-btn-action").first.click()
    expect(page.locator(".cms-modal-frame iframe")).to_have_count(0)
    settled(page)


def press(page: Page, words: str) -> None:
    """Press the toolbar's button with exactly these words."""
    page.locator(".cms-toolbar a.cms-btn", has_text=re.compile(rf"^\s*{words}\s*$", re.IGNORECASE)).click()
    settled(page)
