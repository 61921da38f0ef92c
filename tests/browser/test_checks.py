"""From a finding to its block and back, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, on_each_screen, violations
from tests.browser.editor import form, save, settled

DRAFT = """
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.contrib.auth.models import User
page = create_page("Our perfect clinic", "pages/clinic.html", "en-gb", created_by=User.objects.get(username="owner"),
    meta_description="What we promise.")
draft = PageContent.admin_manager.get(page=page)
draft.rescan_placeholders()
slot = draft.placeholders.get(slot="clinic_body")
for number in range(8):
    add_plugin(slot, "ProsePlugin", "en-gb", heading=f"Part {number}", body="<p>You can ask us anything.</p>" * 4)
add_plugin(slot, "ProsePlugin", "en-gb", heading="What we promise",
    body="<p>It is painless. Sessions are every 3 weeks. We utilise it.</p><p>A proven way.</p>")
print(draft.pk)
"""
TITLE, ADDRESS = re.compile("Our perfect clinic"), re.compile("our perfect clinic")
SMALL = """[...document.querySelectorAll('.checks a, .checks button, .checks summary, checks-panel a')]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.textContent)"""


@pytest.fixture(scope="module")
def draft(site: Site) -> int:
    """A draft with something of each kind to mend, by its number."""
    return int(site.shell(DRAFT).split()[-1])


@pytest.mark.full
def test_checks_read_well_on_any_screen(owner: Page, draft: int) -> None:
    owner.goto(f"/staff/pages/{draft}/checks/")
    owner.locator(".check summary").first.click()
    for screen in on_each_screen(owner):
        assert violations(owner) == [], screen
        assert owner.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
        assert owner.evaluate(SMALL) == [], screen
    owner.goto(str(owner.locator(".check a.button[href*='/edit/']").last.get_attribute("href")).split("#")[0])
    settled(owner)
    for screen in on_each_screen(owner):
        assert violations(owner, "checks-panel") == [], screen
        assert owner.evaluate(SMALL) == [], screen


def test_finding_opens_its_block_and_is_gone_once_mended(owner: Page, draft: int) -> None:
    owner.goto(f"/staff/pages/{draft}/checks/")
    finding = owner.locator(".check", has_text="It is painless.")
    finding.get_by_role("link", name=re.compile("Open the block")).click()
    fields = form(owner)
    expect(fields.locator("input[name=heading]")).to_have_value("What we promise")
    editor = fields.locator("[contenteditable=true]")
    expect(editor).to_be_visible()
    editor.press("Control+A")
    owner.keyboard.type("Numbing cream helps.")
    save(owner)
    assert f"/edit/{draft}/" in owner.url
    expect(owner.locator("main")).to_contain_text("Numbing cream helps.")
    owner.reload()
    settled(owner)
    expect(owner.locator(".cms-modal-frame iframe")).to_have_count(0)
    owner.locator("checks-panel a").click()
    expect(owner.locator(".check", has_text="It is painless.")).to_have_count(0)
    expect(owner.locator(".check", has_text=TITLE)).to_have_count(1)


@pytest.mark.full
def test_title_is_mended_in_the_pages_settings(owner: Page, draft: int) -> None:
    owner.goto(f"/staff/pages/{draft}/checks/")
    owner.locator(".check", has_text=TITLE).get_by_role("link").click()
    expect(owner.get_by_label("Title", exact=True)).to_have_value("Our perfect clinic")
    owner.get_by_label("Title", exact=True).fill("Our clinic")
    owner.get_by_role("button", name="Save").click()
    expect(owner.locator("h1")).to_have_text("Our clinic")
    assert f"/edit/{draft}/" in owner.url
    owner.goto(f"/staff/pages/{draft}/checks/")
    expect(owner.locator(".check", has_text=ADDRESS)).to_have_count(1)
    expect(owner.locator(".check", has_text=TITLE)).to_have_count(0)
