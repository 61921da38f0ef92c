"""A whole week, and the year after it: reception writes, the checks stop, a nurse mends, a doctor signs on a phone."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import postgres
from tests.browser.conftest import Site, running, violations
from tests.browser.editor import edit_block, form, save, settled

pytestmark = pytest.mark.full
AFTERCARE = "/microneedling-for-stretch-marks/aftercare/"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
ZONE = ZoneInfo("Europe/London")


class Week:
    """One site, its clock, and whoever sits before it; clicks are counted."""

    def __init__(self, site: Site, chromium: Browser, clock: Path) -> None:
        self.site, self.chromium, self.clock = site, chromium, clock
        self.clicks = 0
        self.began = datetime.now(ZONE)

    def later(self, days: int, hour: int) -> datetime:
        """Move the clock to this hour of the day that many days after the first."""
        then = (self.began + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        self.clock.write_text(ahead(then))
        return then

    @contextmanager
    def someone(self, role: str, *, on: dict[str, int] = DESK) -> Iterator[Page]:
        """A member of staff who has just signed in and stands on the staff home."""
        context = self.chromium.new_context(base_url=self.site.url, viewport=on)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto("/admin/")
        page.get_by_label("Username").fill(f"sample-{role}")
        page.get_by_label("Password").fill(self.site.password(role))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/staff/")
        self.clicks = 0
        yield page
        context.close()

    def click(self, target: Locator) -> None:
        """Click or tap, counted."""
        self.clicks += 1
        target.click()

    def visitor(self, path: str) -> str:
        """What a patient reads in the main part of the page now."""
        context = self.chromium.new_context(base_url=self.site.url)
        page = context.new_page()
        answer = page.goto(path)
        text = page.locator("main").inner_text() if answer and answer.ok else f"status {answer and answer.status}"
        assert context.cookies() == []
        context.close()
        return text

    def tick(self) -> str:
        """The minute's round."""
        return self.site.shell("from django.core.management import call_command; call_command('tick')")


def ahead(then: datetime) -> str:
    """What the clock's file says for the clock to show this moment now."""
    return str(int((then.astimezone(UTC) - datetime.now(UTC)).total_seconds()))


