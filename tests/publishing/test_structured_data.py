"""What machines read of a page: only schema.org's words, only what the page says, and never what may not be shown."""

import json
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from lxml import html

from content.models import Clinic, Treatment
from content.pages import published_urls as all_addresses
from content.publishing import structured_data
from tests.factories import (
    BodyAreasFactory,
    CaseFactory,
    SourcesFactory,
    signed,
)
from tests.faults.xss import ELEMENTS, SINGLE, WRAPPINGS
from tests.publishing import schema_org
from tests.publishing.pages import live
from tests.rendering import address, publish
from tests.sizes import tries

pytestmark = [pytest.mark.django_db]
TREATMENT = "/microneedling-for-stretch-marks/"


def read(url: str) -> dict[str, Any]:
    """The graph of the page."""
    reply = Client().get(url)
    assert reply.status_code == 200, url
    found = html.fromstring(reply.content.decode()).xpath("//script[@type='application/ld+json']")
    assert len(found) == 1, url
    graph: dict[str, Any] = json.loads(found[0].text)
    return graph


def node(url: str, kind: str) -> dict[str, Any]:
    """The one node of this type."""
    found = [one for one in read(url)["@graph"] if one["@type"] == kind]
    assert len(found) == 1, (url, kind)
    only: dict[str, Any] = found[0]
    return only


def graph_of(**values: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": [values]}


@pytest.mark.slow
def test_every_page_speaks_schema_orgs_own_words(today: object) -> None:
    case = CaseFactory()
    content = PageContent.objects.get(page__reverse_id="treatment")
    signed(content)
    pages = {url: read(url) for url in [*all_addresses(), f"/before-and-after/{case.code}/"]}
    assert len(pages) >= 12
    wrong = {
        "no such type": graph_of(**{"@type": "MedicalTherapie", "name": "x"}),
        "no such property": graph_of(**{"@type": "MedicalTherapy", "sideEffect": "x"}),
        "of another type": graph_of(**{"@type": "MedicalWebPage", "howPerformed": "x"}),
        "wrong kind of value": graph_of(**{"@type": "MedicalTherapy", "howPerformed": 4}),
        "wrong kind of thing": graph_of(**{"@type": "MedicalWebPage", "reviewedBy": {"@type": "ImageObject"}}),
    }
    assert schema_org.complaints(pages, wrong) == ""


def test_no_page_claims_what_nobody_may(today: object) -> None:
    CaseFactory()
    for url in all_addresses():
        text = json.dumps(read(url))
        assert not any(word in text for word in ('Review"', "AggregateRating", "HowTo", "[["))


def test_a_page_names_its_reviewer_only_under_a_signature() -> None:
    found = node(TREATMENT, "MedicalWebPage")
    assert "lastReviewed" not in found
    assert "reviewedBy" not in found
    signed(PageContent.objects.get(page__reverse_id="treatment"))
    found = node(TREATMENT, "MedicalWebPage")
    assert found["lastReviewed"] == "2026-03-01"
    assert found["reviewedBy"] == {"@type": "Person", "name": "Dr dr-test", "jobTitle": "Dermatologist"}


def test_a_page_that_is_reviewed_again_names_no_reviewer() -> None:
    signed(PageContent.objects.get(page__reverse_id="treatment"))
    treatment = Treatment.objects.get()
    treatment.weeks_between_max = 9
    treatment.save()
    found = node(TREATMENT, "MedicalWebPage")
    assert "reviewedBy" not in found
    assert "lastReviewed" not in found


def test_therapy_is_made_of_the_pages_own_blocks_and_the_facts() -> None:
    Treatment.objects.update(numbing_minutes_min=41, numbing_minutes_max=42, weeks_before_judging=13)
    where = node(TREATMENT, "MedicalTherapy")
    assert where["bodyLocation"][:2] == ["Breasts and chest", "Belly"]
    assert "are pregnant" in " ".join(where["contraindication"])
    assert where["preparation"] == "Numbing cream for 41 to 42 minutes before the treatment."
    assert "13 weeks after the last session" in where["followup"]
    assert "howPerformed" not in where
    how = node(f"{TREATMENT}your-session/", "MedicalTherapy")
    assert "41 to 42 minutes" in how["howPerformed"]
    assert how["@id"] == where["@id"]


@pytest.mark.usefixtures("incomplete_pages")
def test_citations_are_the_pages_sources() -> None:
    block = SourcesFactory(sources=[{"text": "One", "address": "https://doi.org/1"}, {"text": "Two", "address": ""}])
    publish(block.placeholder.source)
    assert node(address(block.placeholder.source), "MedicalWebPage")["citation"] == ["https://doi.org/1", "Two"]


def test_a_piece_that_fails_hides_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured_data, "FOLLOW_UP", None)
    kinds = {one["@type"] for one in read(TREATMENT)["@graph"]}
    assert kinds == {"MedicalWebPage", "MedicalClinic", "BreadcrumbList", "MedicalCondition"}


def test_the_data_of_the_longest_page_stay_small() -> None:
    script = json.dumps(read(TREATMENT), ensure_ascii=False, separators=(",", ":"))
    assert len(script.encode()) <= 3200


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("where", ["title", "clinic", "block"])
def test_no_text_ends_the_script(where: str) -> None:
    hostile = [*SINGLE, *(wrap.format(ELEMENTS[0].format("onerror=x")) for wrap in WRAPPINGS), "\u2028</script>"]
    everything = " ".join(hostile)
    if where == "title":
        for text in hostile[:: tries(4, 1)]:
            assert read(address(live("clinic", title=text[:200], meta_description=text)))["@graph"][0]["name"].strip()
    elif where == "clinic":
        for text in hostile[:: tries(4, 1)]:
            Clinic.objects.update(address=text[:300])
            assert node("/", "MedicalClinic")["address"] == ", ".join(text[:300].splitlines())
    else:
        block = BodyAreasFactory(areas=[{"drawing": "hips", "title": everything, "text": "x"}])
        publish(block.placeholder.source)
        assert node(address(block.placeholder.source), "MedicalTherapy")["bodyLocation"] == [everything]


@pytest.mark.parametrize(
    ("values", "is_listed"),
    [
        ({}, True),
        ({"consent__for_search": False}, False),
        ({"is_covered": True}, False),
        ({"body_area": "GROIN"}, False),
    ],
)
def test_images_are_listed_only_where_search_may_show_them(today: object, values: Any, is_listed: bool) -> None:  # noqa: FBT001  a column of the table above
    case = CaseFactory(**values)
    text = json.dumps(read(f"/before-and-after/{case.code}/"))
    assert ("ImageObject" in text) is is_listed
    assert (case.pairs.get().before.token in text) is is_listed
