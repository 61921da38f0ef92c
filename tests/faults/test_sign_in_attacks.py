"""Attacks on the sign-in: guessing, a password without the telephone, leading people away, and rights beyond a role.

`GUESSES=10000` makes as many guesses as the threat speaks of; the ordinary run makes a sample.
"""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from content.staff.accounts.access_middleware import EXEMPT_PATHS
from tests.factories import ProseFactory, page_of_kind, slot_of
from tests.faults.test_reading_changes_nothing import state
from tests.rendering import TOOLBAR_WORDS, address, publish
from tests.sizes import tries
from tests.staff.members import member
from tests.staff.sign_in import CODE_PAGE, PASSWORD, person, signed_in, with_password

pytestmark = pytest.mark.django_db
GUESSES = tries(300, 300, "GUESSES")
STAFF = ("/admin/", "/staff/", "/photographs/")


# --- 1: guessing -----------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("asks_for_codes")
def test_guesses_at_every_door_open_none() -> None:
    person("nina")
    doors = ("/admin/login/", "/cms_login/", "/admin/password_reset/", "/staff/link/")
    for number in range(GUESSES):
        browser = Client(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number % 250}")
        data = {"username": "nina", "password": f"a guess {number}", "code": f"{number:020}", "email": "n@example.org"}
        reply = browser.post(doors[number % len(doors)], {**data, "password1": PASSWORD, "password2": PASSWORD})
        assert reply.status_code in {200, 302, 404, 429}
        assert "sessionid" not in browser.cookies
    assert not Session.objects.exists()
    assert with_password("nina", REMOTE_ADDR="192.0.2.1")[1].status_code == 429


@pytest.mark.parametrize("forged", ["198.51.100.7", "127.0.0.1", "192.0.2.1", "192.0.2.2, 192.0.2.1", "::1", "x", ""])
def test_a_forged_address_neither_opens_a_lock_nor_moves_it_to_somebody_else(forged: str) -> None:
    person("nina")
    here = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forged}
    for number in range(5):
        with_password("nina", f"guess {number}", **here)
    assert with_password("nina", **here)[1].status_code == 429
    assert with_password("nina", REMOTE_ADDR="192.0.2.1")[1].status_code == 429
    for other in ("198.51.100.7", "127.0.0.1", "192.0.2.2"):
        assert with_password("nina", REMOTE_ADDR=other)[1].status_code == 302, other


def test_behind_a_trusted_proxy_the_lock_is_the_visitors_and_not_everyones(settings: Any) -> None:
    from ipaddress import ip_network

    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    person("nina")
    for number in range(5):
        forged = f"203.0.113.{number}, 192.0.2.1"  # what the visitor wrote, and what the proxy added
        with_password("nina", f"guess {number}", HTTP_X_FORWARDED_FOR=forged)
    assert with_password("nina", HTTP_X_FORWARDED_FOR="192.0.2.1")[1].status_code == 429
    assert with_password("nina", HTTP_X_FORWARDED_FOR="192.0.2.2")[1].status_code == 302


# --- 2: a password without the telephone -----------------------------------------------------------------------------
def every_address(patterns: list[URLPattern | URLResolver], start: str = "/") -> list[str]:
    """Every address of the staff's own that the resolver knows, with 1 in the place of each argument."""
    found: list[str] = []
    for pattern in patterns:
        route = re.sub(r"<[^<>]+>|\\[dw]\+|\((?:[^()]|\([^()]*\))*\)", "1", str(pattern.pattern).replace("(?P<", "("))
        route = route.lstrip("^").replace("\\Z", "").rstrip("$")
        if isinstance(pattern, URLResolver):
            found += every_address(pattern.url_patterns, start + route)
        else:
            found.append(start + route)
    return sorted({url for url in found if url.startswith(STAFF)})


def test_the_walk_meets_every_kind_of_address() -> None:
    found = every_address(get_resolver().url_patterns)
    assert len(found) > 100
    for part in (
        "/object/1/edit/1/", "/object/1/preview/1/", "/object/1/structure/1/", "/add-plugin/", "/edit-plugin/1/",
        "cms_wizard", "/case/1/photographs/", "/original/", "/people/1/link/", "/publish/", "pagecontent/add/",
        "usersettings", "text_plugin", "/consent/1/everything/",
    ):  # fmt: skip
        assert any(part in url for url in found), part


