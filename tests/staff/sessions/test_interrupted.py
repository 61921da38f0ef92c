"""A session that ends while somebody types: after a new sign-in what they sent is saved, for them and for nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from content.models import Callout, Case, Clinic, Clinician, Consent, InterruptedSave
from content.reviews.models import Request
from tests.factories import LANGUAGE, CalloutFactory, CaseFactory, page_of_kind, slot_of
from tests.rendering import unescaped
from tests.staff.sessions.browser import (
    again,
    filled,
    send,
    sign_in,
    signed_in,
    somebody,
)  # fmt: skip
from tests.staff.sign_in import PASSWORD

pytestmark = pytest.mark.django_db
WORDS = "A good deal of typing\nand a second line & <more>"


@dataclass(frozen=True)
class Form:
    """Where a form stands, which boxes are typed into, and how to read what was saved."""

    url: str
    typed: dict[str, str]
    saved: Callable[[], str]


def free_draft(user: User) -> PageContent:
    draft = page_of_kind("clinic")
    draft.versions.update(locked_by=user)
    return draft


def block_form(user: User) -> Form:
    block = CalloutFactory(placeholder=slot_of(free_draft(user), "clinic_body"))
    url = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk]) + "?cms_path=/"
    return Form(url, {"text": WORDS}, lambda: Callout.objects.get(pk=block.pk).text)


def new_block_form(user: User) -> Form:
    slot = slot_of(free_draft(user), "clinic_body")
    query = {
        "cms_path": "/", "placeholder_id": slot.pk, "plugin_type": "CalloutPlugin", "plugin_language": LANGUAGE,
        "plugin_position": 1,
    }  # fmt: skip
    url = reverse("admin:cms_placeholder_add_plugin", query=query)
    typed = {"title": "New", "text": WORDS}
    return Form(
        url, typed, lambda: next(iter(Callout.objects.filter(placeholder=slot).values_list("text", flat=True)), "")
    )


def settings_form(user: User) -> Form:
    draft = free_draft(user)
    url = f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}"
    return Form(url, {"meta_description": WORDS}, lambda: PageContent.admin_manager.get(pk=draft.pk).meta_description)


def clinic_form(user: User) -> Form:
    clinic = Clinic.objects.get()
    return Form(f"/admin/content/clinic/{clinic.pk}/change/", {"hours": WORDS}, lambda: Clinic.objects.get().hours)


def case_form(user: User) -> Form:
    case = CaseFactory()
    url = f"/admin/content/case/{case.pk}/change/"
    return Form(url, {"other_treatments": WORDS}, lambda: Case.objects.get(pk=case.pk).other_treatments)


def consent_form(user: User) -> Form:
    typed = {
        "reference": "K7QF-2M9D", "adult_on": "2020-01-01", "given_on": "2026-01-01", "expires_on": "2030-01-01",
        "for_website": "on", "is_not_a_condition": "on", "has_copy": "on",
    }  # fmt: skip
    return Form("/admin/content/consent/add/", typed, lambda: newest(Consent, "reference"))


def clinician_form(user: User) -> Form:
    typed = {"shown_name": "Dr B. New", "title": "typed in vain?", "register_number": "7"}
    return Form("/admin/content/clinician/add/", typed, lambda: newest(Clinician, "title"))


def topic_form(user: User) -> Form:
    typed = {"title": "A page about sun", "description": "typed in vain?", "kind": "EXPLAIN"}
    return Form("/staff/new-topic/", typed, lambda: PageContent.admin_manager.order_by("-pk")[0].meta_description or "")


def request_form(user: User) -> Form:
    draft = free_draft(user)
    return Form(f"/staff/pages/{draft.pk}/ask/", {"note": "typed in vain?"}, lambda: newest(Request, "note"))


def newest(model: Any, field: str) -> str:
    return str(getattr(model.objects.order_by("-pk").first(), field, ""))


FORMS = [
    block_form, new_block_form, settings_form, clinic_form, case_form, consent_form, clinician_form, topic_form,
    request_form,
]  # fmt: skip


# --- ways to be interrupted ------------------------------------------------------------------------------------------
def let_it_expire(browser: Client, user: User) -> None:
    """Eight hours pass: the browser drops the session's cookie."""
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    del browser.cookies["sessionid"]


def expire_on_the_server(browser: Client, user: User) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def remove_the_cookie(browser: Client, user: User) -> None:
    del browser.cookies["sessionid"]


def sign_out_in_another_tab(browser: Client, user: User) -> None:
    start = browser.get("/staff/")
    number = next(n for n, one in enumerate(html.fromstring(start.content.decode()).forms) if "logout" in one.action)
    assert send(browser, "/admin/logout/", filled(start, number)).status_code == 200


def change_the_password_elsewhere(browser: Client, user: User) -> None:
    user.set_password(PASSWORD)  # another hash, so that every session of theirs ends
    user.save()


def sign_in_in_another_tab(browser: Client, user: User) -> None:
    """The token in the form is out of date; the session is a new one and in order."""
    remove_the_cookie(browser, user)
    sign_in(browser, user)


ENDS = [
    let_it_expire, expire_on_the_server, remove_the_cookie, sign_out_in_another_tab, change_the_password_elsewhere,
]  # fmt: skip
INTERRUPTED = [(form, ENDS[number % len(ENDS)]) for number, form in enumerate(FORMS)]
INTERRUPTED += [(form, sign_in_in_another_tab) for form in FORMS]
INTERRUPTED += [(block_form, end) for end in ENDS[1:]]


def interrupted_save(make: Any, end: Any) -> tuple[User, Client, Form, Any]:
    """Somebody types, their session ends, and they press Save; what they get."""
    user = somebody()
    browser, form = signed_in(user), make(user)
    data = filled(browser.get(form.url)) | form.typed
    end(browser, user)
    return user, browser, form, send(browser, form.url, data)


@pytest.mark.parametrize(("make", "end"), INTERRUPTED, ids=lambda one: one.__name__)
def test_what_was_sent_is_saved_after_the_sign_in(make: Any, end: Any) -> None:
    user, browser, form, reply = interrupted_save(make, end)
    assert form.saved() not in form.typed.values()
    if reply.status_code == 302:
        page = browser.get(reply["Location"])
        assert "Nothing that you typed is lost: sign in as nina, and it is saved." in unescaped(page)
        reply = sign_in(browser, user, to=going_to(page))
    assert "data-sends-itself" in reply.content.decode()
    assert again(browser, reply).status_code < 400
    assert form.saved().replace("\r", "") in form.typed.values()
    assert not InterruptedSave.objects.exists()


def going_to(page: Any) -> str:
    return str(html.fromstring(page.content.decode()).xpath("//input[@name='next']/@value")[0])
