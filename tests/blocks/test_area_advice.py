"""What to wear over each area, the area that a reader chooses, and the leaflet that the page prints as."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from content.models import AreaAdvice, Clinic
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import AreaAdviceFactory, DoAndDontFactory, page_of_kind, slot_of
from tests.rendering import Element, address, publish, shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
BOTH = ["Belly", "Upper arms"]


@pytest.fixture
def at() -> str:
    """The address of a live page with advice for two areas."""
    draft = AreaAdviceFactory().placeholder.source
    publish(draft)
    return address(draft)


def asked(url: str) -> Element:
    response = Client().get(url)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def areas(tree: Element) -> list[str]:
    """The areas whose advice is shown."""
    return [text_of(one) for one in tree.xpath("//*[contains(@class, 'area-advice')]//dt")]


def choices(tree: Element) -> dict[str, str]:
    """Where each choice of the reader leads."""
    return {text_of(one): one.get("href") for one in tree.xpath("//nav[@class='area-choice']//a")}


def test_area_advice_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(AreaAdviceFactory(), areas=[{"area": "GROIN", "text": "Wear boxer shorts."}])


def test_area_advice_shows_every_area_and_offers_each_to_choose(at: str) -> None:
    tree = asked(at)
    assert areas(tree) == BOTH
    assert list(choices(tree)) == [*BOTH, "All areas"]
    assert "For the first 48 hours." in text_of(tree)


def test_a_reader_who_chooses_an_area_is_shown_its_advice_alone(at: str) -> None:
    tree = asked(at + choices(asked(at))["Upper arms"])
    assert areas(tree) == ["Upper arms"]
    assert "Choose a soft waistband" not in text_of(tree)
    assert [text_of(one) for one in tree.xpath("//nav[@class='area-choice']//a[@aria-current]")] == ["Upper arms"]
    assert areas(asked(at + choices(tree)["All areas"])) == BOTH


def test_large_print_keeps_the_area_and_the_area_keeps_large_print(at: str) -> None:
    tree = asked(f"{at}?area=abdomen&size=large")
    assert tree.xpath("//dl[@data-size='large']")
    way_back = tree.xpath("//a[text()='Usual print']/@href")[0]
    assert way_back.startswith("?area=abdomen#")
    other = asked(at + choices(tree)["Upper arms"])
    assert areas(other) == ["Upper arms"]
    assert other.xpath("//dl[@data-size='large']")


def test_nobody_keeps_a_reply_that_says_which_area_was_chosen(at: str) -> None:
    assert "no-store" in Client().get(f"{at}?area=abdomen")["Cache-Control"]
    assert "no-store" in Client().get(f"{at}?area=nonsense")["Cache-Control"]
    assert Client().get(f"{at}?size=large")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "query",
    [
        "area=elbow",
        "area=groin",  # an area of the site, but this page says nothing of it
        "area=ABDOMEN",
        "area=abdomen&area=elbow",
        "area=%00",
        "area=%1b%5b31m",
        "area=%ff%fe",
        "area=" + "x" * 100_000,
        "area=<script>alert(1)</script>",
    ],
)
def test_an_area_that_is_not_there_gets_a_sentence_and_all_of_the_advice(at: str, query: str) -> None:
    tree = asked(f"{at}?{query}")
    assert "We have no advice for that area. Choose one of these." in text_of(tree)
    assert areas(tree) == BOTH
    assert "elbow" not in html.tostring(tree).decode()


@pytest.mark.parametrize(
    "query", ["area=", "size=huge", "size=", "size=large&size=small", "size=%00", "size=" + "9" * 100_000]
)
def test_an_empty_area_or_an_unknown_size_is_the_usual_page(at: str, query: str) -> None:
    tree = asked(f"{at}?{query}")
    assert areas(tree) == BOTH
    assert "We have no advice" not in text_of(tree)
    assert not tree.xpath("//dl[@data-size]")


def test_the_leaflet_carries_all_numbers_of_the_clinic_and_the_chosen_area(at: str) -> None:
    Clinic.objects.update(telephone="01632 960999", out_of_hours_line="112", emergency_line="911")
    foot = asked(f"{at}?area=upper-arms").find_class("leaflet-foot")[0]
    said = text_of(foot)
    assert all(number in said for number in ("01632 960999", "112", "911"))
    blank = ["Date", "Clinician", "Next session between"]
    assert [line for line in [*blank, "Area treated Upper arms"] if line not in said] == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_leaflet_names_the_sites_own_address_whatever_host_was_asked(at: str, host: str) -> None:
    foot = html.fromstring(Client(headers={"host": host}).get(f"{at}?area=abdomen&size=large").content.decode())
    caption = text_of(foot.xpath("//figure[@class='leaflet-code']/figcaption")[0])
    assert f" http://localhost:8000{at}?area=abdomen. " in caption


@pytest.mark.parametrize(("is_local", "warns"), [(True, True), (False, False)])
def test_a_leaflet_whose_address_nobody_else_can_open_says_so(
    at: str, settings: Any, *, is_local: bool, warns: bool
) -> None:
    """A fresh site has no SITE_DOMAIN, and would print a code that leads a patient nowhere."""
    settings.IS_DOMAIN_LOCAL = is_local
    said = text_of(asked(f"{at}?area=abdomen").find_class("leaflet-code")[0])
    assert ("SITE_DOMAIN is not set" in said) == warns
    assert ("Not for patients yet" in said) == warns


def test_a_page_without_this_block_is_no_leaflet() -> None:
    block = DoAndDontFactory()
    publish(block.placeholder.source)
    assert "leaflet" not in Client().get(address(block.placeholder.source)).content.decode()


def test_the_leaflet_costs_no_query(at: str) -> None:
    other = DoAndDontFactory(placeholder=slot_of(page_of_kind("topic", title="Other"), "topic_body")).placeholder.source
    publish(other)
    counts = []
    for url in (at, address(other), f"{at}?area=abdomen"):  # the first fills what Django keeps for good
        with CaptureQueriesContext(connection) as queries:
            Client().get(url)
        counts.append(len(queries))
    assert counts[1:] == [8, 8]


def test_area_advice_refuses_an_area_that_stands_twice(staff: Client) -> None:
    rows = [{"area": "HIPS", "text": "Wear loose trousers."}, {"area": "HIPS", "text": "Wear a loose skirt."}]
    assert refused(staff, AreaAdvice, {"areas": rows}) == [
        "Row 2: “Hips” has a row already. Put its advice into that one."
    ]


def test_area_advice_refuses_an_area_that_is_none(staff: Client) -> None:
    values = {"areas": [{"area": "ELBOW", "text": "Wear wide sleeves."}]}
    assert refused(staff, AreaAdvice, values) == ["Row 1: “Area” must be one of those offered."]


def test_area_advice_shows_its_areas_in_the_order_of_the_form() -> None:
    block = shown(AreaAdviceFactory(areas=[{"area": "GROIN", "text": "One"}, {"area": "BACK", "text": "Two"}]))
    assert [text_of(one) for one in block.iter("dt")] == ["Groin", "Back"]
