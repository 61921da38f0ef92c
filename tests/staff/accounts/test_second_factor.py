"""The second factor: set up once, asked for at each sign-in, and every code good once."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from lxml import html

from content.ledger.models import Entry, Event
from content.models import Telephone
from tests.factories import NOON
from tests.rendering import text_of
from tests.staff.sign_in import (
    CODE_PAGE,
    code_of,
    person,
    shown_by,
    signed_in,
    type_password,
    with_password,
    wrong_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asks_for_codes")]


def codes_in(reply: Any) -> list[str]:
    tree = html.fromstring(reply.content.decode())
    return [text_of(one) for one in tree.iter("code")]


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def set_up(browser: Client, user: User) -> list[str]:
    """Begin and finish; the recovery codes that are shown."""
    assert browser.post(CODE_PAGE, {"do": "begin"}).status_code == 302
    reply = browser.post(CODE_PAGE, {"do": "finish", "code": shown_by(Telephone.objects.get(user=user))})
    assert reply.status_code == 200
    return codes_in(reply)


def test_the_first_sign_in_leads_through_setting_up_a_telephone() -> None:
    user = person("nina")
    browser, reply = with_password("nina", to="/about/")
    assert reply["Location"] == "/about/"
    sent = browser.get("/about/")
    assert sent.status_code == 302
    assert sent["Location"].startswith(CODE_PAGE)
    assert "Begin" in browser.get(sent["Location"]).content.decode()
    assert not Telephone.objects.exists()  # opening the page made nothing
    begun = browser.post(sent["Location"], {"do": "begin", "next": "/about/"}, follow=True)
    page = html.fromstring(begun.content.decode())
    picture = page.xpath("//form//img/@src")[0]
    assert picture.startswith("data:image/svg+xml")
    assert "img-src 'self' data:;" in begun["Content-Security-Policy"]
    secret = text_of(page.find_class("sign-in-secret")[0]).replace(" ", "")
    assert f"secret={secret}" in Telephone.objects.get(user=user).config_url
    assert "otpauth" not in unquote(picture)  # it is drawn, not written
    done = browser.post(
        CODE_PAGE, {"do": "finish", "code": shown_by(Telephone.objects.get(user=user)), "next": "/about/"}
    )
    codes = codes_in(done)
    assert len(set(codes)) == 10
    assert 'href="/about/"' in done.content.decode()
    assert browser.get("/about/").status_code == 200
    assert not any(code in browser.get(CODE_PAGE, follow=True).content.decode() for code in codes)
    assert events() == [Event.SECOND_FACTOR_SET_UP, Event.SIGNED_IN, Event.RECOVERY_CODES_MADE]


def test_a_telephone_that_shows_another_code_is_not_put_into_use() -> None:
    user = person("nina")
    browser, _ = with_password("nina")
    browser.post(CODE_PAGE, {"do": "begin"})
    for typed in ("", "abc", wrong_code(user), "1234567890123456789"):
        reply = browser.post(CODE_PAGE, {"do": "finish", "code": typed})
        assert "That is not the code" in reply.content.decode()
    assert not Telephone.objects.get(user=user).confirmed
    assert browser.get("/staff/").status_code == 302


def test_from_then_on_the_sign_in_asks_for_the_code() -> None:
    user = person("nina", has_telephone=True)
    browser, _ = with_password("nina", to="/admin/content/case/")
    page = browser.get("/admin/content/case/", follow=True)
    assert "The six digits" in text_of(html.fromstring(page.content.decode()))
    before = browser.session.session_key
    reply = browser.post(CODE_PAGE, {"code": code_of(user), "next": "/admin/content/case/"})
    assert reply["Location"] == "/admin/content/case/"
    assert browser.session.session_key != before
    assert browser.get("/admin/content/case/").status_code == 200
    assert events() == [Event.SIGNED_IN]


@pytest.mark.parametrize("between", [" ", "\u00a0", "\u2009", "-"], ids=ascii)
def test_a_code_with_spaces_is_the_code(between: str) -> None:
    user = person("nina", has_telephone=True)
    browser, _ = with_password("nina")
    code = code_of(user)
    assert browser.post(CODE_PAGE, {"code": f" {code[:3]}{between}{code[3:]} "}).status_code == 302
    assert browser.get("/staff/").status_code == 200


@pytest.fixture
def slowed(asks_for_codes: None, settings: Any) -> None:
    """Wrong codes slow the next one down, as on a real site."""
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0.1


@pytest.mark.usefixtures("slowed")
def test_slips_at_the_telephone_leave_the_recovery_codes_valid() -> None:
    user = person("nina")
    codes = set_up(with_password("nina")[0], user)
    browser, _ = with_password("nina")
    for typed in [wrong_code(user), "12345", "1234567", "abc"] * 7:  # long after each other
        Telephone.objects.update(throttling_failure_timestamp=NOON)
        StaticDevice.objects.update(throttling_failure_timestamp=NOON)
        AccessAttempt.objects.all().delete()
        assert browser.post(CODE_PAGE, {"code": typed}).status_code == 200
    assert StaticDevice.objects.get(user=user).throttling_failure_count == 0
    assert Telephone.objects.get(user=user).throttling_failure_count == 7
    AccessAttempt.objects.all().delete()
    assert browser.post(CODE_PAGE, {"code": codes[0]}).status_code == 302
    assert Telephone.objects.get(user=user).throttling_failure_count == 7  # no success of its own


@pytest.mark.usefixtures("slowed")
def test_slips_at_a_recovery_code_leave_the_telephone_valid() -> None:
    user = person("nina", has_telephone=True)
    StaticDevice.objects.create(user=user, name="recovery codes")
    browser, _ = with_password("nina")
    for _ in range(4):
        StaticDevice.objects.update(throttling_failure_timestamp=NOON)
        assert browser.post(CODE_PAGE, {"code": "K7QF-2M9D"}).status_code == 200
    assert StaticDevice.objects.get(user=user).throttling_failure_count == 4
    assert browser.post(CODE_PAGE, {"code": code_of(user)}).status_code == 302
    assert StaticDevice.objects.get(user=user).throttling_failure_count == 4


@pytest.mark.usefixtures("slowed")
@pytest.mark.parametrize("is_telephone", [True, False])
def test_no_number_of_slips_closes_a_factor_for_more_than_half_an_hour(is_telephone: bool) -> None:  # noqa: FBT001  a parameter of the test
    user = person("nina")
    code = set_up(with_password("nina")[0], user)[0]
    device: Any = Telephone if is_telephone else StaticDevice
    browser, _ = with_password("nina")
    device.objects.update(throttling_failure_count=26, throttling_failure_timestamp=timezone.now())
    typed = code_of(user, 1) if is_telephone else code
    assert "Wait 28 minutes, then type a new one." in browser.post(CODE_PAGE, {"code": typed}).content.decode()
    device.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=30))
    assert browser.post(CODE_PAGE, {"code": typed}).status_code == 302


def test_a_code_signs_in_once() -> None:
    user = person("nina", has_telephone=True)
    code = code_of(user)
    for is_let_in in (True, False):
        browser, _ = with_password("nina")
        browser.post(CODE_PAGE, {"code": code})
        assert (browser.get("/staff/").status_code == 200) is is_let_in


def test_each_recovery_code_signs_in_once_and_the_others_stay_valid() -> None:
    user = person("nina")
    codes = set_up(with_password("nina")[0], user)
    for code, is_let_in in ((codes[0], True), (codes[0], False), (codes[1].lower().replace("-", " "), True)):
        browser, _ = with_password("nina")
        browser.post(CODE_PAGE, {"code": code})
        assert (browser.get("/staff/").status_code == 200) is is_let_in
    assert StaticToken.objects.count() == 8
    assert events().count(Event.RECOVERY_CODE_USED) == 2


def test_someone_elses_codes_open_nothing() -> None:
    nina, otto = person("nina", has_telephone=True), person("otto")
    others = set_up(with_password("otto")[0], otto)
    browser, _ = with_password("nina")
    for code in (code_of(otto, 1), others[0]):
        assert code != code_of(nina)
        assert browser.post(CODE_PAGE, {"code": code}).status_code == 200
    assert browser.get("/staff/").status_code == 302


def test_with_a_telephone_in_use_a_password_alone_sets_up_no_other() -> None:
    user = person("nina", has_telephone=True)
    browser, _ = with_password("nina")
    before = list(Telephone.objects.values())
    for data in ({"do": "begin"}, {"do": "finish", "code": "123456"}):
        assert browser.post(CODE_PAGE, data).status_code == 200
        assert [{**row, **changing(row)} for row in Telephone.objects.values()] == [
            {**row, **changing(row)} for row in before
        ]
    assert browser.get("/staff/recovery-codes/").status_code == 302
    assert browser.post("/staff/recovery-codes/", {"typed": "a long walk by the sea"}).status_code == 403
    assert user.staticdevice_set.count() == 0


def changing(row: dict[str, Any]) -> dict[str, Any]:
    """What a wrong code may change of a telephone's row."""
    return {name: None for name in row if name.startswith("throttling")}


