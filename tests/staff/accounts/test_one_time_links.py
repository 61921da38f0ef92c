"""One-time links: for one person, one use and one day; opening one changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from lxml import html

from content.ledger.models import Entry, Event
from content.models import SignInLink
from content.staff.accounts import one_time_links
from tests.factories import NOON
from tests.rendering import complaints, text_of
from tests.staff.sign_in import CODE_PAGE, PASSWORD, code_of, person, signed_in, with_password

pytestmark = pytest.mark.django_db
LINK = "/staff/link/"
NEW = "a new and better sentence"
NOT_OPEN = "This link was used already, or is older than a day. Ask the owner of the site for a new one."


def code_for(user: Any, *, has_lost_telephone: bool = False) -> str:
    return one_time_links.create_link(user, actor="olga", now=timezone.now(), has_lost_telephone=has_lost_telephone)


def send(code: str, password: str = NEW, again: str = "") -> Any:
    """The reply to the filled-in page, in a new browser."""
    return Client().post(LINK, {"code": code, "password1": password, "password2": again or password})


def test_a_link_sets_a_password_that_then_signs_in() -> None:
    user = person("nina")
    code = code_for(user)
    reply = Client().post(LINK, {"code": code, "password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is set. Sign in as nina." in text_of(html.fromstring(reply.content.decode()))
    assert with_password("nina", PASSWORD)[1].status_code == 200
    assert with_password("nina", NEW)[1].status_code == 302


def test_opening_a_link_changes_nothing_and_fills_the_code_in() -> None:
    user = person("nina")
    code = code_for(user)
    before = (user.password, list(SignInLink.objects.values()))
    page = Client().get(LINK, {"code": code})
    assert html.fromstring(page.content.decode()).get_element_by_id("id_code").get("value") == code
    assert "no-store" in page["Cache-Control"]
    user.refresh_from_db()
    assert (user.password, list(SignInLink.objects.values())) == before


def test_a_link_is_valid_once() -> None:
    code = code_for(person("nina"))
    assert send(code).status_code == 302
    assert complaints(send(code, "yet another sentence")) == [NOT_OPEN]
    assert with_password("nina", NEW)[1].status_code == 302


def test_of_two_at_once_only_one_redeems_a_link() -> None:
    user = person("nina")
    code, now = code_for(user), timezone.now()
    first, second = one_time_links.find_open_link(code, now=now), one_time_links.find_open_link(code, now=now)
    assert first is not None
    assert second is not None
    assert one_time_links.redeem_link(first, NEW, now=now)
    assert not one_time_links.redeem_link(second, "the other sentence", now=now)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_is_valid_for_a_day(clock: Any) -> None:
    clock(NOON)
    code = code_for(person("nina"))
    clock(NOON + timedelta(hours=24))
    assert complaints(send(code)) == [NOT_OPEN]
    clock(NOON + timedelta(hours=23, minutes=59))
    assert send(code).status_code == 302


def test_a_newer_link_ends_the_older_one_and_nobody_elses() -> None:
    nina, otto = person("nina"), person("otto")
    first, others, second = code_for(nina), code_for(otto), code_for(nina)
    assert complaints(send(first)) == [NOT_OPEN]
    assert send(second).status_code == 302
    assert send(others).status_code == 302


def test_the_code_is_stored_nowhere_and_accepted_however_typed() -> None:
    code = code_for(person("nina"))
    stored = str(list(SignInLink.objects.values())) + str(list(Entry.objects.values()))
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert len(code.replace("-", "")) == 20
    assert send(code.lower().replace("-", " ")).status_code == 302


@pytest.mark.parametrize("typed", ["", "-", "AAAAA-AAAAA-AAAAA-AAAAA", "é", "x" * 300, "\0"])
def test_an_invalid_code_gets_a_sentence(typed: str) -> None:
    person("nina")
    assert complaints(send(typed))


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "", "This password is too short. It must contain at least 12 characters."),
        (NEW, "another", "The two password fields didn’t match."),
        ("password123456", "", ""),
        ("nina.the.nurse1", "", "The password is too similar to the username."),
    ],
)
def test_a_poor_password_is_refused_and_the_link_stays_good(password: str, again: str, sentence: str) -> None:
    code = code_for(person("nina.the.nurse"))
    errors = complaints(send(code, password, again))
    assert errors
    assert not sentence or sentence in errors
    assert send(code).status_code == 302


def test_an_account_that_is_shut_is_not_opened_by_a_link() -> None:
    user = person("nina")
    code = code_for(user)
    user.is_active = False
    user.save()
    assert complaints(send(code)) == [NOT_OPEN]


@pytest.mark.usefixtures("asks_for_codes")
def test_the_sessions_of_before_end_and_a_telephone_that_is_not_lost_is_asked_still() -> None:
    user = person("nina", has_telephone=True)
    browser = signed_in(user)
    send(code_for(user))
    assert browser.get("/staff/")["Location"].startswith("/admin/login/")
    again, _ = with_password("nina", NEW)
    assert "The six digits" in again.get(CODE_PAGE).content.decode()
    again.post(CODE_PAGE, {"code": code_of(user, 1)})
    assert again.get("/staff/").status_code == 200


@pytest.mark.usefixtures("asks_for_codes")
def test_a_lost_telephone_is_forgotten_and_a_new_one_set_up() -> None:
    user = person("nina", has_telephone=True)
    old = code_of(user)
    send(code_for(user, has_lost_telephone=True))
    browser, _ = with_password("nina", NEW)
    assert "Begin" in browser.get(CODE_PAGE).content.decode()
    browser.post(CODE_PAGE, {"code": old})
    assert browser.get("/staff/").status_code == 302
    entries = list(Entry.objects.values_list("event", "subject"))
    expected = [Event.LINK_MADE, Event.LINK_USED, Event.PASSWORD_CHANGED, Event.SECOND_FACTOR_RESET]
    assert entries == [(event, "nina") for event in expected]


def test_a_link_ends_a_lockout() -> None:
    user = person("nina")
    for number in range(5):
        with_password("nina", f"guess {number}")
    assert with_password("nina")[1].status_code == 429
    send(code_for(user))
    assert with_password("nina", NEW)[1].status_code == 302


def test_the_command_prints_a_link_for_whoever_nobody_else_can_help(capsys: Any) -> None:
    person("owner", "", is_superuser=True, has_telephone=True)
    call_command("sign_in_link", "owner", "--lost-telephone")
    address = capsys.readouterr().out.split()[-1]
    assert address.startswith("http://localhost:8000/staff/link/?code=")
    assert send(address.split("code=")[1]).status_code == 302
    assert with_password("owner", NEW)[1].status_code == 302
    assert Entry.objects.first().actor == "the server"


@pytest.mark.parametrize("name", ["nobody", "nina"])
def test_the_command_says_when_there_is_no_such_account(name: str) -> None:
    person("nina", is_active=False)
    with pytest.raises(CommandError, match="Nobody with an open account has this user name"):
        call_command("sign_in_link", name)
