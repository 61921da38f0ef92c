"""A session that ends while somebody types, with the real keyboard and mouse: nothing typed is lost, on any kind of page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import Site, on_each_screen, violations
from tests.browser.editor import edit_in_window, form, new_draft, settled

RECORD = "/admin/content/clinic/1/change/"


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Page]:
    """A browser of its own, in which the nurse has signed in."""
    yield from signed_in_afresh(chromium, site)


@pytest.fixture
def plain_desk(chromium: Browser, site: Site) -> Iterator[Page]:
    """The same without scripts."""
    yield from signed_in_afresh(chromium, site, java_script_enabled=False)


def signed_in_afresh(chromium: Browser, site: Site, **options: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    page.goto("/staff/")
    sign_in(page, site)
    expect(page).to_have_url(re.compile(r"/staff/$"))
    yield page
    context.close()


def sign_in(where: Page | FrameLocator, site: Site) -> None:
    where.get_by_label("Username").fill("sample-nurse")
    where.get_by_label("Password").fill(site.password("nurse"))
    where.get_by_role("button", name="Sign in").click()


def end_session(page: Page, site: Site) -> None:
    """On the server as well: an answer that is on its way would bring the cookie back."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    site.shell(f"from django.contrib.sessions.models import Session; Session.objects.filter(pk='{key}').delete()")
    page.context.clear_cookies(name="sessionid")


def test_in_a_blocks_window_the_sign_in_stands_over_the_form_and_the_save_goes_on(desk: Page, site: Site) -> None:
    new_draft(desk, "/about/")
    fields = edit_in_window(desk, "What you can ask of us")
    fields.locator("input[name=heading]").fill("Typed while the session ended")
    end_session(desk, site)
    desk.locator(".cms-modal-buttons .cms-btn-action").first.click()
    expect(form(desk).get_by_text("Nothing that you typed is lost: sign in as sample-nurse")).to_be_visible()
    sign_in(form(desk), site)
    expect(desk.locator(".cms-modal-frame iframe")).to_have_count(0)
    expect(desk.locator("main")).to_contain_text("Typed while the session ended")
    settled(desk)
    fields = edit_in_window(desk, "Typed while the session ended")
    fields.locator("input[name=heading]").fill("And saved once more")
    desk.locator(".cms-modal-buttons .cms-btn-action").first.click()
    expect(desk.locator("main")).to_contain_text("And saved once more")


def test_a_sign_in_in_another_tab_loses_nothing_on_a_plain_page(desk: Page, site: Site) -> None:
    desk.goto(RECORD)
    desk.get_by_label("Opening hours").fill("Monday to Friday, 8 to 5, typed in the first tab")
    end_session(desk, site)
    other = desk.context.new_page()
    other.goto("/staff/")
    sign_in(other, site)
    expect(other).to_have_url(re.compile(r"/staff/$"))
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk).to_have_url(re.compile(r"/admin/content/clinic/$|/staff/$"))
    desk.goto(RECORD)
    expect(desk.get_by_label("Opening hours")).to_have_value("Monday to Friday, 8 to 5, typed in the first tab")


@pytest.mark.full
def test_without_scripts_a_button_saves_what_was_typed(plain_desk: Page, site: Site) -> None:
    plain_desk.goto(RECORD)
    plain_desk.get_by_label("Opening hours").fill("Monday to Friday, 9 to 6, typed without scripts")
    end_session(plain_desk, site)
    plain_desk.get_by_role("button", name="Save", exact=True).click()
    sign_in(plain_desk, site)
    expect(plain_desk.get_by_role("heading", name="Nothing is lost")).to_be_visible()
    expect(plain_desk.locator("dl")).to_contain_text("typed without scripts")
    plain_desk.get_by_role("button", name="Save it now").click()
    plain_desk.goto(RECORD)
    expect(plain_desk.get_by_label("Opening hours")).to_have_value("Monday to Friday, 9 to 6, typed without scripts")


@pytest.mark.full
def test_of_two_sign_in_tabs_the_second_leads_on(desk: Page, site: Site) -> None:
    end_session(desk, site)
    desk.goto("/staff/")
    second = desk.context.new_page()
    second.goto("/staff/pages/")
    sign_in(desk, site)
    expect(desk).to_have_url(re.compile(r"/staff/$"))
    sign_in(second, site)
    expect(second.get_by_role("heading", name="Pages")).to_be_visible()


@pytest.mark.parametrize("place", ["a window of the editor", pytest.param("a plain page", marks=pytest.mark.full)])
def test_ten_minutes_before_the_end_a_notice_says_so_and_one_press_stays(desk: Page, place: str) -> None:
    left = {"seconds": 595, "at": "16:00", "may_stay": True}
    desk.route("**/staff/session/", lambda route: route.fulfill(json=left))
    desk.clock.install()
    if place == "a plain page":
        desk.goto(RECORD)
    else:
        new_draft(desk, "/accessibility/")
        edit_in_window(desk, "What we aim for")
    notice = desk.get_by_role("region", name="Your sign-in")
    expect(notice).to_be_hidden()
    desk.clock.fast_forward("07:51:00")
    expect(notice.get_by_role("status")).to_have_text(re.compile("You will be signed out at 16:00"))
    for screen in on_each_screen(desk):
        expect(notice).to_be_in_viewport(ratio=1)
        assert violations(desk, "session-notice") == [], screen
        box = notice.get_by_role("button", name="Stay signed in").bounding_box()
        assert box is not None
        assert box["height"] >= 44, screen
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
    if place != "a plain page":
        expect(form(desk).locator("session-notice")).to_be_hidden()
    notice.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_contain_text("You stay signed in.")
    desk.clock.run_for(5_000)
    expect(notice).to_be_hidden()
