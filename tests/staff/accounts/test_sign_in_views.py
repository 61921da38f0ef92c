"""The one sign-in: where it leads, what it tells the ledger, and what it says."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from content.ledger.models import Entry, Event
from tests.rendering import text_of
from tests.staff.members import member
from tests.staff.sign_in import CODE_PAGE, PASSWORD, code_of, person, type_password, with_password

pytestmark = pytest.mark.django_db
#: Addresses that would lead to another site, or run something.
ELSEWHERE = [
    "https://evil.example/",
    "http:evil.example",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https:///evil.example",
    "http://testserver@evil.example/",
    "//testserver@evil.example/",
    "ftp://testserver/",
    "evil.example",
]


def test_without_a_place_to_go_staff_begin_at_their_own_page() -> None:
    person("nina")
    assert with_password("nina")[1]["Location"] == "/staff/"
    browser, _ = with_password("nina")
    assert browser.get("/admin/login/")["Location"] == "/staff/"
    assert browser.get("/admin/login/?next=/admin/login/")["Location"] == "/admin/login/"


def test_whoever_was_going_somewhere_on_this_site_goes_there() -> None:
    person("nina")
    sent = Client().get("/admin/content/case/?area=HIPS")
    assert sent["Location"] == "/admin/login/?next=/admin/content/case/%3Farea%3DHIPS"
    browser = Client()
    page = html.fromstring(browser.get(sent["Location"]).content.decode())
    wanted = page.xpath("//input[@name='next']/@value")[0]
    assert type_password(browser, "nina", to=wanted)["Location"] == "/admin/content/case/?area=HIPS"
    assert Client().get("/staff/people/")["Location"] == "/admin/login/?next=/staff/people/"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_to_another_site(wanted: str, settings: Any) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    user = person("nina", has_telephone=True)
    assert with_password("nina", to=wanted)[1]["Location"] == "/staff/"
    browser = Client()
    browser.post(f"/admin/login/?{'next'}=x", {"username": "nina", "password": PASSWORD})
    assert browser.get("/admin/login/", {"next": wanted})["Location"] == "/staff/"
    settings.SECOND_FACTOR = True
    browser, _ = with_password("nina")
    page = browser.get(CODE_PAGE, {"next": wanted})
    assert html.fromstring(page.content.decode()).xpath("//input[@name='next']/@value") == ["/staff/"]
    reply = browser.post(CODE_PAGE, {"next": wanted, "code": code_of(user)})
    assert reply["Location"] == "/staff/"
    assert browser.get(CODE_PAGE, {"next": wanted})["Location"] == "/staff/"


def test_the_wrong_password_gets_one_sentence_that_tells_nothing_of_who_exists() -> None:
    person("nina")
    replies = [text_of(html.fromstring(with_password(name, "a guess")[1].content.decode())) for name in ("nina", "x")]
    assert replies[0] == replies[1]
    assert "Ask the owner of the site for a one-time link" in replies[0]


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_staff": False}])
def test_a_shut_account_and_a_reader_do_not_sign_in(values: dict[str, bool]) -> None:
    nina, _ = person("nina"), person("otto")
    User.objects.filter(pk=nina.pk).update(**values)
    assert with_password("nina")[1].status_code == 200
    assert with_password("otto")[1].status_code == 302


def test_sign_ins_sign_outs_and_password_changes_are_recorded() -> None:
    person("nina")
    browser, _ = with_password("nina")
    new = {"new_password1": "a short walk inland", "new_password2": "a short walk inland"}
    assert browser.post("/admin/password_change/", {"old_password": PASSWORD, **new}).status_code == 302
    assert browser.get("/staff/").status_code == 200  # whoever changed it goes on
    browser.post("/admin/logout/")
    assert browser.get("/staff/").status_code == 302
    entries = list(Entry.objects.values_list("event", "subject", "actor"))
    events = [Event.SIGNED_IN, Event.PASSWORD_CHANGED, Event.SIGNED_OUT]
    assert entries == [(event, "nina", "nina") for event in events]
    assert "walk" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_staff_change_their_password(method: str) -> None:
    reply = getattr(Client(), method)("/admin/password_change/", {"old_password": "x"})
    assert reply["Location"].startswith("/admin/login/")
    assert getattr(member("Nurse"), method)("/admin/password_change/", {"old_password": "x"}).status_code == 200


def test_no_sign_in_page_is_cached_by_a_browser() -> None:
    for url in ("/admin/login/", "/staff/link/?code=AAAAA"):
        assert "no-store" in Client().get(url)["Cache-Control"], url
    for url in (CODE_PAGE, "/staff/people/", "/admin/password_change/"):
        assert "no-store" in member("Owner").get(url)["Cache-Control"], url


def test_there_is_no_password_reset_by_mail() -> None:
    for url in ("/admin/password_reset/", "/accounts/login/", "/password_reset/"):
        assert Client().get(url).status_code in {302, 404}
        assert member("Nurse").get(url).status_code == 404