@pytest.mark.slow
@pytest.mark.usefixtures("asks_for_codes")
@pytest.mark.parametrize("role", ["Nurse", ""])
def test_a_password_alone_opens_no_address_whatever_the_method(role: str) -> None:
    """For somebody without a telephone, and for the superuser with one."""
    user = person("nina", role, is_superuser=not role, has_telephone=not role)
    browser, _ = with_password("nina")
    before = state()
    for url in every_address(get_resolver().url_patterns):
        if url in EXEMPT_PATHS or url == CODE_PAGE:
            continue
        for query in ("", "?edit&structure&toolbar_on", "?next=/admin/")[: tries(1, 3)]:
            reply = browser.get(url + query)
            assert (reply.status_code, reply["Location"].split("?")[0]) == (302, CODE_PAGE), url
        for method in ("post", "put", "delete", "patch", "options")[: tries(1, 5)]:
            refused = 403 if method == "post" else 405  # which nobody may use anywhere
            assert getattr(browser, method)(url).status_code == refused, (method, url)
    assert state() == before
    assert user.is_active


@pytest.mark.usefixtures("asks_for_codes")
def test_a_password_alone_shows_no_draft_and_no_toolbar_on_the_public_pages() -> None:
    draft, shown = page_of_kind("clinic", title="A secret plan"), page_of_kind("clinic", title="A public plan")
    ProseFactory(placeholder=slot_of(draft, "clinic_body"), body="<p>Hidden words</p>")
    publish(shown)
    half, _ = with_password(person("nina", has_telephone=True).username)
    whole = signed_in(person("otto", has_telephone=True))
    for page in (draft, shown):
        for word in ["", *TOOLBAR_WORDS]:
            reply = half.get(f"{address(page)}?{word}")
            assert (reply.status_code, reply["Location"].split("?")[0]) == (302, CODE_PAGE)
    assert b"cms-toolbar" in whole.get(address(shown)).content
    assert Client().get(address(shown)).status_code == 200


@pytest.mark.usefixtures("asks_for_codes")
def test_with_the_code_the_same_addresses_answer() -> None:
    browser = signed_in(person("nina", has_telephone=True))
    for url in ("/staff/", "/admin/content/case/", "/staff/pages/", "/admin/content/consent/blank-form/"):
        assert browser.get(url).status_code == 200, url


@pytest.mark.usefixtures("asks_for_codes")
def test_nothing_is_done_for_a_form_from_another_site() -> None:
    nina = person("nina", "Owner", has_telephone=True)
    otto = person("otto")
    browser = signed_in(nina)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = browser.cookies
    before = state()
    for url in (
        "/admin/login/", "/admin/logout/", "/admin/password_change/", CODE_PAGE, "/staff/recovery-codes/",
        "/staff/link/", "/staff/people/add/", f"/staff/people/{otto.pk}/", f"/staff/people/{otto.pk}/active/",
        f"/staff/people/{otto.pk}/link/",
    ):  # fmt: skip
        assert forged.post(url, {"do": "shut", "typed": PASSWORD, "username": "x", "name": "x"}).status_code == 403, url
    assert state() == before
    browser.post(f"/staff/people/{otto.pk}/active/", {"do": "shut"})
    assert state() != before


# --- 6: rights beyond a role -----------------------------------------------------------------------------------------
@pytest.mark.slow
def test_without_a_role_every_address_is_refused_and_nothing_changes() -> None:
    nobody, before = member(""), state()
    for url in every_address(get_resolver().url_patterns):
        if url in EXEMPT_PATHS or url.startswith("/photographs/"):
            continue
        assert nobody.get(url).status_code == 403, url
        assert nobody.post(url, {"do": "shut", "post": "yes"}).status_code == 403, url
    assert state() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "role", ["Doctor", *(pytest.param(role, marks=pytest.mark.full) for role in ("Reception", "Nurse", "Owner"))]
)
def test_an_empty_or_odd_request_to_any_page_of_ours_is_no_fault(role: str) -> None:
    browser = member(role)
    browser.raise_request_exception = False
    ours = [url for url in every_address(get_resolver().url_patterns) if url.startswith(("/staff/", "/admin/content/"))]
    assert len(ours) > 30
    for url in ours:
        for reply in (
            browser.get(url),
            browser.post(url),
            browser.post(url, {"do": "\0", "code": "٣" * 6, "roles": "x"}),
        ):
            assert reply.status_code < 500, url
    assert connection.is_usable()
