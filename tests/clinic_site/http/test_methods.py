"""Only GET, HEAD and POST are answered, at every address and whoever asks."""

import pytest
from django.test import Client

from tests.clinic_site.http.test_headers import content_type
from tests.staff.members import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", ""])
def test_no_other_method_is_answered(method: str) -> None:
    for browser in (Client(), member("Doctor")):
        for url in ("/", "/about/", "/search/?q=pain", "/livez", "/staff/", "/admin/login/", "/admin/content/consent/",
                    "/before-and-after/", "/robots.txt", f"/admin/cms/placeholder/object/{content_type()}/edit/1/"):  # fmt: skip
            reply = browser.generic(method, url, headers={"X-Secret": "SECRET"})
            assert (reply.status_code, reply.content) == (405, b""), url
            assert reply["Allow"] == "GET, HEAD, POST"
            assert "default-src 'none'" in reply["Content-Security-Policy"]


def test_the_three_others_are_answered() -> None:
    browser = Client()
    assert browser.get("/about/").status_code == browser.head("/about/").status_code == 200
    assert browser.post("/was-this-clear/", headers={"Sec-Fetch-Site": "same-origin"}).status_code != 405
