"""A block is deleted and put back in the editor, and a text is pasted from Word, with mouse, keyboard and clipboard."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import violations
from tests.browser.editor import add_block, new_draft, save, settled
from tests.pasting.clipboards import WORD, WORD_LEFT_OUT

PHOTOGRAPHS = "/your-photographs/"  # no other test makes a draft of it


def ask_to_delete(page: Page) -> FrameLocator:
    """Open the first text's window by a double click, and press "Delete" in it."""
    page.locator("main .prose h2").first.dblclick()
    window = page.frame_locator(".cms-modal-frame iframe")
    expect(window.locator("input[name=heading]")).to_be_visible()
    settled(page)
    page.locator(".cms-modal-buttons .deletelink").click()
    expect(window.get_by_role("button", name="Keep it")).to_be_focused()
    settled(page)
    return window


@pytest.mark.parametrize("width", [1280, 390])
def test_a_block_is_deleted_and_put_back_with_one_press_each(nurse: Page, width: int) -> None:
    new_draft(nurse, PHOTOGRAPHS)
    nurse.set_viewport_size({"width": width, "height": 844})
    before, heading = (nurse.locator(where).first.inner_text() for where in ("main", "main .prose h2"))
    window = ask_to_delete(nurse)
    expect(window.locator(".question")).to_have_text(f"Delete the block “{heading}” (Text)?")
    expect(window.locator(".submit-row").locator("a, button")).to_have_text(["Delete it", "Keep it"])
    expect(nurse.locator(".cms-modal-buttons")).to_be_hidden()
    for button in ("Delete it", "Keep it"):
        box = window.get_by_role("button", name=button).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 44
    nurse.keyboard.press("Enter")  # on "Keep it"
    expect(nurse.locator(".cms-modal-frame iframe")).to_have_count(0)
    assert nurse.locator("main").inner_text() == before

    ask_to_delete(nurse).get_by_role("button", name="Delete it").click()
    notice = nurse.locator("undo-notice")
    expect(notice).to_contain_text(f"Text, “{heading}” was deleted.")
    expect(nurse.locator(".cms-modal-frame iframe")).to_have_count(0)
    assert violations(nurse, "undo-notice") == []
    nurse.reload()
    settled(nurse)
    expect(notice.get_by_role("button", name="Undo")).to_be_in_viewport()
    notice.get_by_role("button", name="Undo").click()
    expect(notice.locator("form")).to_have_count(0)
    settled(nurse)
    assert nurse.locator("main").inner_text() == before


def test_a_text_pasted_from_word_keeps_its_lists_and_says_what_it_left_out(nurse: Page) -> None:
    nurse.context.grant_permissions(["clipboard-read", "clipboard-write"])
    new_draft(nurse, PHOTOGRAPHS)
    draft = nurse.url
    fields = add_block(nurse, "This page", "ProsePlugin")
    fields.locator("input[name=heading]").fill("From Word")
    box = fields.locator("[contenteditable=true]")
    box.click()
    box.evaluate(
        "(box, html) => navigator.clipboard.write("
        "[new ClipboardItem({'text/html': new Blob([html], {type: 'text/html'})})])",
        WORD,
    )
    nurse.keyboard.press("Control+V")
    expect(fields.locator(".pasted-note")).to_have_text(WORD_LEFT_OUT)
    save(nurse)
    nurse.goto(draft)
    settled(nurse)
    text = nurse.locator("main .prose", has_text="From Word")
    expect(text.locator("h3")).to_have_text(["Before you come", "Bring"])
    expect(text.locator("ul > li > ul > li")).to_have_text(["nothing tight"])
    expect(text.locator("ol > li")).to_have_text(["Wash", "Dry"])
    expect(text).to_contain_text("Wait four weeks, area 20\u00a0cm2, about a palm.")
