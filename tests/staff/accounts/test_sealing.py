"""Who reads the database, or a backup of it, can't make a code: keys are sealed, recovery codes hashed."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.models import SignInLink, Telephone
from content.staff.accounts import one_time_links, people, sealing, second_factor
from tests.factories import NOON
from tests.staff.sign_in import CODE_PAGE, code_of, person, shown_by, signed_in, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.database_full, pytest.mark.usefixtures("asks_for_codes")]
CLEAR_KEY = "3f" * 20


def stored() -> str:
    """All that the tables of the second factor hold."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return str(rows)


def old_telephone(user: User) -> TOTPDevice:
    """A telephone as release 0.1.0 stored it."""
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="telephone", key=CLEAR_KEY)
    return device


def old_codes(user: User, *codes: str) -> None:
    """Recovery codes as release 0.1.0 stored them."""
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)


def is_let_in(user: User, code: str) -> bool:
    """Whether this code opens the staff's side after the right password."""
    browser, _ = with_password(user.username)
    browser.post(CODE_PAGE, {"code": code})
    return bool(browser.get("/staff/").status_code == 200)


def lose_the_key() -> None:
    """What a site is without that file, as after a restore on another machine."""
    sealing.key_file().unlink()


def test_a_telephone_s_key_is_stored_sealed_and_its_codes_sign_in() -> None:
    user = person("nina")
    second_factor.start_setup(user)
    device = Telephone.objects.get(user=user)
    assert len(device.bin_key) == 20
    assert device.bin_key.hex() not in stored().lower()
    assert second_factor.confirm_setup(user, shown_by(device), now=NOON)
    assert device.bin_key.hex() not in stored().lower()
    assert is_let_in(user, code_of(user, 1))


def test_the_key_is_made_once_beside_the_database_for_its_owner_alone(folder_of_its_own: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: sealing.load_key(), range(8)))
    file = folder_of_its_own / "second-factor.key"
    assert keys == {file.read_bytes()}
    assert len(file.read_bytes()) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(folder_of_its_own.glob(".*.new")) == []


def test_what_is_sealed_for_one_person_opens_for_nobody_else() -> None:
    nina, otto = person("nina", has_telephone=True), person("otto", has_telephone=True)
    assert is_let_in(otto, code_of(otto))
    Telephone.objects.filter(user=otto).update(key=Telephone.objects.get(user=nina).key)
    assert not Telephone.objects.get(user=otto).is_readable
    assert not is_let_in(otto, code_of(nina, 1))


def test_the_same_secret_is_sealed_differently_each_time_and_a_changed_one_is_refused() -> None:
    first, second = (sealing.seal(b"x" * 20, owner="user 1") for _ in range(2))
    assert first != second
    assert max(map(len, (first, second))) <= Telephone._meta.get_field("key").max_length
    assert sealing.unseal(first, owner="user 1") == b"x" * 20
    for text in (first[:-5] + "AAAA=", "sealed:", "sealed:é", first.replace("sealed:", "sealed:A")):
        with pytest.raises(sealing.SealError):
            sealing.unseal(text, owner="user 1")


def test_recovery_codes_are_stored_as_hashes_that_differ_from_set_to_set() -> None:
    nina, otto = person("nina", has_telephone=True), person("otto", has_telephone=True)
    codes = second_factor.generate_recovery_codes(nina, now=NOON)
    assert len(codes) == 10
    assert not [code for code in codes if code.replace("-", "") in stored()]
    old_codes(nina, "ABCDEFGH"), old_codes(otto, "ABCDEFGH")
    second_factor.protect_stored_secrets()
    hashes = set(StaticToken.objects.values_list("token", flat=True))
    assert len(hashes) == 12
    assert {len(one) for one in hashes} == {16}
    assert not [one for one in hashes if is_let_in(nina, one)]


def test_a_guess_at_a_recovery_code_costs_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.undo()
    scrypt = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda code, **how: asked.append(how) or scrypt(code, **how))
    sealing.hash_code("ABCDEFGH", salt="any")
    assert asked[0]["n"] * asked[0]["r"] * 128 >= 16 * 2**20


