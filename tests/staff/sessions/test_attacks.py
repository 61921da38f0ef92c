"""What is kept of a form, for whom, and what never is: other sites, other people, signatures and passwords gain nothing."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from content.models import InterruptedSave
from content.staff.sessions import form_owner, interrupted, repeatable
from tests.factories import CaseFactory, ConsentFactory
from tests.rendering import unescaped
from tests.staff.sessions.browser import again, filled, new_browser, send, sign_in, signed_in, somebody
from tests.staff.sessions.test_interrupted import (
    WORDS,
    Form,
    block_form,
    case_form,
    clinic_form,
    going_to,
    interrupted_save,
    let_it_expire,
    remove_the_cookie,
    sign_in_in_another_tab,
)  # fmt: skip
from tests.staff.sign_in import with_password

pytestmark = pytest.mark.django_db
KEPT_SENTENCE = "Nothing that you typed is lost"


def opened_and_ended(user: User) -> tuple[Client, Form, dict[str, Any]]:
    """A form that somebody has typed into, in a browser whose session has ended."""
    browser, form = signed_in(user), block_form(user)
    data = filled(browser.get(form.url)) | form.typed
    let_it_expire(browser, user)
    return browser, form, data


# --- other sites and strangers ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "https://testserver"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_never_kept_nor_sent_again(headers: dict[str, str]) -> None:
    """Not even with a token that this browser was once given."""
    user = somebody()
    browser, form, data = opened_and_ended(user)
    evil = Client(enforce_csrf_checks=True, headers=headers)
    evil.cookies = browser.cookies
    assert going_to(browser.get(send(evil, form.url, data)["Location"])) == form.url
    assert not InterruptedSave.objects.exists()
    sign_in(browser, user)
    reply = send(evil, form.url, data)
    assert reply.status_code == 403
    assert "typing" not in reply.content.decode()
    assert not InterruptedSave.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 64, "é" * 64])
def test_without_a_token_that_this_browser_was_given_nothing_is_kept(token: str) -> None:
    """An attacker who can send from this site's own origin, such as by a form of another port, lacks the token still."""
    browser, form, data = opened_and_ended(somebody())
    send(browser, form.url, data | {"csrfmiddlewaretoken": token})
    assert not InterruptedSave.objects.exists()


def test_a_token_of_another_persons_browser_counts_for_nothing() -> None:
    browser, form, _ = opened_and_ended(somebody())
    other = signed_in(somebody("otto"))
    theirs = filled(other.get(form.url)) | form.typed
    send(browser, form.url, theirs)
    assert not InterruptedSave.objects.exists()


def test_strangers_leave_nothing_behind_and_their_files_are_not_read() -> None:
    stranger = new_browser()
    token = filled(stranger.get("/admin/login/"))["csrfmiddlewaretoken"][0]
    photo = SimpleUploadedFile("a.jpg", b"x" * 100)
    for url in ("/admin/content/case/add/", "/staff/new-topic/", "/admin/content/clinic/1/change/"):
        reply = stranger.post(url, {"title": WORDS, "csrfmiddlewaretoken": token, "photo": photo})
        assert reply["Location"].startswith("/admin/login/")
        assert not hasattr(reply.wsgi_request, "_files")
    assert not InterruptedSave.objects.exists()
    assert form_owner.COOKIE not in stranger.cookies


def test_a_cookie_that_somebody_made_up_counts_for_nothing() -> None:
    user = somebody()
    browser, form, data = opened_and_ended(user)
    signed = browser.cookies[form_owner.COOKIE].value
    for forged in (signed[:-1] + ("a" if signed[-1] != "a" else "b"), "W10", f'[["x",{user.pk}]]', ""):
        browser.cookies[form_owner.COOKIE] = forged
        send(browser, form.url, data)
        assert not InterruptedSave.objects.exists()


