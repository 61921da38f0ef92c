"""That it is still them: their password or their newest code, and wrong guesses shut the same door."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory

from content.staff.accounts.reauthenticate import failure_message, verify_credentials
from tests.staff.sign_in import PASSWORD, code_of, person, with_password, wrong_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asks_for_codes")]


def request_by(user: Any) -> Any:
    """A request of this person."""
    request = RequestFactory().post("/staff/", {"typed": "whatever"})
    request.user = user
    return request


@pytest.fixture
def nina() -> User:
    return person("nina", has_telephone=True)


def test_the_password_or_an_unused_code_verifies(nina: User) -> None:
    assert verify_credentials(request_by(nina), PASSWORD)
    code = code_of(nina)
    assert verify_credentials(request_by(nina), code)
    assert not verify_credentials(request_by(nina), code)


@pytest.mark.parametrize("typed", ["", " ", "guess", "12345", "abcdef", "٣٣٣٣٣٣", PASSWORD.upper(), PASSWORD + " "])
def test_anything_else_is_refused(nina: User, typed: str) -> None:
    request = request_by(nina)
    assert not verify_credentials(request, typed)
    assert failure_message(request).startswith("That is neither your password nor the code")


def test_someone_elses_password_and_code_are_refused(nina: User) -> None:
    otto = person("otto", has_telephone=True)
    otto.set_password("quite another sentence")
    otto.save()
    for typed in ("quite another sentence", code_of(otto)):
        assert not verify_credentials(request_by(nina), typed)
        assert verify_credentials(request_by(otto), typed)


def test_an_anonymous_user_is_refused() -> None:
    assert not verify_credentials(request_by(AnonymousUser()), PASSWORD)


def test_five_failures_lock_it_and_the_sign_in(nina: User) -> None:
    for typed in ("a", "b", "c", "d", wrong_code(nina)):
        request = request_by(nina)
        assert not verify_credentials(request, typed)
        assert not request.axes_locked_out  # the page that asked shows the sentence itself
    assert failure_message(request).startswith("There were too many wrong passwords or codes. Wait half an hour")
    assert not verify_credentials(request_by(nina), PASSWORD)
    assert with_password("nina")[1].status_code == 429


def test_failures_at_the_sign_in_count_here_too(nina: User) -> None:
    for number in range(4):
        with_password("nina", f"guess {number}")
    assert not verify_credentials(request_by(nina), "a fifth")
    assert not verify_credentials(request_by(nina), PASSWORD)
