"""Staff look up what patients saw on any day, and nothing of it runs."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from django.utils import timezone
from lxml import html

from content.gallery.withdrawal import withdraw
from content.models import ShownHtml, Snapshot, SnapshotDue
from content.staff.signoff.archive_views import make_inert
from tests.factories import NOON, CaseFactory, CaseGalleryFactory, ProseFactory, author, page_of_kind, slot_of
from tests.publishing.pages import live, renamed, snapshots_of
from tests.rendering import publish, text_of
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]


@pytest.fixture(autouse=True)
def nothing_due(db: None) -> None:
    """The first content's own snapshots would only cost time."""
    SnapshotDue.objects.all().delete()


@pytest.fixture
def history() -> list[Snapshot]:
    """A page that said one thing, then another, and went offline; each on a day of its own."""
    page = live(title="First words", slug="words")
    newer = renamed(page, title="Second words")
    newer.versions.get().unpublish(author())
    SnapshotDue.objects.all().delete()
    for day, title, text in (
        (2, "First words", "<p>one</p>"),
        (5, "Second words", "<p>two</p>"),
        (9, "Second words", ""),
    ):
        sha256 = f"{day:064d}" if text else ""
        if text:
            ShownHtml.objects.create(sha256=sha256, html=text)
        when = timezone.make_aware(datetime.fromisoformat(f"2026-03-0{day}T10:00"))
        Snapshot.objects.create(
            page_id=page.page_id,
            content_id=page.pk,
            title=title,
            path="words",
            shown_from=when,
            taken_at=when,
            because="published" if text else "taken offline",
            sha256=sha256,
        )
    return list(Snapshot.objects.filter(page_id=page.page_id))


def search_archive(browser: Client, page_id: int, day: str, time: str = "") -> Any:
    return browser.get("/staff/archive/", {"page": page_id, "day": day, "time": time})


def frame_of(reply: Any) -> str | None:
    sources = html.fromstring(reply.content.decode()).xpath("//iframe/@src")
    return str(sources[0]) if sources else None


@pytest.mark.parametrize(
    ("day", "time", "number"),
    [
        ("2026-03-02", "", 0),
        ("2026-03-02", "10:00", 0),
        ("2026-03-04", "", 0),
        ("2026-03-05", "09:59", 0),
        ("2026-03-05", "10:00", 1),
        ("2026-03-08", "23:59", 1),
    ],
)
def test_a_day_and_time_show_what_stood_there_then(
    staff: Client, history: list[Snapshot], day: str, time: str, number: int
) -> None:
    reply = search_archive(staff, history[0].page_id, day, time)
    assert frame_of(reply) == f"/staff/archive/{history[number].pk}/shown/"
    assert staff.get(frame_of(reply) or "").content.decode() == ("<p>one</p>", "<p>two</p>")[number]


def test_a_day_before_the_first_and_one_offline_say_so(staff: Client, history: list[Snapshot]) -> None:
    before = search_archive(staff, history[0].page_id, "2026-03-01")
    assert "Nothing is kept of this page from before" in before.content.decode()
    assert "the first is from 2 March 2026, 10:00 GMT" in before.content.decode()
    offline = search_archive(staff, history[0].page_id, "2026-03-20")
    assert "this page was offline, since 9 March 2026, 10:00 GMT" in text_of(html.fromstring(offline.content.decode()))
    assert (frame_of(before), frame_of(offline)) == (None, None)
    assert staff.get(f"/staff/archive/{history[2].pk}/shown/").status_code == 404


def test_every_change_is_listed_and_can_be_opened(staff: Client, history: list[Snapshot]) -> None:
    listed = search_archive(staff, history[0].page_id, "2026-03-20").content.decode()
    for one in history:
        assert f'href="/staff/archive/{one.pk}/"' in listed
        opened = staff.get(f"/staff/archive/{one.pk}/")
        assert (frame_of(opened) is None) == one.was_offline


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"page": "999999", "day": "2026-03-02"}, "Choose a page from the list"),
        ({"page": "x", "day": "2026-03-02"}, "Choose a page from the list"),
        ({"page": "", "day": ""}, "Choose a day."),
        ({"day": "2026-02-30"}, "There is no such day in the calendar."),
        ({"day": "2026-03-29", "time": "01:30"}, "There is no 01:30 on 29 March 2026"),
        ({"day": "2026-03-02", "time": "noonish"}, "Write the time as in 09:30."),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    staff: Client, history: list[Snapshot], query: dict[str, str], sentence: str
) -> None:
    reply = staff.get("/staff/archive/", {"page": history[0].page_id, **query})
    assert reply.status_code == 200
    assert sentence in reply.content.decode()


