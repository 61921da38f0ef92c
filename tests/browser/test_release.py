"""Facts, times, going offline and looking back, as a doctor's browser shows them on a desk and a telephone."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, on_each_screen, running, violations, watched
from tests.browser.test_leaflet import AREAS, printed, texts

pytestmark = pytest.mark.full
TODAY = datetime.now(ZoneInfo("Europe/London")).date()
PASSWORD = "a doctor's own long words"  # noqa: S105  of a test
MADE = f"""
from datetime import timedelta
from cms.models import PageContent
from django.contrib.auth.models import User
from django.utils import timezone
from content.models import Clinician, Treatment
from content.publishing import offline, schedule
from content.reviews import go_live, signing
from tests.factories import ProseFactory, page_of_kind, slot_of
now, on = timezone.now(), timezone.localdate()
user = User.objects.create_superuser("dr-browser", password={PASSWORD!r})
from django.contrib.auth.models import Permission
user.user_permissions.set(Permission.objects.filter(codename="sign_page"))
Clinician.objects.create(shown_name="Dr B. Rowser", title="Dermatologist", user=user)
given = dict(user=user, due_on=signing.default_due(on), now=now, on=on)
for content in PageContent.objects.filter(template__in=["pages/treatment.html", "pages/topic.html"]):
    signing.sign(content, **given)
