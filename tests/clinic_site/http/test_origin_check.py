"""A visitor's form is taken from this site's own pages alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from clinic_site.http.origin_check import require_same_origin

HERE = "http://testserver"


def _send(**headers: str) -> HttpResponse:
    view = require_same_origin(lambda request: HttpResponse("taken"))
    return view(RequestFactory().post("/x/", {"a": "b"}, headers=headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": HERE, "Sec-Fetch-Site": "same-origin"},
        {"Origin": HERE},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_this_site_is_taken(headers: dict[str, str]) -> None:
    assert _send(**headers).content == b"taken"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": f"{HERE}.elsewhere.example"},
        {"Origin": "https://testserver"},
        {"Origin": f"{HERE}:8000"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Referer": f"{HERE}/x/"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(PermissionDenied, match="Open the page again"):
        _send(**headers)


def test_reading_needs_no_such_word() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.method)

    assert require_same_origin(view)(RequestFactory().get("/x/")).content == b"GET"


def test_a_page_without_such_a_form_still_wants_its_token(db: None) -> None:
    """the exemption is the view's alone."""
    strict = Client(enforce_csrf_checks=True)
    reply = strict.post("/admin/login/", {"username": "x"}, headers={"Origin": HERE, "Sec-Fetch-Site": "same-origin"})
    assert reply["Location"] == "/admin/login/?next=%2Fstaff%2F&out_of_date=1"