@pytest.fixture(autouse=True)
def april(clock: Any) -> None:
    """Today is in April 2026, unless a test says otherwise."""
    clock(datetime(2026, 4, 10, 12, tzinfo=UTC))


def test_a_day_still_to_come_is_refused(staff: Client, history: list[Snapshot]) -> None:
    assert "still to come" in search_archive(staff, history[0].page_id, "2026-04-11").content.decode()
    assert frame_of(search_archive(staff, history[0].page_id, "2026-03-05")) is not None
    assert "this page was offline" in search_archive(staff, history[0].page_id, "2026-04-10").content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_no_errors(staff: Client, history: list[Snapshot], day: str) -> None:
    assert search_archive(staff, history[0].page_id, day).status_code == 200


def test_a_real_page_runs_nothing_leads_nowhere_and_is_dressed(staff: Client) -> None:
    draft: PageContent = page_of_kind("clinic", title="A real page")
    ProseFactory(placeholder=slot_of(draft, "clinic_body"), body='<p>See <a href="/contact/">us</a>.</p>')
    publish(draft)
    [snapshot] = snapshots_of(draft)
    whole = ShownHtml.objects.get(sha256=snapshot.sha256).html
    assert 'href="/contact/"' in whole
    assert "<script" in whole
    reply = staff.get(f"/staff/archive/{snapshot.pk}/shown/")
    shown = reply.content.decode()
    assert "<script" not in shown
    assert not re.search(r"<a [^>]*href=\"[^#]", shown)
    assert 'class="skip" href="#main"' in shown
    assert 'href="/static/css/site.css"' in shown
    policy = reply["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-same-origin" in policy
    assert "form-action 'none'" in policy
    assert "no-store" in reply["Cache-Control"]


def test_links_and_scripts_of_any_shape_are_stilled() -> None:
    html_then = (
        '<a class=x href=\'/a/\'>a</a><a href="https://b.example/">b</a><a href="#c">c</a>'
        '<script type="module" src="/static/js/site-1a2b.js"></script><script>alert(1)</script>'
        '<link rel="stylesheet" href="/static/css/site.0f0f.css">'
    )
    assert make_inert(html_then) == (
        '<a class=x>a</a><a>b</a><a href="#c">c</a><link rel="stylesheet" href="/static/css/site.css">'
    )


def test_nurse_doctor_and_owner_look_back_and_others_do_not(history: list[Snapshot]) -> None:
    addresses = ["/staff/archive/", *(f"/staff/archive/{history[0].pk}/{part}" for part in ("", "shown/"))]
    for address in addresses:
        for role in ("Nurse", "Doctor", "Owner"):
            assert member(role).get(address).status_code == 200
        for role in ("Reception", ""):
            assert member(role).get(address).status_code == 403
        reply = Client().get(address)
        assert (reply.status_code, reply["Location"].split("?")[0]) == (302, "/admin/login/")


def test_looking_back_is_possible_a_year_later(staff: Client, clock: Any) -> None:
    page = live(title="Long ago")
    [snapshot] = snapshots_of(page)
    day = timezone.localdate(snapshot.shown_from) + timedelta(days=365)
    clock(snapshot.shown_from + timedelta(days=400))
    staff.force_login(author())  # a session ends long before a year does
    assert frame_of(search_archive(staff, page.page_id, day.isoformat())) == f"/staff/archive/{snapshot.pk}/shown/"


@pytest.mark.usefixtures("incomplete_pages")
def test_the_archive_hides_withdrawn_cases_from_staff_too(today: date) -> None:
    stays, goes = CaseFactory(skin_tone="BLACK"), CaseFactory(skin_tone="WHITE")
    page = page_of_kind("treatment")
    CaseGalleryFactory(placeholder=slot_of(page, "treatment_results"))
    publish(page)
    [snapshot] = snapshots_of(page)
    browser, url = member("Nurse"), f"/staff/archive/{snapshot.pk}/shown/"
    before = browser.get(url).content.decode()
    assert f"{stays.get_skin_tone_display()} skin</li>" in before
    assert f"{goes.get_skin_tone_display()} skin</li>" in before
    withdraw(goes.consent, actor="a-nurse", now=NOON)
    after = browser.get(url).content.decode()
    assert f"{stays.get_skin_tone_display()} skin</li>" in after
    assert f"{goes.get_skin_tone_display()} skin</li>" not in after
    assert f"Case {goes.code} stood here. It may not be shown any more." in after