def test_the_cookie_is_for_staff_alone_and_no_script_reads_it() -> None:
    assert form_owner.COOKIE not in Client().get("/").cookies
    browser = signed_in(somebody())
    cookie = browser.cookies[form_owner.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


# --- other people ----------------------------------------------------------------------------------------------------
def test_somebody_else_who_signs_in_there_reads_nothing_of_it() -> None:
    nina, browser, form, reply = interrupted_save(block_form, let_it_expire)
    page = sign_in(browser, somebody("otto"), to=going_to(browser.get(reply["Location"])))
    assert page.status_code == 404
    assert "good deal of typing" not in unescaped(page)
    token = InterruptedSave.objects.get().token
    assert "good deal of typing" not in unescaped(browser.get("/staff/"))
    otto_s = filled(browser.get(form.url))
    send(browser, f"/staff/go-on/{token}/", {"csrfmiddlewaretoken": otto_s["csrfmiddlewaretoken"]})
    assert InterruptedSave.objects.get().user == nina
    start = unescaped(sign_in(new_browser(), nina))
    assert "Not saved yet" in start
    assert f"/staff/go-on/{token}/" in start


def test_a_form_that_one_person_opened_and_another_sends_is_kept_for_the_first() -> None:
    nina, otto = somebody(), somebody("otto")
    browser, form = signed_in(nina), clinic_form(nina)
    data = filled(browser.get(form.url)) | form.typed
    remove_the_cookie(browser, nina)
    sign_in(browser, otto)
    reply = send(browser, form.url, data)
    assert reply.status_code == 403
    assert "it is on their start page when they sign in" in unescaped(reply)
    assert "good deal of typing" not in unescaped(reply)
    assert InterruptedSave.objects.get().user == nina
    assert form.saved() != WORDS


@pytest.mark.parametrize("changes", [{"is_active": False}, {"is_staff": False}])
def test_nothing_is_kept_for_an_account_that_was_shut(changes: dict[str, bool]) -> None:
    user = somebody()
    browser, form, data = opened_and_ended(user)
    User.objects.filter(pk=user.pk).update(**changes)
    send(browser, form.url, data)
    assert not InterruptedSave.objects.exists()


def test_rights_are_asked_for_anew() -> None:
    user, browser, form, reply = interrupted_save(case_form, let_it_expire)
    page = sign_in(browser, user, to=going_to(browser.get(reply["Location"])))
    user.groups.set(Group.objects.filter(name="Reception"))
    assert again(browser, page).status_code == 403
    assert form.saved() != WORDS
    assert InterruptedSave.objects.exists()  # refused, so not lost


@pytest.mark.usefixtures("asks_for_codes")
def test_a_password_alone_saves_nothing_and_shows_nothing() -> None:
    user = somebody(has_telephone=True)
    browser, form, data = opened_and_ended(user)
    to = going_to(browser.get(send(browser, form.url, data)["Location"]))
    half, _ = with_password("nina")
    assert half.get(to)["Location"].startswith("/staff/second-factor/")
    assert form.saved() != WORDS
    page = sign_in(browser, user, to=to, steps=1)
    assert again(browser, page).status_code < 400
    assert form.saved().replace("\r", "") == WORDS


@pytest.mark.usefixtures("asks_for_codes")
def test_a_form_sent_between_password_and_code_is_kept_as_well() -> None:
    user = somebody(has_telephone=True)
    browser, form, data = opened_and_ended(user)
    login = filled(browser.get("/admin/login/")) | {"username": "nina", "password": "a long walk by the sea"}
    send(browser, "/admin/login/", login)
    reply = send(browser, form.url, data)
    assert reply["Location"].startswith("/admin/login/?next=/staff/go-on/")
    assert InterruptedSave.objects.get().user == user


# --- what is asked for again -----------------------------------------------------------------------------------------
NEVER = [
    "/staff/pages/{draft}/sign/", "/staff/pages/{draft}/schedule/", "/staff/pages/{draft}/offline/",
    "/staff/pages/{draft}/unlock/", "/staff/reopened/", "/admin/content/case/{case}/approve/",
    "/admin/content/consent/{consent}/withdraw/", "/admin/password_change/", "/staff/recovery-codes/",
    "/staff/people/add/", "/admin/djangocms_versioning/pagecontentversion/{draft}/publish/",
    "/admin/cms/placeholder/delete-plugin/1/", "/admin/content/case/{case}/delete/",
]  # fmt: skip


@pytest.mark.parametrize("pattern", NEVER)
@pytest.mark.parametrize("end", [let_it_expire, sign_in_in_another_tab], ids=lambda end: end.__name__)
def test_signing_approving_publishing_withdrawing_and_accounts_are_asked_again(pattern: str, end: Any) -> None:
    from tests.factories import page_of_kind

    user = somebody()
    browser = signed_in(user)
    draft, case = page_of_kind("clinic"), CaseFactory()
    url = pattern.format(draft=draft.pk, case=case.pk, consent=ConsentFactory().pk)
    token = filled(browser.get("/staff/"))["csrfmiddlewaretoken"]
    end(browser, user)
    sent = {"csrfmiddlewaretoken": token, "typed": "my password", "do": "sign", "post": "yes"}
    reply = send(browser, url, sent, headers={"referer": "http://testserver/staff/"})
    if end is let_it_expire:
        reply = browser.get(reply["Location"])
        assert "what you pressed was not done. Sign in, and press it once more" in unescaped(reply)
        assert going_to(reply) == "/staff/"
    else:
        assert reply.status_code == 403
        assert "nothing was done. Open the page again" in unescaped(reply)
    assert "my password" not in unescaped(reply)
    assert not InterruptedSave.objects.exists()


def test_changed_facts_are_confirmed_again() -> None:
    from content.models import Treatment

    user, treatment = somebody(), Treatment.objects.get()
    browser, url = signed_in(user), f"/admin/content/treatment/{treatment.pk}/change/"
    changed = filled(browser.get(url)) | {"weeks_before_judging": str(treatment.weeks_before_judging + 1)}
    confirmed = filled(send(browser, url, changed))
    assert "confirmed" in confirmed
    let_it_expire(browser, user)
    reply = send(browser, url, confirmed)
    page = sign_in(browser, user, to=going_to(browser.get(reply["Location"])))
    asked = again(browser, page)
    assert "confirmed" in filled(asked)
    assert Treatment.objects.get().weeks_before_judging == treatment.weeks_before_judging
    send(browser, url, filled(asked))
    assert Treatment.objects.get().weeks_before_judging == treatment.weeks_before_judging + 1


#: Nothing is typed there, or it is a question that is asked in the address.
ONLY_READ = {
    "staff/", "staff/pages/", "staff/pages/<int:pk>/changes/", "staff/archive/", "staff/archive/<int:pk>/",
    "staff/archive/<int:pk>/shown/", "staff/feedback/", "staff/feedback/<int:pk>/", "staff/help/", "staff/session/", "staff/people/",
    "staff/history/", "staff/search/", "staff/pages/<int:pk>/as-patients-see-it/", "staff/help/<slug:slug>/", "admin/content/entry/add/", "admin/content/entry/<path:object_id>/change/",
    "admin/content/clinic/add/",
}  # fmt: skip


def routes(patterns: list[URLPattern | URLResolver], start: str = "") -> set[str]:
    """The routes of all addresses, as `resolve` names them."""
    found: set[str] = set()
    for pattern in patterns:
        route = start + str(pattern.pattern)
        found |= routes(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else {route}
    return found


def test_every_address_of_the_tables_exists_and_is_in_one_of_them() -> None:
    known = routes(get_resolver().url_patterns)
    tables = set(repeatable.REPEATED) | repeatable.ASKED_AGAIN
    assert tables <= known
    assert not set(repeatable.REPEATED) & repeatable.ASKED_AGAIN
    own = {
        route for route in known if route.startswith("staff/") or re.fullmatch(r"admin/content/.*(add|change)/", route)
    }
    unclassified = own - tables - ONLY_READ
    assert not unclassified, "Is what is typed there kept when a session ends? See content/staff/sessions/repeatable.py"


def test_no_form_that_is_sent_again_asks_for_a_password_or_a_code() -> None:
    from tests.staff.sessions.test_interrupted import FORMS

    user = somebody()
    browser = signed_in(user)
    for make in FORMS:
        page = browser.get(make(user).url).content.decode()
        assert 'type="password"' not in page
        assert "one-time-code" not in page


# --- what is kept, and how long --------------------------------------------------------------------------------------
def test_what_is_kept_is_sealed_for_its_person_alone() -> None:
    _nina, *_ = interrupted_save(block_form, let_it_expire)
    kept = InterruptedSave.objects.get()
    assert "good deal" not in str(InterruptedSave.objects.values())
    form = interrupted.unseal(kept)
    assert form is not None
    assert ("text", WORDS) in form.fields
    kept.user = somebody("otto")
    assert interrupted.unseal(kept) is None
    assert "csrfmiddlewaretoken" not in dict(form.fields)


def test_it_is_saved_once_however_often_the_page_is_opened() -> None:
    user, browser, _form, reply = interrupted_save(clinic_form, let_it_expire)
    to = going_to(browser.get(reply["Location"]))
    page = sign_in(browser, user, to=to)
    assert again(browser, page).status_code == 302
    assert browser.get(to).status_code == 404


def test_files_are_named_and_the_form_waits_for_its_person() -> None:
    user = somebody()
    browser, form = signed_in(user), block_form(user)
    data = filled(browser.get(form.url)) | form.typed
    case = CaseFactory()
    url = f"/admin/content/case/{case.pk}/photographs/"
    let_it_expire(browser, user)
    sent = {"csrfmiddlewaretoken": data["csrfmiddlewaretoken"][0], "do": "upload", "note": "typed"}
    reply = browser.post(url, {**sent, "files": SimpleUploadedFile("front.jpg", b"\xff\xd8" + b"x" * 5000)})
    page = sign_in(browser, user, to=going_to(browser.get(reply["Location"])))
    assert "Files can’t be kept. Save your words here, then choose again: front.jpg." in unescaped(page)
    assert "data-sends-itself" not in page.content.decode()
    assert again(browser, page).status_code == 302


def test_a_form_that_is_too_large_is_asked_for_again_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupted, "MAX_SIZE", 50)
    _, _browser, _, reply = interrupted_save(block_form, let_it_expire)
    assert "again=1" in reply["Location"]
    assert not InterruptedSave.objects.exists()


def test_one_person_keeps_ten_forms_and_the_oldest_goes() -> None:
    user = somebody()
    browser, form, data = opened_and_ended(user)
    for number in range(interrupted.MAX_PER_PERSON + 2):
        send(browser, form.url, data | {"text": f"text {number}"})
    texts = [
        dict(found.fields)["text"] for kept in InterruptedSave.objects.all() if (found := interrupted.unseal(kept))
    ]
    assert texts == [f"text {number}" for number in range(11, 1, -1)]


def test_later_it_is_shown_first_and_after_four_days_it_is_gone() -> None:
    user, browser, _, reply = interrupted_save(block_form, let_it_expire)
    to = going_to(browser.get(reply["Location"]))
    InterruptedSave.objects.update(made_at=InterruptedSave.objects.get().made_at - interrupted.SENDS_ITSELF)
    page = sign_in(browser, user, to=to)
    assert "data-sends-itself" not in page.content.decode()
    assert "A good deal of typing" in unescaped(page)
    InterruptedSave.objects.update(made_at=InterruptedSave.objects.get().made_at - interrupted.LIFETIME)
    assert browser.get(to).status_code == 404
    from django.utils import timezone

    interrupted.delete_expired(timezone.now())
    assert not InterruptedSave.objects.exists()


def test_it_can_be_thrown_away() -> None:
    user, browser, form, reply = interrupted_save(block_form, let_it_expire)
    to = going_to(browser.get(reply["Location"]))
    page = sign_in(browser, user, to=to)
    assert send(browser, to, {"csrfmiddlewaretoken": filled(page)["csrfmiddlewaretoken"]}).status_code == 302
    assert not InterruptedSave.objects.exists()
    assert form.saved() != WORDS


def test_reading_the_page_saves_nothing() -> None:
    user, browser, form, reply = interrupted_save(block_form, let_it_expire)
    before = form.saved()
    sign_in(browser, user, to=going_to(browser.get(reply["Location"])))
    assert form.saved() == before
    assert InterruptedSave.objects.exists()


def test_a_script_of_the_page_that_asks_gets_no_page_to_go_on_with() -> None:
    browser, form, data = opened_and_ended(somebody())
    send(browser, form.url, data, headers={"sec-fetch-mode": "cors"})
    send(browser, form.url, data, headers={"x-requested-with": "XMLHttpRequest"})
    assert not InterruptedSave.objects.exists()
