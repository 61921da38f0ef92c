"""A staff form whose button is pressed twice does its work once."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from content.models import Case, Pair
from tests.factories import CaseFactory
from tests.rendering import text_of
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def form_on(browser: Client, url: str) -> dict[str, str]:
    """The hidden values of the first form on the page, its token with them."""
    tree = html.fromstring(browser.get(url).content.decode())
    boxes = tree.xpath("(//main//form|//*[@id='content']//form)[1]//input[@type='hidden']")
    return {box.get("name"): box.get("value", "") for box in boxes}


def swap(browser: Client, pair: Pair, token: str) -> Any:
    url = f"/admin/content/case/{pair.case_id}/photographs/"
    return browser.post(url, {"do": "swap", "pair": pair.pk, "csrfmiddlewaretoken": token})


def sides(case: Case) -> tuple[int, int]:
    pair = Case.objects.get(pk=case.pk).pairs.get()
    return pair.before_id, pair.after_id


def test_a_second_press_does_nothing_and_leads_where_the_first_does() -> None:
    case, browser = CaseFactory(), member("Nurse")
    before, pair = sides(case), case.pairs.get()
    first, second = swap(browser, pair, "t1"), swap(browser, pair, "t1")
    assert sides(case) == before[::-1]
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    page = html.fromstring(browser.get(second["Location"]).content.decode())
    assert "The button was pressed twice. What it does was done once." in text_of(page)
    swap(browser, case.pairs.get(), "t2")  # the page was shown again, and the button is meant
    assert sides(case) == before


def test_a_form_that_makes_a_record_makes_one() -> None:
    browser = member("Nurse")
    data = form_on(browser, "/admin/content/case/add/") | {"treatment": "1", "body_area": "HIPS"}
    assert data["csrfmiddlewaretoken"]
    replies = [browser.post("/admin/content/case/add/", data) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [302, 302]
    assert Case.objects.filter(is_demo=False).count() == 1


def test_what_was_refused_may_be_sent_again() -> None:
    browser = member("Nurse")
    data = form_on(browser, "/staff/new-topic/")
    replies = [browser.post("/staff/new-topic/", {**data, "title": ""}) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert "pressed twice" not in replies[1].content.decode()


def test_somebody_else_with_the_same_words_is_not_a_second_press() -> None:
    case = CaseFactory()
    data = {"treatment": "1", "body_area": "HIPS", "csrfmiddlewaretoken": "t1"}
    for role in ("Nurse", "Doctor"):
        assert member(role).post("/admin/content/case/add/", data).status_code == 302
    assert Case.objects.filter(is_demo=False).exclude(pk=case.pk).count() == 2
