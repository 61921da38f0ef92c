"""The staff's start and lists in Chromium: telephone and desk, light and dark, and how many presses the day's work takes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import editor
from tests.browser.conftest import Site, on_each_screen, running, signed_in_as, violations

ASKED = """
from cms.models import PageContent
from django.contrib.auth.models import User
from django.utils import timezone
from content.reviews import signing
live = PageContent.objects.get(page__reverse_id="spacing")
draft = live.versions.get().copy(User.objects.get(username="sample-reception")).content
signing.request_review(draft, actor="sample-reception", note="The weeks.", now=timezone.now())
nurse = User.objects.get(username="sample-nurse")
about = PageContent.objects.get(page__reverse_id="about").versions.get().copy(nurse)
print("IDS", draft.pk, draft.versions.get().pk, about.pk, live.page_id)
"""
TARGET = """() => [...document.querySelectorAll("main a, main button, main select, main textarea, main summary, main input:not([type=hidden], [type=radio], [type=checkbox]), header a, header button, nav a")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < 43.9 || box.width < 43.9)).map(([words]) => words)"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, with drafts that wait."""
    with running(tmp_path_factory.mktemp("staff-home")) as started:
        yield started


@pytest.fixture(scope="module")
def numbers(own: Site) -> list[str]:
    """Of the draft that waits, its version, another draft's version, and the first one's page."""
    return own.shell(ASKED).split("IDS ")[1].split()


@pytest.mark.full
def test_the_staffs_pages_pass_axe_fit_the_width_and_are_large_enough_to_press(
    chromium: Browser, own: Site, numbers: list[str]
) -> None:
    draft, version, about, page_id = numbers
    versions = "/admin/djangocms_versioning/pagecontentversion"
    paths = [
        "/staff/",
        "/staff/pages/",
        "/staff/new-topic/",
        f"{versions}/?page={page_id}",
        f"/staff/pages/{draft}/ask/",
    ]
    found = {}
    roles = {"doctor": [], "nurse": [f"{versions}/{about}/discard/"], "reception": [f"{versions}/{version}/discard/"]}
    for role, more in roles.items():
        browser = signed_in_as(chromium, own, role)
        for path in [*paths, *more]:
            if role == "reception" and path == "/staff/new-topic/":
                continue
            reply = browser.goto(path)
            assert reply is not None
            assert reply.status == 200, (role, path)
            for screen in on_each_screen(browser):
                assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), (role, path, screen)
                found[role, path, screen] = violations(browser)
                found[role, path, screen] += [] if path.endswith("/ask/") else browser.evaluate(TARGET)
        browser.context.close()
    assert {place: said for place, said in found.items() if said} == {}


def test_a_topic_page_is_made_on_a_telephone_and_opens_where_it_is_written(chromium: Browser, own: Site) -> None:
    nurse = signed_in_as(chromium, own, "nurse", width=390)
    nurse.get_by_role("link", name="New topic page").click()
    nurse.get_by_role("button", name="Make the page").click()
    expect(nurse.get_by_text("Write the title.")).to_be_visible()
    nurse.get_by_label("Title").fill("Your first visit")
    nurse.get_by_label("First sentence").fill("What happens when you come for the first time.")
    nurse.get_by_label("Explain something").check()
    nurse.get_by_role("button", name="Make the page").click()
    nurse.wait_for_url(re.compile(r"/edit/\d+/"))
    expect(nurse.get_by_role("heading", name="Your first visit", level=1)).to_be_visible()
    expect(nurse.get_by_text("Write here: a number", exact=True)).to_be_visible()


