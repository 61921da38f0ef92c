"""Requests to the admin and the CMS that lack what an address asks for, or name what isn't there, are answered as such."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from cms.models import CMSPlugin, PageContent
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from djangocms_versioning.models import Version

from content.models import Answer, Case, Clinician, Consent, Snapshot
from content.staff.accounts.roles import ROLES
from tests.clinic_site.http.test_headers import content_type
from tests.factories import LANGUAGE, NOON, CaseFactory, ProseFactory, author, page_of_kind, slot_of
from tests.publishing.pages import live
from tests.sizes import IS_FULL
from tests.staff.members import member
from tests.test_cms_contract import every_match

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database_full,
    pytest.mark.usefixtures("today"),
    pytest.mark.filterwarnings("ignore"),  # the CMS warns of what it does itself
]
METHODS = ("get", "post") if IS_FULL else ("post",)

JUNK = (None, "", "abc", "0", "-1", "9" * 20, "32768", "1\0", "١") if IS_FULL else (None, "", "abc", "9" * 20)
PARTS = re.compile(r"<\w+:(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|\((?:\[0-9\]\+|\\d\+|\.\+|\[\^/\]\+)\)")


@pytest.fixture
def draft() -> PageContent:
    """A draft with a block, and beside it one record of each kind."""
    made = page_of_kind("topic", slug="wanted", title="Wanted")
    ProseFactory(placeholder=slot_of(made, "topic_body"))
    CaseFactory(approved_at=None)
    Answer.objects.create(page_id=made.page_id, content_id=made.pk, is_clear=False, words="No", answered_on=NOON.date())
    return made


def number_in(route: str, draft: PageContent) -> str:
    """The key of a record that the address is about."""
    block = draft.placeholders.get(slot="topic_body").get_plugins()[0]
    keys: dict[str, Any] = {
        "admin/cms/page/": draft.page_id,
        "admin/cms/placeholder/clear": block.placeholder_id,
        "admin/cms/placeholder/": block.pk,
        "admin/djangocms_versioning/": Version.objects.get(object_id=draft.pk).pk,
        "admin/content/case/": Case.objects.order_by("-pk")[0].pk,
        "admin/content/consent/": Consent.objects.order_by("-pk")[0].pk,
        "admin/content/clinician/": Clinician.objects.order_by("-pk")[0].pk,
        "staff/people/": author().pk,
        "staff/archive/": getattr(Snapshot.objects.first(), "pk", 1),
        "staff/feedback/words/": Answer.objects.order_by("-pk")[0].pk,
        "admin/content/": 1,
    }
    return str(next((key for start, key in keys.items() if route.startswith(start)), draft.pk))


def addresses(draft: PageContent) -> Iterator[str]:
    """Every address of the admin, the CMS and the editor, with a record that there is."""
    case = Case.objects.order_by("-pk")[0]
    words = {"code": case.code, "token": case.pairs.all()[0].before.token, "slug": "start-here", "language": LANGUAGE}
    words |= {"content_type_id": str(content_type()), "width": "400", "suffix": "webp", "digest": "0" * 16}
    for match in every_match(get_resolver().url_patterns):
        route = match.route.replace("^", "").replace("\\Z", "").rstrip("$").replace("\\.", ".")
        number = number_in(route, draft)
        first = str(content_type()) if "/object/" in route else number
        numbers = iter([first, LANGUAGE if "edit-field" in route or "edit_field" in route else number])

        def part(found: re.Match[str], numbers: Iterator[str] = numbers, number: str = number) -> str:
            name = found[1] or found[2]
            if name in words:
                return words[name]
            return number if name else next(numbers)

        url = "/" + PARTS.sub(part, route).replace("(?:", "").replace(")?", "")
        if url.startswith("/admin/") and not set("()[]?*+|\\<>") & set(url):
            yield url


def reply_to(browser: Client, method: str, url: str, data: dict[str, str]) -> int:
    """The status of the reply, whose changes are taken back."""
    with transaction.atomic():
        status: int = getattr(browser, method)(url, data, headers={"Sec-Fetch-Site": "same-origin"}).status_code
        transaction.set_rollback(True)
    return status


def browser_of(role: str) -> Client:
    """The browser of somebody in this role, or of a superuser, that is told of a failure as any browser is."""
    browser = member(role)
    if not role:
        browser.force_login(author())
    browser.raise_request_exception = False
    return browser


@pytest.mark.slow
@pytest.mark.parametrize("role", ["", *ROLES] if IS_FULL else [""])
def test_no_address_fails_for_want_of_a_field(draft: PageContent, role: str) -> None:
    browser = browser_of(role)
    urls = sorted(set(addresses(draft)) - {"/admin/logout/"})
    assert len(urls) > 90
    replies = {(method, url): reply_to(browser, method, url, {}) for url in urls for method in METHODS}
    assert {key: status for key, status in replies.items() if status >= 500} == {}


def commands(draft: PageContent) -> dict[str, dict[str, Any]]:
    """What the editor sends to move, copy and store, each of it as it can be done."""
    block = draft.placeholders.get(slot="topic_body").get_plugins()[0]
    elsewhere = slot_of(page_of_kind("topic", slug="other"), "topic_body").pk
    parent, moving = live(slug="above").page_id, live(slug="moving").page_id
    words = {"source_language": LANGUAGE, "target_language": LANGUAGE}
    return {
        "/admin/cms/placeholder/move-plugin/?cms_path=/": {
            "plugin_id": block.pk, "placeholder_id": elsewhere, "target_position": 1, "target_language": LANGUAGE, "plugin_parent": "",
        },
        "/admin/cms/placeholder/copy-plugins/?cms_path=/": {
            "source_placeholder_id": block.placeholder_id, "target_placeholder_id": elsewhere, "source_plugin_id": "", **words,
        },
        "/admin/cms/usersettings/session_store/": {"settings": "{}"},
        f"/admin/cms/page/{moving}/move-page/": {"target": parent, "position": 0},
        f"/admin/cms/page/{moving}/copy-page/": {"target": parent, "position": 0, "source_site": 1, "copy_permissions": ""},
    }  # fmt: skip


@pytest.mark.slow
def test_a_command_without_one_of_its_fields_or_with_nonsense_in_it_is_no_failure(draft: PageContent) -> None:
    browser, failed = browser_of(""), []
    for url, data in commands(draft).items():
        assert reply_to(browser, "post", url, data) in {200, 302}, url
        for field in data:
            rest = {name: value for name, value in data.items() if name != field}
            for junk in JUNK:
                status = reply_to(browser, "post", url, rest if junk is None else {**rest, field: junk})
                failed += [(url, field, junk, status)] if status >= 500 else []
    assert failed == []


def questions(draft: PageContent) -> dict[str, dict[str, Any]]:
    """What the editor asks for, with what it sends along."""
    slot, version = slot_of(draft, "topic_body").pk, draft.versions.get().pk
    return {
        "/admin/cms/usersettings/cms-toolbar/": {"cms_path": "/", "obj_type": "cms.pagecontent", "obj_id": draft.pk},
        "/admin/cms/placeholder/add-plugin/": {
            "placeholder_id": slot, "plugin_type": "ProsePlugin", "plugin_language": LANGUAGE, "plugin_position": 2,
            "plugin_parent": "", "cms_path": "/",
        },
        "/admin/cms/pagecontent/add/": {"cms_page": draft.page_id, "parent_node": draft.page_id, "language": LANGUAGE},
        "/admin/cms/page/plugin/text_plugin/urls/": {"g": f"cms.page:{draft.page_id}", "q": "a", "page": 1},
        "/admin/djangocms_versioning/pagecontentversion/": {"page": draft.page_id, "language": LANGUAGE, "o": 1, "p": 1},
        f"/admin/djangocms_versioning/pagecontentversion/{version}/compare/": {"compare_to": version},
    }  # fmt: skip


@pytest.mark.slow
def test_a_question_without_one_of_its_fields_or_with_nonsense_in_it_is_no_failure(draft: PageContent) -> None:
    browser, failed = browser_of(""), []
    for url, data in questions(draft).items():
        for field in data:
            rest = {name: value for name, value in data.items() if name != field}
            for junk in (*JUNK, "1\0"):
                status = reply_to(browser, "get", url, rest if junk is None else {**rest, field: junk})
                failed += [(url, field, junk, status)] if status >= 500 else []
    assert failed == []


@pytest.mark.parametrize("field", ["plugin_id", "target_language"])
def test_what_is_missing_is_said_and_nothing_is_moved(draft: PageContent, field: str) -> None:
    browser, (url, data) = browser_of(""), next(iter(commands(draft).items()))
    before = list(CMSPlugin.objects.order_by("pk").values())
    reply = browser.post(url, {name: value for name, value in data.items() if name != field})
    assert reply.status_code == 400
    assert "Nothing was changed. Reload the page and try again." in reply.content.decode()
    assert list(CMSPlugin.objects.order_by("pk").values()) == before


def test_a_failure_of_our_own_stays_one(draft: PageContent, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("content.staff.dashboard.start_page.render_page", fail)
    assert browser_of("").get("/staff/").status_code == 500
