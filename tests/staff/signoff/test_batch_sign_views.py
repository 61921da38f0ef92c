"""A doctor signs reopened pages in one go, with a password, all or none."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from content.models import SignOff
from content.reviews import rules
from tests.factories import doctor
from tests.reviews.test_rereview import change, quoting
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database_full]
PASSWORD = "a doctor's own words"  # noqa: S105  of a test


@pytest.fixture
def browser(today: date) -> Client:
    """A doctor's."""
    user = doctor()
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user)
    return client


def form_data(browser: Client, *titles: str, **changes: Any) -> dict[str, Any]:
    """The page's own form, with these pages ticked."""
    [form] = [
        one for one in html.fromstring(browser.get("/staff/reopened/").content.decode()).forms if "due_on" in one.fields
    ]
    boxes = form.xpath(".//input[@type='checkbox']")
    chosen = [box.get("value") for box in boxes if any(title in box.getparent().text_content() for title in titles)]
    values = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return {**values, "page": chosen, "password": PASSWORD, **changes}


def test_ticked_pages_are_signed_together(browser: Client) -> None:
    one, other = quoting("The first"), quoting("The second")
    quoting("The third")
    change(weeks_between_max=8)
    page = browser.get("/staff/reopened/").content.decode()
    assert "<del>4 to 6 weeks</del> → <ins>4 to 8 weeks</ins>" in page
    reply = browser.post("/staff/reopened/", form_data(browser, "The first", "The second"), follow=True)
    assert "Signed anew: 2 pages." in reply.content.decode()
    assert rules.valid_signature(one)
    assert rules.valid_signature(other)
    assert [str(left.page) for left in rules.reopened()] == ["The third"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "wrong"}, "That is neither your password nor the code"),
        ({"password": ""}, "a signature is yours alone"),
        ({"due_on": "2026-02-01"}, "lies after today"),
        ({"due_on": "soon"}, "Write the day like this: 31/03/2027."),
        ({"page": []}, "Tick the pages that you sign"),
        ({"page": ["999999", "x"]}, "Tick the pages that you sign"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_signed(browser: Client, changes: dict[str, Any], sentence: str) -> None:
    quoting("The first")
    change(weeks_between_max=8)
    reply = browser.post("/staff/reopened/", form_data(browser, "The first", **changes))
    assert sentence in reply.content.decode()
    assert SignOff.objects.count() == 1
    if "page" not in changes:
        assert " checked>" in reply.content.decode()  # the tick is not lost


def test_facts_changed_since_the_page_was_shown_sign_nothing(browser: Client) -> None:
    quoting("The first")
    quoting("The second")
    change(weeks_between_max=8)
    form = form_data(browser, "The first", "The second")
    change(weeks_between_max=9)
    reply = browser.post("/staff/reopened/", form)
    page = reply.content.decode()
    assert "Nothing was signed." in page
    assert "The first: The page was changed while you read it." in page
    assert "The second: The page was changed while you read it." in page
    assert SignOff.objects.count() == 2


def test_nobody_but_a_doctor_sees_it(browser: Client) -> None:
    assert browser.get("/staff/reopened/").status_code == 200
    for role in ("Reception", "Nurse", "Owner"):
        assert member(role).get("/staff/reopened/").status_code == 403
    assert Client().get("/staff/reopened/").status_code == 302
    user = doctor()
    user.clinician.delete()
    assert browser.get("/staff/reopened/").status_code == 403


def test_nothing_to_sign_says_so(browser: Client) -> None:
    assert "No live page waits" in browser.get("/staff/reopened/").content.decode()
