"""The page on which a draft is given its time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import Schedule
from content.publishing import schedule
from content.reviews import draft_locks
from tests.factories import NOON, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.publishing.pages import live
from tests.publishing.test_schedule import nurse
from tests.rendering import filled_in, opened, typed
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]


def url(draft: Any) -> str:
    return f"/staff/pages/{draft.pk}/schedule/"


def test_a_time_is_set_changed_and_taken_away_by_the_clinic_s_clock(staff: Client, clock: Any) -> None:
    draft = page_of_kind("clinic")
    reply = staff.post(url(draft), {"day": "2026-06-01", "time": "09:00"}, follow=True)
    assert "It goes live by itself on Monday 1 June 2026, 09:00 BST." in reply.content.decode()
    assert Schedule.objects.get().goes_live_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert {"2026-06-01", "09:00"} <= typed(staff.get(url(draft)))
    staff.post(url(draft), {"day": "2026-06-02", "time": "09:00"})
    assert Schedule.objects.get().goes_live_at == datetime(2026, 6, 2, 8, tzinfo=UTC)
    staff.post(url(draft), {"do": "cancel"})
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({"day": "2026-03-29", "time": "01:30"}, "There is no 01:30 on 29 March 2026: the clocks go forward then."),
        ({"day": "2026-02-01", "time": "09:00"}, "That time is over."),
        ({"day": "2028-02-29", "time": "09:00"}, "more than a year away"),
        ({"day": "9999-12-31", "time": "23:59"}, "more than a year away"),
        ({"day": "1900-01-01", "time": "00:00"}, "That time is over."),
        ({"day": "0026-06-01", "time": "09:00"}, "Write the year with four digits"),
        ({"day": "2026-02-30", "time": "09:00"}, "There is no such day in the calendar."),
        ({"day": "", "time": "09:00"}, "Choose a day."),
        ({"day": "2026-06-01", "time": ""}, "Choose a time of day."),
        ({"day": "2026-06-01", "time": "noonish"}, "Write the time as in 09:30."),
    ],
)
def test_what_is_wrong_with_a_time_is_said_and_what_was_typed_stays(
    staff: Client, clock: Any, boxes: dict[str, str], sentence: str
) -> None:
    draft = page_of_kind("clinic")
    reply = staff.post(url(draft), boxes)
    assert reply.status_code == 200
    assert sentence in reply.content.decode().replace("&#x27;", "’")
    assert {text for text in boxes.values() if text} <= typed(reply)
    assert not Schedule.objects.exists()


def test_the_hour_that_comes_twice_is_told_apart_by_its_name(staff: Client, clock: Any) -> None:
    draft = page_of_kind("clinic")
    reply = staff.post(url(draft), {"day": "2026-10-25", "time": "01:30"}, follow=True)
    assert "25 October 2026, 01:30 GMT" in reply.content.decode()
    assert Schedule.objects.get().goes_live_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.usefixtures("incomplete_pages")
def test_an_unsigned_medical_draft_is_told_what_is_missing(staff: Client, clock: Any) -> None:
    draft = page_of_kind("topic")
    client = Client()
    client.force_login(doctor())
    assert "No doctor has signed this page" in client.get(url(draft)).content.decode()
    assert "No doctor has signed" in client.post(url(draft), {"day": "2026-06-01", "time": "09:00"}).content.decode()
    signed(draft)
    assert client.post(url(draft), {"day": "2026-06-01", "time": "09:00"}).status_code == 302
    assert "ends its signature" in client.get(url(draft)).content.decode()


@pytest.mark.usefixtures("incomplete_pages")
def test_who_may_not_publish_a_kind_of_page_gives_it_no_time(clock: Any) -> None:
    own, topic = page_of_kind("clinic"), page_of_kind("topic")
    signed(topic)
    browser = Client()
    browser.force_login(nurse())
    assert browser.get(url(own)).status_code == 200
    for client in (browser, member("Reception")):
        assert client.get(url(topic)).status_code == 403
        assert client.post(url(topic), {"day": "2026-06-01", "time": "09:00"}).status_code == 403
    assert member("Reception").get(url(own)).status_code == 403
    assert Client().get(url(own)).status_code == 302
    assert not Schedule.objects.exists()


def test_unknown_and_live_versions_are_no_errors(staff: Client, clock: Any) -> None:
    assert staff.get("/staff/pages/999999/schedule/").status_code == 404
    page = live()
    assert page.versions.get().created_by == author()
    assert "Only a draft can wait" in staff.post(url(page), {"day": "2026-06-01", "time": "09:00"}).content.decode()


@pytest.mark.parametrize(("role", "goes_live"), [("Reception", False), ("Nurse", True)])
def test_a_draft_changed_after_its_time_was_set_waits_for_who_may_publish(role: str, goes_live: bool) -> None:  # noqa: FBT001  a table
    draft = page_of_kind("clinic", slug="changed-late")
    block = ProseFactory(placeholder=slot_of(draft, "clinic_body"))
    draft_locks.release(draft, now=NOON)
    member("Nurse")
    setter = User.objects.get(username="a-nurse")
    soon = timezone.now() + timedelta(days=1)
    schedule.schedule_publication(draft, user=setter, goes_live_at=soon, now=timezone.now())
    browser = member(role)
    url = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk], query={"cms_path": "/"})
    assert browser.get(url).status_code == 200
    assert Schedule.objects.get().problem == ""  # looking changes nothing
    data = filled_in({"heading": "Late", "body": "<p>Closed for good.</p>"})
    assert browser.post(url, {**data, **opened(browser, url)}).status_code == 200
    schedule.publish_due(now=soon)
    assert Client().get("/changed-late/").status_code == (200 if goes_live else 404)
    assert [one.problem[:46] for one in schedule.failed()] == (
        [] if goes_live else ["It will not go live by itself: a-reception cha"]
    )
