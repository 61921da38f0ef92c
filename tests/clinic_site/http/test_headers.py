"""What every reply carries, to visitors and to staff."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from djangocms_versioning.models import Version

from clinic_site.http.headers import STAFF_CSP, VISITOR_CSP
from content.models import Address
from tests.factories import ProseFactory, page_of_kind, slot_of
from tests.rendering import TOOLBAR_WORDS, address, publish

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/microneedling-for-stretch-marks/", "/no-such-page/", "/livez", "/readyz"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_visitors_get_the_strict_policy_and_every_other_header(url: str) -> None:
    response = Client().get(url)
    assert response["Content-Security-Policy"] == VISITOR_CSP
    assert "unsafe" not in VISITOR_CSP
    assert VISITOR_CSP.startswith("default-src 'none'")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response


def test_staff_get_the_policy_the_editor_needs(staff: Client) -> None:
    for url in ("/admin/", "/"):
        assert staff.get(url)["Content-Security-Policy"] == STAFF_CSP
    assert "script-src 'self';" in STAFF_CSP


def test_pages_are_revalidated_and_staff_pages_never_stored(staff: Client) -> None:
    page = Client().get("/")
    assert page["Cache-Control"] == "no-cache"
    assert Client().get("/", HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 304
    for response in (staff.get("/"), Client().get("/admin/login/")):
        assert "no-store" in response["Cache-Control"]


def test_pages_are_compressed() -> None:
    assert Client().get("/", HTTP_ACCEPT_ENCODING="gzip")["Content-Encoding"] == "gzip"


@pytest.mark.slow
def test_anonymous_visits_leave_no_cookie_and_no_session() -> None:
    """every page × the toolbar's words."""
    pages = [content.page.get_absolute_url() for content in PageContent.objects.all()]
    before = Session.objects.count()
    for url in pages:
        for word in ["", *TOOLBAR_WORDS, "toolbar_on&edit", "language=de", "structure&toolbar_on=1"]:
            response = Client().get(f"{url}?{word}")
            assert response.status_code == 200, (url, word)
            assert not response.cookies, (url, word)
            assert b"cms-toolbar" not in response.content, (url, word)
    assert Session.objects.count() == before


def test_a_forged_session_cookie_opens_no_toolbar() -> None:
    client = Client()
    client.cookies["sessionid"] = "forged0000000000000000000000000"
    response = client.get("/?toolbar_on&edit")
    assert Session.objects.count() == 0
    assert "sessionid" not in response.cookies or response.cookies["sessionid"]["max-age"] == 0
    assert b"cms-toolbar" not in response.content


def test_other_words_of_an_address_are_left_alone() -> None:
    response = Client().get("/?edit&area=hips&area=thighs")
    assert response.wsgi_request.GET.getlist("area") == ["hips", "thighs"]


def test_drafts_and_previews_are_not_for_visitors() -> None:
    draft = page_of_kind("clinic", title="A secret plan")
    ProseFactory(placeholder=slot_of(draft, "clinic_body"), body="<p>Hidden words</p>")
    shown = page_of_kind("clinic", title="A public plan")
    ProseFactory(placeholder=slot_of(shown, "clinic_body"), body="<p>Shown words</p>")
    publish(shown)
    assert b"Shown words" in Client().get(address(shown)).content
    for url in ("/a-secret-plan/", "/a-secret-plan/?preview", "/a-secret-plan/?edit&toolbar_on"):
        assert Client().get(url).status_code == 404, url
    for mode in ("preview", "edit", "structure"):
        response = Client().get(f"/admin/cms/placeholder/object/{content_type()}/{mode}/{draft.pk}/")
        assert response.status_code in {302, 403}, mode
        assert b"Hidden words" not in response.content


def content_type() -> int:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(PageContent).pk


def test_there_is_one_sign_in() -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)("/cms_login/?next=https://evil.example/")
        assert response.status_code == 302
        assert response["Location"] == "/admin/login/"


def test_an_unknown_host_is_refused() -> None:
    assert Client(HTTP_HOST="evil.example").get("/").status_code == 400
    page = Client(HTTP_X_FORWARDED_HOST="evil.example").get("/")
    assert page.status_code == 200
    assert b"evil.example" not in page.content


def test_an_address_without_its_slash_is_sent_on_only_where_a_page_is() -> None:
    response = Client().get("/about")
    assert (response.status_code, response["Location"]) == (301, "/about/")
    assert Client().get("/admin")["Location"] == "/admin/"
    assert Client().get("/nothing-here").status_code == 404


def test_redirect_that_repeats_a_query_is_never_stored() -> None:
    asked = "first=2027-01-04&sessions=4"
    for url, code in (("/plan-your-sessions", 301), ("/before-and-after", 301), ("/staff/", 302)):
        reply = Client().get(f"{url}?{asked}")
        assert (reply.status_code, "no-store" in reply["Cache-Control"]) == (code, True), url
    assert "no-store" not in Client().get("/about").get("Cache-Control", "")


@pytest.mark.parametrize(
    "url", ["/was-this-clear/", "/was-this-clear/words/", "/is-it-right/answer/", "/", "/admin/login/"]
)
def test_a_file_that_a_visitor_sends_is_not_stored(url: str, tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    client = Client(headers={"Origin": "http://testserver"}, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32  # anyone may send one
    reply = client.post(url, {"a": SimpleUploadedFile("x.bin", b"0" * 1000), "b": "c"})
    assert reply.status_code in {200, 302, 400, 403}
    assert not reply.wsgi_request.FILES


def test_without_a_published_home_page_visitors_get_ways_on_and_no_staff_address() -> None:
    home = PageContent.objects.get(page__is_home=True)
    assert Client().get("/").status_code == 200
    # Once live it can't be taken offline; a new site's home page is a draft that was never public.
    Version.objects.filter(pk=home.versions.get().pk).update(state="draft")
    Address.objects.filter(page_id=home.page_id).delete()
    response = Client().get("/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    for content in PageContent.objects.all():
        assert Client().get(content.page.get_absolute_url()).status_code == 200


def test_the_pages_for_a_bad_request_speak_plainly() -> None:
    assert "That address can’t be read" in Client(HTTP_HOST="evil.example").get("/").content.decode()


def test_a_site_on_https_says_so_for_a_year_and_keeps_its_cookies_to_it(tmp_path: Path) -> None:
    code = (
        "from django.test import Client\n"
        "from django.conf import settings\n"
        "client = Client(headers={'host': 'clinic.example'})\n"
        "plain = client.get('/about/')\n"
        "print('RESULT', plain.status_code, plain['Location'], client.get('/livez').status_code)\n"
        "print('RESULT', client.get('/livez', secure=True)['Strict-Transport-Security'])\n"
        "print('RESULT', settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)\n"
    )
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "SECRET_KEY": "k" * 60}
    env |= {"ALLOWED_HOSTS": "clinic.example", "SITE_DOMAIN": "clinic.example"}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=Path(__file__).resolve().parents[3],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in done.stdout.splitlines() if line.startswith("RESULT")] == [
        "RESULT 301 https://clinic.example/about/ 200",
        "RESULT max-age=31536000; includeSubDomains; preload",
        "RESULT True True",
    ]


def test_the_page_for_a_fault_stands_alone(django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.pages._load", lambda: 1 / 0)
    client = Client(raise_request_exception=False)
    response = client.get("/about/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert response["Content-Security-Policy"] == VISITOR_CSP
    with django_assert_num_queries(0):
        assert server_error(RequestFactory().get("/about/")).status_code == 500
