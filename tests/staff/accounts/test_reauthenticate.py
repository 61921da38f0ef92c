"""That it is still them: their password or their newest code, and wrong guesses shut the same door."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory

from content.staff.accounts.reauthenticate import failure_message, verify_credentials
from tests.staff.sign_in import PASSWORD, code_of, person, with_password, wrong_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asks_for_codes")]


def asked(user: Any) -> Any:
    """A request of this person."""
    request = RequestFactory().post("/staff/", {"typed": "whatever"})
    request.user = user
    return request


@pytest.fixture
def nina() -> User:
    return person("nina", has_telephone=True)


def test_the_password_or_a_code_that_was_not_used_confirms(nina: User) -> None:
    assert verify_credentials(asked(nina), PASSWORD)
    code = code_of(nina)
    assert verify_credentials(asked(nina), code)
    assert not verify_credentials(asked(nina), code)


@pytest.mark.parametrize("typed", ["", " ", "guess", "12345", "abcdef", "٣٣٣٣٣٣", PASSWORD.upper(), PASSWORD + " "])
def test_anything_else_does_not(nina: User, typed: str) -> None:
    request = asked(nina)
    assert not verify_credentials(request, typed)
    assert failure_message(request).startswith("That is neither your password nor the code")


def test_someone_elses_password_and_code_do_not(nina: User) -> None:
    otto = person("otto", has_telephone=True)
    otto.set_password("quite another sentence")
    otto.save()
    for typed in ("quite another sentence", code_of(otto)):
        assert not verify_credentials(asked(nina), typed)
        assert verify_credentials(asked(otto), typed)


def test_nobody_signed_in_confirms_nothing() -> None:
    assert not verify_credentials(asked(AnonymousUser()), PASSWORD)


def test_five_wrong_guesses_shut_it_and_the_sign_in_with_it(nina: User) -> None:
    for typed in ("a", "b", "c", "d", wrong_code(nina)):
        request = asked(nina)
        assert not verify_credentials(request, typed)
        assert not request.axes_locked_out  # the page that asked shows the sentence itself
    assert failure_message(request).startswith("There were too many wrong passwords or codes. Wait half an hour")
    assert not verify_credentials(asked(nina), PASSWORD)
    assert with_password("nina")[1].status_code == 429


def test_guesses_at_the_sign_in_count_here_too(nina: User) -> None:
    for number in range(4):
        with_password("nina", f"guess {number}")
    assert not verify_credentials(asked(nina), "a fifth")
    assert not verify_credentials(asked(nina), PASSWORD)