def test_a_receptionist_changes_a_row_of_aftercare_and_asks_in_seven_presses(chromium: Browser, own: Site) -> None:
    page = signed_in_as(chromium, own, "reception")
    row = page.locator(".staff-pages li", has_text="Looking after your skin")
    row.get_by_role("button", name="Change this page").click()  # 1
    page.wait_for_url(re.compile(r"/edit/\d+/"))
    editor.settled(page)
    page.locator(".staff-bar").get_by_role("link", name="Blocks").click()  # 2
    item = page.locator(".block-list > li", has_text="What to do and what to leave alone")
    item.get_by_role("link", name=re.compile("^Open")).click()  # 3
    page.wait_for_url(editor.PLAIN_FORM)
    form = editor.form(page)
    form.locator("[name='do_rows-0-text']").fill("wash your hands with soap before you touch the area")  # 4
    editor.save(page)  # 5
    page.get_by_role("link", name="Ask the doctor").click()  # 6
    page.get_by_role("button", name="Ask the doctor").click()  # 7
    page.goto("/staff/")
    asked = page.locator("section", has=page.get_by_role("heading", name="What you asked for"))
    expect(asked).to_contain_text("Looking after your skin")
    expect(asked).to_contain_text("Waiting for the doctor")


def test_a_doctor_signs_and_publishes_on_a_telephone_in_six_taps(
    chromium: Browser, own: Site, numbers: list[str]
) -> None:
    page = signed_in_as(chromium, own, "doctor", width=390)
    waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting for you"))
    waiting.locator("li", has_text="Spacing your sessions").get_by_role("link", name="Read and sign").click()  # 1
    page.get_by_label("Your password").click()  # 2
    page.keyboard.type(own.password("doctor"))
    page.get_by_role("button", name="Sign and publish").click()  # 3
    expect(page.locator(".messagelist")).to_contain_text("is live.")
    page.goto("/staff/")
    expect(page.locator(".staff-pages li", has_text="Spacing your sessions")).to_contain_text("Live")
    expect(waiting.locator("li", has_text="Spacing your sessions")).to_have_count(0)


SESSION_ASKED = """
from cms.models import PageContent
from django.contrib.auth.models import User
from django.utils import timezone
from content.comments import threads, writing
from content.reviews import draft_locks, signing
draft = PageContent.objects.get(page__reverse_id="your-session").versions.get().copy(
    User.objects.get(username="sample-reception")).content
signing.request_review(draft, actor="sample-reception", note="", now=timezone.now())
draft_locks.release(draft, now=timezone.now())
nurse = User.objects.get(username="sample-nurse")
block = threads.flat_blocks(draft)[0].block.pk
print("ID", writing.leave(draft, block, "This number is from 2019.", user=nurse, now=timezone.now()).content_id)
"""


def test_a_comment_is_answered_by_keyboard_and_a_page_sent_back_on_a_telephone_in_four_taps(
    chromium: Browser, own: Site
) -> None:
    draft = own.shell(SESSION_ASKED).split("ID ")[1].strip()
    nurse = signed_in_as(chromium, own, "nurse")
    nurse.goto(f"/staff/pages/{draft}/changes/")
    comment = nurse.locator(".comment", has_text="This number is from 2019.")
    comment.locator("summary").focus()
    nurse.keyboard.press("Enter")
    nurse.keyboard.press("Tab")
    nurse.keyboard.type("It is from 2025.")
    nurse.keyboard.press("Tab")
    nurse.keyboard.press("Enter")
    expect(comment).to_contain_text("It is from 2025.")
    page = signed_in_as(chromium, own, "doctor", width=390)
    waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting for you"))
    waiting.locator("li", has_text="Your session").get_by_role("link", name="Read and sign").click()  # 1
    for screen in on_each_screen(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
        assert violations(page) == [], screen
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_role("link", name="Send it back", exact=True).click()  # 2
    page.get_by_label("What has to change").click()  # 3
    page.keyboard.type("The minutes are from 2019.")
    page.get_by_role("button", name="Send it back").click()  # 4
    expect(page.locator(".messagelist")).to_contain_text("is sent back.")
    reception = signed_in_as(chromium, own, "reception", width=390)
    back = reception.locator("section", has=reception.get_by_role("heading", name="Sent back to you"))
    expect(back).to_contain_text("“The minutes are from 2019.”")
    for screen in on_each_screen(reception):
        assert violations(reception) == [], screen
    back.get_by_role("button", name="Go on writing").click()
    reception.wait_for_url(re.compile(rf"/edit/{draft}/"))
