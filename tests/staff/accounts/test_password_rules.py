"""New passwords: nothing that repeats itself, runs along the keys, or names the clinic or the person."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from content.models import Clinic
from content.staff.accounts import password_rules
from tests.staff.sign_in import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(settings: Any) -> User:
    """Somebody whose name, clinic and website are known."""
    settings.SITE_DOMAIN = "www.seaside-skin.example"
    Clinic.objects.update(name="Tideline", strapline="Skin Clinic")
    return User(username="nina.olafson", first_name="Nina Olafson")


def complaints(password: str, user: User | None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa", "ababababababab", "abcabcabcabc", "passpasspass", "aaaabbbbcccc", "111222333444",
        "abcdefghijkl", "lkjihgfedcba", "qwertyuiop12", "1234567890ab", "12341234abcd", "qazwsxedcrfv", "1qaz2wsx3edc",
        "asdfghjklasdfghjkl", "QWERTYUIOP!!", "zyxwvutsrqpo", "ａａａａａａａａａａａａ", "            ", "............", "0987654321zz",
        "qwertzuiop12", "aabbaabbaabbaabb", "Aa1!Aa1!Aa1!", "abcd1234efgh", "1a1a1a1a1a1a1a",
    ],
)  # fmt: skip
def test_repeats_and_sequences_are_refused(password: str, nina: User) -> None:
    assert password_rules.TOO_REGULAR in complaints(password, nina)


@pytest.mark.parametrize(
    "password",
    ["password password", "sunshine!2026!?", "P4$$word2026!!", "Password#%2026", "1football!2!9#7", "12-superman-94"],
)
def test_a_common_password_with_something_added_is_refused(password: str, nina: User) -> None:
    assert password_rules.TOO_COMMON in complaints(password, nina)


@pytest.mark.parametrize(
    "password",
    [
        "Tideline by the harbour", "tide-line-rocks-2026", "T1del1ne harbour walk", "enilediT, harbour, walk", "my-TIDELINE-SKIN-CLINIC",
        "olafson takes a walk", "Nina takes a long walk", "n1n4 takes a long walk", "seaside skin by night", "0lafs0n takes a walk",
        "Ólafson takes a walk",
    ],
)  # fmt: skip
def test_names_that_others_know_are_refused(password: str, nina: User) -> None:
    assert complaints(password, nina) == [password_rules.HAS_NAME]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "correct horse battery", "Xk4#vPq9!mLz", "strongest defence 12", "lange Spaziergänge am Meer", "海を見ながら散歩する午後の猫",
        "a short walk inland", "tide and time wait", "9f8e2c7a41bd", "marmalade-trombone-1972", "two tall tulips totter",
    ],
)  # fmt: skip
def test_words_that_have_nothing_to_do_with_each_other_are_taken(password: str, nina: User) -> None:
    assert complaints(password, nina) == []


def test_somebody_elses_name_and_a_short_one_are_taken() -> None:
    assert complaints("olafson takes a walk", User(username="bo", first_name="Bo")) == []
    assert complaints("bold marmalade tulips", User(username="bo", first_name="Bo")) == []
    assert complaints("bold marmalade tulips", None) == []


def test_the_form_says_what_to_do_and_leaves_the_password_as_it_was(client: Any) -> None:
    user = person("nina")
    client.force_login(user)
    for typed in ("aaaaaaaaaaaa", "qwertyuiop12"):
        data = {"old_password": PASSWORD, "new_password1": typed, "new_password2": typed}
        assert password_rules.TOO_REGULAR in client.post("/admin/password_change/", data).content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
