"""User names are one whatever their capitals, and accounts that differ in nothing else stay apart."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from content.staff.accounts import usernames
from tests.staff.members import member
from tests.staff.sign_in import person, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def signs_in_as(typed: str) -> str | None:
    """The user name of whoever is let in."""
    browser, _ = with_password(typed)
    pk = browser.session.get("_auth_user_id")
    return usernames.User.objects.get(pk=pk).username if pk else None


def test_accounts_that_differ_in_capitals_are_never_mixed_up() -> None:
    person("nina"), person("Nina"), person("otto")
    assert [signs_in_as(typed) for typed in ("nina", "Nina", "NINA", "OTTO")] == ["nina", "Nina", None, "otto"]


def test_a_shut_account_is_in_nobody_s_way() -> None:
    person("nina", is_active=False), person("Nina")
    assert signs_in_as("NINA") == "Nina"
    assert usernames.case_twins() == []


@pytest.mark.parametrize(("stored", "typed"), [("Émile", "émile"), ("STRASSE", "straße"), ("ａnna", "Anna")])
def test_capitals_are_those_of_every_script(stored: str, typed: str) -> None:
    assert usernames.find(typed) is None
    somebody = person(stored)
    assert usernames.find(typed) == somebody


def test_they_are_reported_to_whoever_looks_after_accounts() -> None:
    person("nina"), person("Nina"), person("otto")
    (sentence,) = usernames.case_twins()
    assert sentence.startswith("The user names “Nina” and “nina” differ in capitals only.")
    assert sentence in member("Owner").get("/staff/people/").content.decode()


def test_a_new_account_gets_no_name_that_is_taken_in_other_capitals() -> None:
    person("Nina.Example")
    reply = member("Owner").post("/staff/people/add/", {"username": "nina.example", "name": "Nina"})
    assert "Somebody has this user name already." in reply.content.decode()


def test_a_link_is_made_on_the_server_whatever_the_capitals() -> None:
    person("nina")
    out = StringIO()
    call_command("sign_in_link", "NINA", stdout=out)
    assert "?code=" in out.getvalue()
    person("Nina")
    with pytest.raises(CommandError, match="Check how it is written"):
        call_command("sign_in_link", "NINA", stdout=StringIO())