def test_new_recovery_codes_are_given_to_whoever_confirms_and_end_the_old_ones() -> None:
    user = person("nina")
    browser, _ = with_password("nina")
    old = set_up(browser, user)
    assert "10 recovery codes left" in text_of(html.fromstring(browser.get("/staff/recovery-codes/").content.decode()))
    wrong = browser.post("/staff/recovery-codes/", {"typed": "a guess"})
    assert "neither your password nor the code" in wrong.content.decode()
    new = codes_in(browser.post("/staff/recovery-codes/", {"typed": "a long walk by the sea"}))
    assert len(new) == 10
    assert not set(new) & set(old)
    again, _ = with_password("nina")
    again.post(CODE_PAGE, {"code": old[5]})
    assert again.get("/staff/").status_code == 302
    again.post(CODE_PAGE, {"code": new[5]})
    assert again.get("/staff/").status_code == 200


def test_the_start_leads_to_recovery_codes_where_a_telephone_is_in_use(settings: Any) -> None:
    way = 'href="/staff/recovery-codes/"'
    assert way in signed_in(person("nina", has_telephone=True)).get("/staff/").content.decode()
    settings.SECOND_FACTOR = False
    person("paul")
    assert way not in with_password("paul")[0].get("/staff/").content.decode()


def test_a_telephone_that_is_forgotten_ends_the_sessions_it_opened() -> None:
    user = person("nina", has_telephone=True)
    browser = signed_in(user)
    assert browser.get("/staff/").status_code == 200
    Telephone.objects.filter(user=user).delete()
    assert browser.get("/staff/")["Location"].startswith(CODE_PAGE)


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy_it_is(clock: Any) -> None:
    from datetime import timedelta

    from tests.factories import NOON

    browser = signed_in(person("nina", has_telephone=True))
    for hours in (4, 7.9, 11.9):
        clock(NOON + timedelta(hours=hours))
        browser.post("/admin/password_change/", {})  # anything that may touch the session
        session = browser.session
        session["touched"] = hours
        session.save()
        assert browser.get("/staff/").status_code == 200
    clock(NOON + timedelta(hours=12.1))
    assert browser.get("/staff/")["Location"].startswith("/admin/login/")


