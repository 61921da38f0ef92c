"""Two tabs at the sign-in: the second leads on."""

import pytest

from tests.rendering import unescaped
from tests.staff.sessions.browser import SIGN_IN, filled, new_browser, send, sign_in, signed_in, somebody
from tests.staff.sign_in import CODE_PAGE, PASSWORD, code_of

pytestmark = pytest.mark.django_db


def test_the_second_of_two_sign_in_tabs_leads_on() -> None:
    somebody()
    browser = new_browser()
    first, second = (browser.get(SIGN_IN, {"next": to}) for to in ("/staff/", "/staff/pages/"))
    sent = {"username": "nina", "password": PASSWORD}
    assert send(browser, SIGN_IN, filled(first) | sent)["Location"] == "/staff/"
    assert send(browser, SIGN_IN, filled(second) | sent)["Location"] == "/staff/pages/"
    assert send(browser, SIGN_IN, filled(second) | sent | {"username": "NINA"})["Location"] == "/staff/pages/"


def test_somebody_else_in_the_second_tab_is_told_who_is_signed_in() -> None:
    nina = somebody()
    somebody("otto")
    browser = new_browser()
    second = browser.get(SIGN_IN)
    sign_in(browser, nina)
    reply = send(browser, SIGN_IN, filled(second) | {"username": "otto", "password": PASSWORD})
    assert reply["Location"] == "/staff/"
    assert "You are signed in as nina already." in unescaped(browser.get("/staff/"))


def test_a_sign_in_page_that_is_out_of_date_is_shown_anew() -> None:
    somebody()
    browser = new_browser()
    page = browser.get(SIGN_IN, {"next": "/staff/pages/"})
    del browser.cookies["csrftoken"]
    sent = {"username": "nina", "password": PASSWORD}
    reply = send(browser, SIGN_IN, filled(page) | sent)
    assert (reply.status_code, "sessionid" in browser.cookies) == (302, False)
    page = browser.get(reply["Location"])
    assert "This page was out of date. Sign in here." in unescaped(page)
    assert PASSWORD not in unescaped(page)
    assert send(browser, SIGN_IN, filled(page) | sent)["Location"] == "/staff/pages/"


@pytest.mark.usefixtures("asks_for_codes")
def test_the_second_of_two_tabs_that_ask_for_a_code_leads_on() -> None:
    user = somebody(has_telephone=True)
    browser = new_browser()
    login = filled(browser.get(SIGN_IN)) | {"username": "nina", "password": PASSWORD}
    send(browser, SIGN_IN, login)
    second = browser.get(CODE_PAGE, {"next": "/staff/pages/"})
    del browser.cookies["sessionid"]
    sign_in(browser, user)
    assert send(browser, CODE_PAGE, filled(second) | {"code": code_of(user)})["Location"] == "/staff/pages/"


def test_another_site_is_refused_at_the_sign_in_as_ever() -> None:
    browser = signed_in(somebody())
    for headers in ({"origin": "https://evil.example"}, {"origin": "", "sec-fetch-site": "cross-site"}):
        sent = {"username": "nina", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
        assert send(browser, SIGN_IN, sent, headers=headers).status_code == 403