def test_telephones_and_codes_from_before_go_on_and_are_protected_at_the_next_start() -> None:
    user = person("nina")
    old_telephone(user)
    assert is_let_in(user, code_of(user))  # even before that start
    old_codes(user, "ABCDEFGH", "JKMNPQRS")
    old_telephone(person("otto"))
    assert second_factor.protect_stored_secrets() == 3
    assert CLEAR_KEY not in stored()
    assert "ABCDEFGH" not in stored()
    assert {device.bin_key.hex() for device in Telephone.objects.all()} == {CLEAR_KEY}
    assert is_let_in(user, code_of(user, 1))
    assert is_let_in(user, "abcd-efgh")
    assert not is_let_in(user, "abcd-efgh")
    before = stored()
    assert second_factor.protect_stored_secrets() == 0
    assert stored() == before


def test_without_the_key_the_sign_in_says_what_helps_and_a_recovery_code_opens() -> None:
    user = person("nina", has_telephone=True)
    codes, shown = second_factor.generate_recovery_codes(user, now=NOON), code_of(user)
    browser, _ = with_password("nina")
    helps = "ask the owner of the site for a one-time link"
    assert helps not in browser.get(CODE_PAGE).content.decode()
    lose_the_key()
    assert helps in browser.get(CODE_PAGE).content.decode()
    assert helps in browser.post(CODE_PAGE, {"code": shown}).content.decode()
    assert browser.get("/staff/").status_code == 302
    assert browser.post(CODE_PAGE, {"code": codes[0]}).status_code == 302
    assert browser.get("/staff/").status_code == 200
    assert browser.post("/staff/recovery-codes/", {"typed": "123456"}).status_code == 200


def test_without_the_key_the_owner_is_offered_a_link_and_gets_in_with_it() -> None:
    owner, nurse = person("olga", "Owner", has_telephone=True), person("anna", has_telephone=True)
    person("otto", has_telephone=True, is_active=False)
    assert second_factor.lost_key_notice() == ""
    lose_the_key()
    notice = second_factor.lost_key_notice()
    assert "The telephones of olga, anna were set up under another key" in notice
    assert "sign_in_link olga --lost-telephone" in notice
    out = StringIO()
    call_command("sign_in_link", "olga", "--lost-telephone", stdout=out)
    code = out.getvalue().strip().rsplit("=", 1)[1]
    link = one_time_links.find_open_link(code, now=SignInLink.objects.get().made_at)
    assert link
    assert one_time_links.redeem_link(link, "a long walk inland", now=NOON)
    browser, _ = with_password("olga", "a long walk inland")
    browser.post(CODE_PAGE, {"do": "begin"})
    browser.post(CODE_PAGE, {"do": "finish", "code": shown_by(Telephone.objects.get(user=owner))})
    assert browser.get("/staff/people/").status_code == 200
    assert "The telephones of anna were" in second_factor.lost_key_notice()
    assert people.all_accounts().get(pk=nurse.pk).has_telephone


def test_a_set_up_that_was_begun_under_a_lost_key_is_begun_anew() -> None:
    user = person("nina")
    browser, _ = with_password("nina")
    browser.post(CODE_PAGE, {"do": "begin"})
    lose_the_key()
    assert 'value="begin"' in browser.get(CODE_PAGE).content.decode()
    assert browser.post(CODE_PAGE, {"do": "finish", "code": "123456"}).status_code == 200
    browser.post(CODE_PAGE, {"do": "begin"})
    assert browser.post(CODE_PAGE, {"code": shown_by(Telephone.objects.get(user=user))}).status_code == 200
    assert browser.get("/staff/").status_code == 200


def test_a_sign_in_on_another_site_s_key_is_refused_and_the_old_file_brings_it_back() -> None:
    user = person("nina", has_telephone=True)
    kept, shown = sealing.load_key(), code_of(user)
    lose_the_key()
    sealing.load_key()
    assert not is_let_in(user, shown)
    sealing.key_file().write_bytes(kept)
    assert signed_in(user).get("/staff/").status_code == 200