treatment = Treatment.objects.get()
treatment.weeks_between_max = 8
treatment.save()
draft = page_of_kind("clinic", title="A page with a time", slug="a-page-with-a-time")
ProseFactory(placeholder=slot_of(draft, "clinic_body"))
schedule.schedule_publication(draft, user=user, goes_live_at=now + timedelta(days=3), now=now)
late = page_of_kind("clinic", title="A page that stayed back", slug="stayed-back")
ProseFactory(placeholder=slot_of(late, "clinic_body"))
schedule.schedule_publication(late, user=user, goes_live_at=now + timedelta(days=3), now=now)
late.schedule.problem = "It did not go live at its time. Another page has this address already."
late.schedule.save()
gone = page_of_kind("clinic", title="A page taken offline", slug="taken-offline")
ProseFactory(placeholder=slot_of(gone, "clinic_body"))
go_live.publish(gone, user=user, now=now)
offline.take_offline(gone, user=user, now=now)
page = PageContent.objects.get(page__reverse_id="treatment")
print(draft.pk, late.pk, gone.pk, page.pk, page.page_id, treatment.pk)
"""

SIGN = """
from datetime import timedelta
from cms.models import PageContent
from django.contrib.auth.models import User
from django.utils import timezone
from content.reviews import signing
doctor = User.objects.get(username="sample-doctor")
draft = PageContent.objects.get(page__reverse_id="aftercare").versions.get().copy(doctor).content
today = timezone.localdate()
signing.sign(draft, user=doctor, due_on=today + timedelta(days=365), now=timezone.now(), on=today)
draft.versions.get().publish(doctor)
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: these tests change its facts."""
    with running(tmp_path_factory.mktemp("release")) as started:
        yield started


@pytest.fixture(scope="module")
def made(own: Site) -> dict[str, int]:
    """What the pages are about, by name."""
    names = ["planned", "late", "gone", "live", "page", "treatment"]
    made = dict(zip(names, map(int, own.shell(MADE).split()), strict=True))
    own.shell("from django.core.management import call_command; call_command('tick')")
    return made


@pytest.fixture(scope="module")
def doctor(chromium: Browser, own: Site, made: dict[str, int]) -> Iterator[Page]:
    """The doctor's browser."""
    context = chromium.new_context(base_url=own.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("dr-browser")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def ask_about_a_fact(doctor: Page, made: dict[str, int]) -> None:
    """As far as the question what a changed fact does."""
    doctor.goto(f"/admin/content/treatment/{made['treatment']}/change/")
    doctor.get_by_label("Weeks between sessions, most").fill("7")
    doctor.get_by_role("button", name="Save", exact=True).click()
    expect(doctor.get_by_role("heading", name="What changes as soon as you confirm")).to_be_visible()


def paths(made: dict[str, int]) -> list[str]:
    """Every page of this kind."""
    of_pages = [f"/staff/pages/{made[name]}/schedule/" for name in ("planned", "late", "live")]
    of_pages += [f"/staff/pages/{made[name]}/offline/" for name in ("live", "gone", "planned")]
    archive = ["/staff/archive/", f"/staff/archive/?page={made['page']}&day={TODAY}&time=",
               f"/staff/archive/?page={made['page']}&day=2001-01-01&time="]  # fmt: skip
    return [*of_pages, "/staff/reopened/", *archive, f"/admin/cms/page/{made['page']}/delete/"]


def test_no_axe_violation_no_sideways_scrolling_and_targets_large_enough(doctor: Page, made: dict[str, int]) -> None:
    found = {}
    for path in [*paths(made), "a changed fact"]:
        if path == "a changed fact":
            ask_about_a_fact(doctor, made)
        else:
            doctor.goto(path)
        for screen in on_each_screen(doctor):
            wrong = violations(doctor)
            wide = doctor.evaluate("document.documentElement.scrollWidth - innerWidth")
            small = doctor.evaluate(
                "[...document.querySelectorAll('#content :is(button, input:not([type=hidden],[type=checkbox]), select, a.button, .release-tick)')]"
                ".filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 120))"
            )
            if wrong or wide > 0 or small:
                found[path, screen] = (wrong, wide, small)
    assert found == {}


def test_what_patients_saw_is_dressed_and_runs_nothing(doctor: Page, own: Site, made: dict[str, int]) -> None:
    complaints = watched(doctor, own)
    doctor.set_viewport_size({"width": 1280, "height": 900})
    doctor.goto(f"/staff/archive/?page={made['page']}&day={TODAY}&time=")
    frame = doctor.frame_locator("iframe.release-frame")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert frame.locator("body").evaluate("body => getComputedStyle(body).fontSize") != "16px"
    assert frame.locator("html").evaluate("() => document.scripts.length") == 0
    assert frame.locator("a[href]:not([href^='#'])").count() == 0
    assert complaints == []


def test_a_doctor_signs_what_a_changed_fact_reopened(doctor: Page, own: Site, made: dict[str, int]) -> None:
    doctor.goto("/staff/reopened/")
    boxes = doctor.get_by_role("checkbox")
    count = boxes.count()
    assert count > 1
    for number in range(count):
        boxes.nth(number).check()
    doctor.get_by_label("Your password").fill("not it")
    doctor.get_by_role("button", name="Sign the ticked pages").click()
    expect(doctor.get_by_text("That is neither your password")).to_be_visible()
    assert doctor.get_by_role("checkbox", checked=True).count() == count
    doctor.get_by_label("Your password").fill(PASSWORD)
    doctor.get_by_role("button", name="Sign the ticked pages").click()
    expect(doctor.get_by_text(f"Signed anew: {count} pages.")).to_be_visible()
    expect(doctor.get_by_text("No live page waits")).to_be_visible()


def test_a_fact_changed_in_the_browser_reaches_its_pages(doctor: Page, own: Site, made: dict[str, int]) -> None:
    ask_about_a_fact(doctor, made)
    doctor.get_by_role("button", name="Change the facts").click()
    expect(doctor.locator(".messagelist")).to_contain_text("reviewed again")
    doctor.goto("/microneedling-for-stretch-marks/")
    expect(doctor.locator("main")).to_contain_text("4 to 7 weeks")
    expect(doctor.locator("main")).to_contain_text("Being reviewed again since")


def test_the_signed_leaflet_is_one_sheet_too_and_says_who_reviewed_it(chromium: Browser, own: Site) -> None:
    own.shell(SIGN)
    page = chromium.new_context(base_url=own.url).new_page()
    for query in ("", *(f"?area={area}" for area in AREAS)):
        paper = printed(page, query)
        assert len(paper) == 1, query
        text = texts(paper)[0]
        wanted = [
            "Reviewed by",
            "Dr A. Example, Consultant dermatologist",
            "Last reviewed",
            "Next review due",
            "Emergency: 999",
        ]
        assert [words for words in wanted if words not in text] == []
        assert "Sample content." not in text
    page.context.close()
