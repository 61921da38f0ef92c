"""Signing in as a person does: name and password, then the code that their telephone shows."""

import time
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import TOTP

from content.models import Telephone

PASSWORD = "a long walk by the sea"  # noqa: S105  made up for people who are made up
CODE_PAGE = "/staff/second-factor/"


def person(name: str, role: str = "Nurse", *, has_telephone: bool = False, **values: Any) -> User:
    """Someone with this role and `PASSWORD`, with a telephone in use or with none."""
    user = User(username=name, first_name=name.title(), is_staff=True, **values)
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name=role))
    if has_telephone:
        Telephone.objects.create(user=user, name="telephone")
    return user


def with_password(name: str, password: str = PASSWORD, **more: Any) -> tuple[Client, Any]:
    """A new browser in which this was typed at the sign-in, and the reply."""
    browser = Client()
    return browser, type_password(browser, name, password, **more)


def type_password(browser: Client, name: str, password: str = PASSWORD, to: str = "", **more: Any) -> Any:
    """The reply to name and password."""
    data = {"username": name, "password": password, "next": to}
    return browser.post("/admin/login/", data, **more)


def code_of(user: User, steps: int = 0) -> str:
    """What the person's telephone shows, now or some half minutes later."""
    return shown_by(Telephone.objects.get(user=user), steps)


def shown_by(device: Telephone, steps: int = 0) -> str:
    """The six digits of this telephone."""
    reckoner = TOTP(device.bin_key)
    reckoner.time = time.time() + 30 * steps
    return f"{reckoner.token():06d}"


def wrong_code(user: User) -> str:
    """Six digits that no telephone of theirs shows about now."""
    near = {code_of(user, steps) for steps in (-1, 0, 1)}
    return next(code for code in ("111111", "222222", "333333", "444444") if code not in near)


def signed_in(user: User) -> Client:
    """The browser of someone who has typed both."""
    browser, _ = with_password(user.username)
    assert browser.post(CODE_PAGE, {"code": code_of(user)}).status_code == 302
    return browser
