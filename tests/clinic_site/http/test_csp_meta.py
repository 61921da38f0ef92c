"""The policy inside pages; that browsers hold to it behind nginx is tested in `tests/browser/nginx`."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client

from clinic_site.assets import stylesheet
from clinic_site.http import csp_meta, headers

pytestmark = pytest.mark.django_db


def test_a_visitor_s_page_carries_the_part_of_its_policy_that_a_file_cannot_send(client: Client) -> None:
    reply = client.get("/")
    html = reply.content.decode()
    (policy,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy.split("; ") == [
        one for one in reply["Content-Security-Policy"].split("; ") if one.startswith(("script-src", "style-src"))
    ]
    assert len(policy.split("; ")) == 2
    assert csp_meta.has_csp_meta(html)
    assert reply["Content-Length"] == str(len(reply.content))


def test_it_names_the_hashes_of_the_page() -> None:
    request = HttpRequest()
    setattr(request, stylesheet.CSP_HASHES_ATTR, ("'sha256-style='", "'sha256-script='"))
    policy = "script-src 'self' 'sha256-script='; style-src 'self' 'sha256-style='"
    assert csp_meta.csp_meta_tag(request) == f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def test_staff_s_pages_have_the_header_alone(staff: Client) -> None:
    assert b"http-equiv" not in staff.get("/").content
    assert csp_meta.PLACEHOLDER not in staff.get("/").content


@pytest.mark.parametrize(
    "before", ["<script>1</script>", "<style>a{}</style>", '<link rel="stylesheet" href="/x">', "<body>"]
)
def test_a_policy_behind_what_it_is_about_is_none(before: str) -> None:
    tag = csp_meta.csp_meta_tag(HttpRequest())
    assert csp_meta.has_csp_meta(f'<head><meta charset="utf-8">{tag}{before}')
    assert not csp_meta.has_csp_meta(f'<head><meta charset="utf-8">{before}{tag}')
    assert not csp_meta.has_csp_meta(f'<head><meta charset="utf-8">{before}')


def test_the_rest_of_the_policy_is_the_same_for_every_page() -> None:
    """What nginx sends for all of them: `deploy/nginx.conf` repeats it."""
    request = HttpRequest()
    setattr(request, stylesheet.CSP_HASHES_ATTR, ("'sha256-style='", "'sha256-script='"))
    whole = headers.content_security_policy(request, is_for_staff=False)
    assert re.sub(" 'sha256-[a-z]+='", "", whole) == headers.VISITOR_CSP
