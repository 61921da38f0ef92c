"""A browser that fills in forms as they are shown, their tokens too, and sends them from a page of this site."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.test import Client
from lxml import html

from tests.staff.sign_in import PASSWORD, code_of, person

SIGN_IN = "/admin/login/"
SITE = "http://testserver"
Data = dict[str, Any]


def somebody(name: str = "nina", *roles: str, **values: Any) -> User:
    """A member of staff with all of these roles, or with those of a doctor and of the owner."""
    user = person(name, "", **values)
    user.groups.set(Group.objects.filter(name__in=roles or ("Doctor", "Owner")))
    return user


def new_browser() -> Client:
    """One that the site checks as it checks any other."""
    return Client(enforce_csrf_checks=True, headers={"origin": SITE, "sec-fetch-site": "same-origin"})


def signed_in(user: User) -> Client:
    """Signed in on the site's own pages, at the start page."""
    browser = new_browser()
    sign_in(browser, user)
    return browser


def sign_in(browser: Client, user: User, to: str = "/staff/", *, password: str = PASSWORD, steps: int = 0) -> Any:
    """Sign in with all that is asked for, and return the page that this led to."""
    reply = browser.get(SIGN_IN, {"next": to})
    if reply.status_code == 200:
        reply = send(browser, SIGN_IN, filled(reply) | {"username": user.username, "password": password})
    reply = browser.get(reply["Location"])
    if reply.status_code == 302 and "second-factor" in reply["Location"]:
        reply = browser.get(reply["Location"])
        reply = send(browser, reply.request["PATH_INFO"], filled(reply) | {"code": code_of(user, steps)})
        reply = browser.get(reply["Location"])
    return reply


def send(browser: Client, url: str, data: Data, **more: Any) -> Any:
    """Press the button of a form: everything is sent as text, unless there is a file among it."""
    if any(hasattr(value, "read") for value in data.values()):
        return browser.post(url, data, **more)
    body = urlencode([(name, one) for name, value in data.items() for one in _each(value)])
    return browser.post(url, body, content_type="application/x-www-form-urlencoded", **more)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def filled(reply: Any, number: int = -1) -> Data:
    """What the page's form would send as it stands: the one with most fields, or that of this number."""
    forms = html.fromstring(reply.content.decode()).forms
    form = max(forms, key=lambda one: len(one.fields)) if number < 0 else forms[number]
    values = [(name, value) for name, value in form.form_values()]
    return {name: [one for key, one in values if key == name] for name, _ in values}


def address_of(reply: Any) -> str:
    """Where the form goes that sends again what was typed."""
    tree = html.fromstring(reply.content.decode())
    return str(tree.get_element_by_id("again").get("action"))


def again(browser: Client, reply: Any) -> Any:
    """Press "Save it now" on the page that goes on."""
    form = html.fromstring(reply.content.decode()).get_element_by_id("again")
    data: Data = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return send(browser, str(form.get("action")), data)