def test_whoever_signs_in_again_brings_nothing_of_somebody_elses_session() -> None:
    nina, otto = person("nina", has_telephone=True), person("otto", has_telephone=True)
    browser = signed_in(nina)
    type_password(browser, "otto")
    assert browser.get("/staff/")["Location"].startswith(CODE_PAGE)
    browser.post(CODE_PAGE, {"code": code_of(otto)})
    assert "Otto" in browser.get("/staff/").content.decode()
    assert Session.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_signing_in_there_is_no_page_for_codes(method: str) -> None:
    reply = getattr(Client(), method)(CODE_PAGE, {"do": "begin"})
    assert reply["Location"].startswith("/admin/login/")


def test_where_codes_are_not_asked_for_the_password_is_enough(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    person("nina")
    browser, _ = with_password("nina")
    assert browser.get("/staff/").status_code == 200
    assert events() == [Event.SIGNED_IN]


def test_no_code_and_no_secret_is_in_the_ledger() -> None:
    user = person("nina")
    codes = set_up(with_password("nina")[0], user)
    with_password("nina")[0].post(CODE_PAGE, {"code": codes[0]})
    entries = str(list(Entry.objects.values_list("subject", "actor", "detail")))
    for secret in (*codes, *(code.replace("-", "") for code in codes), Telephone.objects.get().bin_key.hex()):
        assert not re.search(secret, entries, re.IGNORECASE)