@pytest.fixture(params=["sqlite", "postgresql"] if os.environ.get("WEEK") else ["postgresql"])
def week(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[Week]:
    """A site of its own on each database, whose clock the test moves."""
    clock = tmp_path / "clock"
    clock.write_text(ahead(datetime.now(ZONE).replace(hour=7, minute=0)))  # the first content is older than the week
    more = {"CLOCK_OF_THE_TESTS": str(clock), "PYTHONPATH": str(Path(__file__).parent / "clock")}
    var = tmp_path / "var"
    var.mkdir()
    if request.param == "sqlite":
        with running(var, **more) as site:
            yield Week(site, chromium, clock)
        return
    with postgres.server() as url, running(var, **more, DATABASE_URL=url) as site:
        yield Week(site, chromium, clock)


def in_editor(page: Page) -> None:
    page.wait_for_url(re.compile(r"/admin/cms/placeholder/object/\d+/(edit|structure)/"))
    settled(page)


def row_of(page: Page, title: str) -> Locator:
    """The row of a page on the staff home's list of pages."""
    return page.locator("li", has=page.get_by_role("link", name=title, exact=True)).last


def has_no_axe_violation(page: Page) -> None:
    assert violations(page) == []


def test_a_week_of_the_clinic_and_the_year_after(week: Week) -> None:
    first_version = week.visitor(AFTERCARE)
    monday(week)
    tuesday(week)
    wednesday(week)
    thursday_and_friday(week)
    a_year_later(week)
    the_archive(week, first_version)


def monday(week: Week) -> None:
    """Reception writes and asks; the checks stop “painless”; the nurse mends it; the doctor signs on a phone."""
    week.later(0, 9)
    with week.someone("reception") as page:
        week.click(row_of(page, "Looking after your skin").get_by_role("button", name="Change this page"))
        in_editor(page)
        expect(page.locator(".staff-bar-state")).to_contain_text("Being written")
        week.clicks += 3  # the list of blocks, the block, and the box
        fields = edit_block(page, "Do and do not")
        fields.locator("input[name=do_rows-0-text]").fill("use only the gel we gave you: it is painless")
        week.clicks += 1
        save(page)
        week.click(page.get_by_role("link", name="Ask the doctor"))
        expect(page.locator("main")).to_contain_text("A doctor reads it, signs it and publishes it")
        has_no_axe_violation(page)
        week.click(page.get_by_role("button", name="Ask the doctor"))
        expect(page.locator(".messagelist")).to_contain_text("Asked.")
        assert week.clicks <= 7
    assert "painless" not in week.visitor(AFTERCARE)

    week.later(0, 10)
    with week.someone("doctor", on=PHONE) as page:
        page.get_by_role("link", name=re.compile("Read and sign")).first.click()
        expect(page.locator("main")).to_contain_text("What stops this page")
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        page.get_by_role("button", name="Sign and publish").click()
        expect(page.locator(".errorlist").first).to_contain_text("Checks")
    assert "painless" not in week.visitor(AFTERCARE)

    week.later(0, 11)
    with week.someone("nurse") as page:
        row_of(page, "Looking after your skin").get_by_role("button", name="Go on writing").click()
        in_editor(page)
        page.locator(".checks-panel").get_by_role("link", name=re.compile("stops? this page")).click()
        expect(page.locator("main")).to_contain_text("painless")
        has_no_axe_violation(page)
        page.get_by_role("link", name="Open the block").first.click()
        in_editor(page)
        if not page.locator(".cms-modal-frame iframe").is_visible():
            edit_block(page, "Do and do not")
        form(page).locator("input[name=do_rows-0-text]").fill("use only the gel we gave you, twice a day")
        save(page)
        page.locator(".staff-bar, main").get_by_role("link", name=re.compile("Ask(ed)? the doctor")).or_(
            page.locator(".staff-bar, main").get_by_role("button", name="Asked the doctor")
        ).first.wait_for()

    week.later(0, 12)
    with week.someone("doctor", on=PHONE) as page:
        has_no_axe_violation(page)
        week.click(page.get_by_role("link", name=re.compile("Read and sign")).first)
        expect(page.locator("main ins").first).to_be_visible()
        has_no_axe_violation(page)
        week.click(page.locator("main input[type=password]"))
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        week.click(page.get_by_role("button", name="Sign and publish"))
        expect(page.locator(".messagelist")).to_contain_text("is live")
        assert week.clicks <= 6
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    text = week.visitor(AFTERCARE)
    assert "use only the gel we gave you, twice a day" in text
    assert "Dr A. Example" in text


def tuesday(week: Week) -> None:
    """The doctor signs a draft; an edit afterwards un-signs it, and it can't go live."""
    week.later(1, 9)
    with week.someone("doctor") as page:
        row_of(page, "Looking after your skin").get_by_role("button", name="Change this page").click()
        in_editor(page)
        fields = edit_block(page, "Do and do not")
        fields.locator("input[name=do_rows-1-text]").fill("wear loose cotton for 3 whole days")
        save(page)
        page.get_by_role("link", name="Read and sign").click()
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        page.get_by_role("button", name="Only sign").click()
        expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
        sign_page = page.url
        page.get_by_role("link", name="See it as patients will").first.click()
        settled(page)
        page.locator(".staff-bar").get_by_role("button", name=re.compile("Go on writing|Change")).click()
        in_editor(page)
        fields = edit_block(page, "Do and do not")
        fields.locator("input[name=do_rows-1-text]").fill("wear loose cotton for 2 whole days")
        save(page)
        expect(page.locator(".staff-state")).to_contain_text("Being written")
        page.goto(sign_page)
        expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    assert "whole days" not in week.visitor(AFTERCARE)


def wednesday(week: Week) -> None:
    """A fact is changed: its pages are listed before, all follow, and the signed one is signed anew."""
    week.later(2, 9)
    with week.someone("doctor") as page:
        page.goto("/admin/content/treatment/")
        page.get_by_role("link", name="Microneedling for stretch marks").first.click()
        page.locator("input[name=days_to_settle_max]").fill("9")
        page.locator(".submit-row [name=_save]").click()
        expect(page.locator("main")).to_contain_text("Nothing is saved yet")
        expect(page.locator("main")).to_contain_text("Looking after your skin")
        expect(page.locator("main")).to_contain_text("being reviewed again since")
        has_no_axe_violation(page)
        assert "1 to 7 days" in week.visitor(AFTERCARE)
        page.get_by_role("button", name="Change the facts").click()
        page.wait_for_load_state()
        text = week.visitor(AFTERCARE)
        assert "1 to 9 days" in text
        assert "Being reviewed again since" in text
        page.goto("/staff/")
        expect(page.locator("main")).to_contain_text("Being reviewed again")
        page.goto("/staff/reopened/")
        has_no_axe_violation(page)
        page.get_by_label(re.compile("Sign “Looking after your skin” anew")).check()
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        page.get_by_role("button", name="Sign the ticked pages").click()
        page.wait_for_load_state()
    assert "Next review due" in week.visitor(AFTERCARE)
    assert "1 to 9 days" in week.visitor("/microneedling-for-stretch-marks/your-session/")


def thursday_and_friday(week: Week) -> None:
    """A signed draft is given a time on Thursday, and goes live on Friday at that time, not before."""
    week.later(3, 16)
    friday = week.began + timedelta(days=4)
    with week.someone("doctor") as page:
        row_of(page, "Looking after your skin").get_by_role("button", name="Go on writing").click()
        in_editor(page)
        page.locator(".staff-bar").get_by_role("link", name="Read and sign").click()
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        page.get_by_role("button", name="Only sign").click()
        page.get_by_role("link", name=re.compile("[Ss]et a time")).click()
        page.locator("input[name=day]").fill(f"{friday:%Y-%m-%d}")
        page.locator("input[name=time]").fill("08:30")
        has_no_axe_violation(page)
        page.get_by_role("button", name="Set the time").click()
        expect(page.locator("main")).to_contain_text("goes live by itself")
    week.tick()
    assert "2 whole days" not in week.visitor(AFTERCARE)
    week.later(4, 8)
    week.tick()
    assert "2 whole days" not in week.visitor(AFTERCARE)
    week.later(4, 9)
    week.tick()
    assert "2 whole days" in week.visitor(AFTERCARE)


def a_year_later(week: Week) -> None:
    """The review is overdue: it heads the staff home, the command says so each day, and a signature ends it."""
    week.later(3 + 366, 9)
    listed = "from django.core.management import call_command; call_command('list_due_reviews')"
    with pytest.raises(AssertionError):
        week.site.shell(listed)
    with week.someone("doctor", on=PHONE) as page:
        expect(page.locator("main h2").first).to_contain_text("overdue")
        page.get_by_role("link", name=re.compile("Read it again")).first.click()
        page.locator("main input[type=password]").fill(week.site.password("doctor"))
        page.get_by_role("button", name=re.compile("Read again, nothing to change")).click()
        expect(page.locator(".messagelist")).to_contain_text("Signed.")
        page.goto("/staff/")
        expect(page.locator("main")).not_to_contain_text("overdue")
    assert "No review is due." in week.site.shell(listed)


def the_archive(week: Week, first_version: str) -> None:
    """What stood there on each day."""
    with week.someone("doctor") as page:
        page.goto("/staff/archive/")
        has_no_axe_violation(page)
        seen = []
        for days, time in ((0, "23:00"), (4, "08:00"), (4, "23:00")):
            page.goto("/staff/archive/")
            wanted = page.locator("select[name=page] option", has_text="Looking after your skin").get_attribute("value")
            page.locator("select[name=page]").select_option(wanted)
            page.locator("input[name=day]").fill(f"{week.began + timedelta(days=days):%Y-%m-%d}")
            page.locator("input[name=time]").fill(time)
            page.get_by_role("button", name="Show what stood there").click()
            seen.append(page.frame_locator("iframe").locator("main").inner_text(timeout=60_000))
        assert "twice a day" in seen[0]
        assert "1 to 7 days" in seen[0]
        assert "1 to 9 days" in seen[1]
        assert "2 whole days" not in seen[1]
        assert "2 whole days" in seen[2]
    assert "twice a day" not in first_version
