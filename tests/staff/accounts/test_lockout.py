"""Five wrong guesses shut the door for half an hour, whatever was guessed; and only for who guessed."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone

from content.ledger.models import Entry, Event
from content.staff.accounts import lockout
from tests.staff.sign_in import CODE_PAGE, code_of, person, signed_in, type_password, with_password, wrong_code

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def guess(name: str, times: int, **more: Any) -> Any:
    for number in range(times):
        _, reply = with_password(name, f"guess {number}", **more)
    return reply


def is_open(name: str, **more: Any) -> bool:
    """Whether the right password lets the person in."""
    return bool(with_password(name, **more)[1].status_code == 302)


def test_five_wrong_passwords_lock_the_account_and_four_do_not() -> None:
    person("nina"), person("otto")
    assert guess("nina", 4).status_code == 200
    assert guess("otto", 5).status_code == 429
    assert (is_open("nina"), is_open("otto")) == (True, False)


def test_capitals_make_no_other_name() -> None:
    person("nina"), person("otto")
    assert is_open("Nina")
    replies = [with_password(name, "a guess")[1].status_code for name in ("OTTO", "Otto", "otto", "oTTO", "ottO")]
    assert replies == [200, 200, 200, 200, 429]
    assert not is_open("otto")
    assert list(Entry.objects.values_list("event", "subject").filter(event=Event.SIGN_IN_LOCKED)) == [
        (Event.SIGN_IN_LOCKED, "otto")
    ]
    assert [with_password(name, "x")[1].status_code for name in ("No-one", "no-one") * 3][4:] == [429, 429]


def test_the_lockout_page_says_what_to_do() -> None:
    person("nina")
    for reply in (guess("nina", 5), with_password("nina")[1]):
        assert reply.status_code == 429
        assert "Wait half an hour, or ask the owner of the site for a one-time link." in reply.content.decode()


def advance_clock(minutes: int) -> None:
    """Let this many minutes pass."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_a_lockout_ends_after_half_an_hour_whatever_was_tried_meanwhile() -> None:
    person("nina")
    guess("nina", 5)
    advance_clock(29)
    guess("nina", 3)
    assert not is_open("nina")
    advance_clock(2)
    assert is_open("nina")


def test_a_complete_sign_in_resets_the_failures() -> None:
    person("nina")
    guess("nina", 4)
    assert is_open("nina")
    guess("nina", 4)
    assert is_open("nina")


def test_other_addresses_and_other_names_are_not_locked() -> None:
    person("nina"), person("otto")
    guess("nina", 5, REMOTE_ADDR="192.0.2.1")
    assert not is_open("nina", REMOTE_ADDR="192.0.2.1")
    assert is_open("nina", REMOTE_ADDR="192.0.2.2")
    assert is_open("otto", REMOTE_ADDR="192.0.2.1")


@pytest.mark.usefixtures("asks_for_codes")
def test_wrong_codes_count_like_wrong_passwords_and_a_password_alone_resets_none() -> None:
    user = person("nina", has_telephone=True)
    for _ in range(4):  # the password is right each time
        browser, reply = with_password("nina")
        assert reply.status_code == 302
        assert browser.post(CODE_PAGE, {"code": wrong_code(user)}).status_code == 200
    browser, _ = with_password("nina")
    assert browser.post(CODE_PAGE, {"code": wrong_code(user)}).status_code == 429
    assert browser.post(CODE_PAGE, {"code": code_of(user)}).status_code == 429
    assert browser.get("/staff/").status_code == 302
    assert not is_open("nina")


@pytest.mark.usefixtures("asks_for_codes")
def test_wrong_recovery_codes_count_too() -> None:
    person("nina", has_telephone=True)
    browser, _ = with_password("nina")
    replies = [browser.post(CODE_PAGE, {"code": f"AAAA-BBB{number}"}).status_code for number in range(2, 8)]
    assert replies == [200, 200, 200, 200, 429, 429]


def test_codes_guessed_from_many_addresses_are_slowed_down(settings: Any) -> None:
    settings.SECOND_FACTOR, settings.OTP_TOTP_THROTTLE_FACTOR = True, 3600
    user = person("nina", has_telephone=True)
    for number in (1, 2):
        browser, _ = with_password("nina", REMOTE_ADDR=f"192.0.2.{number}")
        browser.post(CODE_PAGE, {"code": wrong_code(user)}, REMOTE_ADDR=f"192.0.2.{number}")
    browser.post(CODE_PAGE, {"code": code_of(user)}, REMOTE_ADDR="192.0.2.2")
    assert browser.get("/staff/", REMOTE_ADDR="192.0.2.2").status_code == 302


def test_wrong_old_passwords_count_where_a_password_is_changed() -> None:
    person("nina")
    browser, _ = with_password("nina")
    data = {"new_password1": "a short walk inland", "new_password2": "a short walk inland"}
    replies = [browser.post("/admin/password_change/", {**data, "old_password": "x"}).status_code for _ in range(5)]
    assert replies == [200, 200, 200, 200, 429]
    assert (
        browser.post("/admin/password_change/", {**data, "old_password": "a long walk by the sea"}).status_code == 429
    )
    lockout.reset_failures("nina")
    assert (
        browser.post("/admin/password_change/", {**data, "old_password": "a long walk by the sea"}).status_code == 302
    )
    assert Entry.objects.last().event == Event.PASSWORD_CHANGED


def test_a_lockout_is_recorded_once_and_unknown_names_never() -> None:
    person("nina")
    guess("nina", 9)
    guess("nobody-here", 9)
    assert list(Entry.objects.values_list("event", "subject")) == [(Event.SIGN_IN_LOCKED, "nina")]


def test_failures_are_stored_without_what_was_typed() -> None:
    user = person("nina")
    Client().post("/admin/login/?next=/secret/", {"username": "nina", "password": "my dog Rex", "code": "123456"})
    Client().post("/admin/login/", {"username": "nina", "password": "my dog Rex"})
    attempt = AccessAttempt.objects.get()
    assert (attempt.get_data, attempt.post_data, attempt.failures_since_start) == ("", "", 2)
    assert user.username == attempt.username


def test_what_was_typed_is_forgotten_after_a_day_and_a_lockout_that_is_in_force_is_not() -> None:
    person("nina")
    guess("my dog Rex", 2), guess("nina", 5)
    rex = AccessAttempt.objects.filter(username="my dog rex")
    rex.update(attempt_time=timezone.now() - timedelta(hours=23))
    call_command("tick", stdout=StringIO())
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"my dog rex", "nina"}
    rex.update(attempt_time=timezone.now() - timedelta(hours=25))
    call_command("tick", stdout=StringIO())
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["nina"]
    assert not is_open("nina")


@pytest.mark.parametrize("name", ["nina\0", "x" * 5000, "", "nína", "'; DROP TABLE auth_user; --"])
def test_an_odd_name_is_answered_by_the_form(name: str) -> None:
    assert type_password(Client(), name).status_code == 200


@pytest.mark.usefixtures("asks_for_codes")
def test_an_open_session_continues_while_its_address_is_locked_out() -> None:
    user = person("nina", has_telephone=True)
    browser = signed_in(user)
    guess("nina", 5)
    assert browser.get("/staff/").status_code == 200
