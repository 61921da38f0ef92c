"""A session in use lasts, up to twelve hours after the sign-in; ten minutes before its end every page says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from lxml import html

from tests.factories import page_of_kind
from tests.rendering import address, publish, text_of
from tests.staff.members import member
from tests.staff.sessions.browser import SITE, filled, send, signed_in, somebody

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def nina(clock: Any) -> Client:
    """Signed in at eight in the morning."""
    clock(BEGAN)
    return signed_in(somebody())


def ends() -> datetime:
    return Session.objects.get().expire_date


@pytest.mark.parametrize(
    ("worked", "end"),
    [
        ([0], 8),
        ([1], 9),
        ([3.9], 11.9),
        ([4.5], 12),
        ([1, 7, 11], 12),
        ([11.95], None),
        ([1, 9.5], None),
        ([7, 11.9], 12),
        ([7, 12.1], None),
    ],
    ids=str,
)
def test_work_prolongs_a_session_by_eight_hours_up_to_twelve_after_the_sign_in(
    nina: Client, clock: Any, worked: list[float], end: float | None
) -> None:
    for hours in worked:
        clock(BEGAN + timedelta(hours=hours))
        reply = nina.get("/staff/")
    assert reply.status_code == (302 if end is None else 200)
    if end is not None:
        assert ends() == BEGAN + timedelta(hours=end)


def test_the_browsers_cookie_lasts_as_long_as_the_session(nina: Client, clock: Any) -> None:
    clock(BEGAN + timedelta(hours=2))
    nina.get("/staff/")
    assert nina.cookies["sessionid"]["max-age"] == 8 * 60 * 60


def test_a_session_is_not_written_for_every_page(nina: Client, clock: Any) -> None:
    clock(BEGAN + timedelta(minutes=4))
    nina.get("/staff/")
    assert ends() == BEGAN + timedelta(hours=8)


def test_a_page_that_looks_how_long_is_left_prolongs_nothing(nina: Client, clock: Any) -> None:
    clock(BEGAN + timedelta(hours=7, minutes=50))
    left = nina.get("/staff/session/").json()
    assert left == {"seconds": 600, "at": "16:00", "may_stay": True}
    assert ends() == BEGAN + timedelta(hours=8)


def test_staying_signed_in_takes_a_press_and_leads_back(nina: Client, clock: Any) -> None:
    form = filled(nina.get("/staff/"))
    clock(BEGAN + timedelta(hours=3, minutes=59))
    assert nina.get("/staff/session/stay/").status_code == 405
    assert send(nina, "/staff/session/stay/", {"next": "/staff/pages/"}).status_code == 403
    token = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]}
    assert send(nina, "/staff/session/stay/", token | {"next": "/staff/pages/"})["Location"] == "/staff/pages/"
    assert send(nina, "/staff/session/stay/", token | {"next": "https://evil.example/"})["Location"] == "/staff/"
    assert "You stay signed in until 19:59." in nina.get("/staff/").content.decode()
    left = send(nina, "/staff/session/stay/", token, headers={"sec-fetch-mode": "cors"}).json()
    assert left["seconds"] == 8 * 60 * 60


def test_on_a_full_disk_people_go_on_working_in_the_session_that_they_have(
    nina: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.disk_room.has_room", lambda: False)
    clock(BEGAN + timedelta(hours=2))
    assert nina.get("/staff/").status_code == 200
    assert ends() == BEGAN + timedelta(hours=8)


def notice(reply: Any) -> Any:
    found = html.fromstring(reply.content.decode()).xpath("//session-notice")
    assert len(found) == 1
    return found[0]


def shown_words(element: Any) -> list[str]:
    return [text_of(line).replace(" ,", ",") for line in element.iter("p") if "hidden" not in line.attrib]


def test_every_page_for_staff_has_the_notice_and_readers_have_none(nina: Client) -> None:
    page = page_of_kind("clinic")
    publish(page)
    draft = page_of_kind("clinic")
    for url in (
        "/staff/", "/staff/help/", "/admin/content/clinic/1/change/", "/admin/password_change/", address(page),
        f"/admin/cms/pagecontent/{draft.pk}/change/", "/staff/session/",
    )[:-1]:  # fmt: skip
        found = notice(nina.get(url))
        assert "hidden" in found.attrib
        assert found.get("data-seconds") == str(8 * 60 * 60)
    assert b"session-notice" not in Client().get(address(page)).content
    assert b"<session-notice" not in Client().get("/admin/login/").content


def test_without_scripts_a_page_that_is_opened_in_the_last_ten_minutes_says_so(nina: Client, clock: Any) -> None:
    for hours in (6, 11):
        clock(BEGAN + timedelta(hours=hours))
        nina.get("/staff/")
    clock(BEGAN + timedelta(hours=11, minutes=51))
    found = notice(nina.get("/staff/"))
    assert "hidden" not in found.attrib
    assert shown_words(found) == [
        "You will be signed out at 20:00, twelve hours after you signed in. What you type is not lost: the next time "
        "that you save, you are asked to sign in first."
    ]


def test_a_session_of_an_older_release_keeps_the_end_that_it_had() -> None:
    browser = member("Nurse")
    session = browser.session
    session.set_expiry(timezone.now() + timedelta(hours=1))
    session.save()
    before = ends()
    assert browser.get("/staff/", headers={"origin": SITE}).status_code == 200
    assert ends() == before
