"""The whole guide on one page: all of what patients read of the treatment, and nothing that paper should not hold."""

import itertools
from datetime import date

import pytest
from cms.models import PageContent
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from content import models as m
from content.publishing import offline
from content.staff.editing.page_kind import validate_address
from tests import factories as f
from tests.rendering import Element, main_of, publish, text_of

pytestmark = pytest.mark.django_db
PARTS = [
    "Microneedling for stretch marks",
    "Your session, step by step",
    "Looking after your skin",
    "Spacing your sessions",
]


def read() -> Element:
    response = Client().get("/whole-guide/")
    assert response.status_code == 200
    return main_of(html.fromstring(response.content.decode()))


def parts(main: Element) -> list[str]:
    return [text_of(one) for one in main.xpath(".//article/h2")]


def live_topic(**texts: str) -> PageContent:
    """A topic page with a heading of its own, live."""
    draft = f.page_of_kind("topic", **texts)
    f.CalloutFactory(placeholder=f.slot_of(draft, "topic_summary"))
    f.ProseFactory(placeholder=f.slot_of(draft, "topic_body"), heading="Sources")
    publish(draft)
    return draft


def test_guide_holds_every_medical_page_in_menu_order() -> None:
    main = read()
    assert parts(main) == PARTS
    assert [text_of(one) for one in main.xpath(".//nav//ol/li/a")] == PARTS


def test_every_block_of_a_part_is_there_as_on_its_own_page() -> None:
    part = read().get_element_by_id("part-3")
    page = main_of(html.fromstring(Client().get("/microneedling-for-stretch-marks/aftercare/").content.decode()))
    texts = [text_of(one) for one in page.xpath(".//div[@class='doc-body']//*[self::li or self::td or self::dd]")]
    expected = [one for one in texts if one and one not in {"Belly", "All areas"}]
    own = {text_of(one) for one in page.xpath(".//nav//li | .//div[@class='leaflet-foot']//dd")}
    assert len(expected) > 40
    assert [one for one in expected if one not in own and one not in text_of(part)] == []


def test_headings_of_the_guide_never_skip_a_level_and_no_id_stands_twice() -> None:
    live_topic(title="One more topic")
    main = read()
    levels = [int(one.tag[1]) for one in main.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels
    for part in main.xpath(".//article"):
        assert [text_of(one) for one in part.iter("h2")] == [text_of(part[0])]  # all of its own stand below its title
    ids = main.xpath(".//@id")
    assert len(ids) == len(set(ids))


def test_a_part_has_neither_regions_to_listen_through_nor_choices_that_lead_elsewhere() -> None:
    main = read()
    assert main.xpath(".//article//section[@aria-labelledby]") == []
    assert main.xpath(".//article//nav") == []
    assert "Print this leaflet" not in html.tostring(main).decode()


def test_each_part_quotes_the_facts_of_its_own_treatment() -> None:
    topic = live_topic(title="Another treatment, for [[hours-in-cotton]]")
    other = m.Treatment.objects.get()
    other.pk, other.name, other.page, other.hours_in_cotton = None, "Another", topic.page, 99
    other.save()
    assert parts(read()) == [*PARTS, "Another treatment, for 99 hours"]
    assert "Clothes for the first 48 hours" in text_of(read())


def test_every_link_of_the_contents_leads_to_a_heading() -> None:
    main = read()
    links = [link.removeprefix("#") for link in main.xpath(".//nav//@href")]
    assert len(links) > 20
    for link in links:
        main.get_element_by_id(link)


def test_the_guide_has_no_photograph_of_a_patient_and_says_where_they_are(today: date) -> None:
    case = f.CaseFactory()
    on_its_page = Client().get("/microneedling-for-stretch-marks/").content.decode()
    assert case.code in on_its_page
    main = read()
    text = html.tostring(main).decode()
    assert "/photographs/" not in text
    assert case.code not in text
    assert [text_of(one) for one in main.xpath(".//a[@href='/before-and-after/']")] == ["Before and after"]


def test_each_part_says_who_has_reviewed_it_or_that_nobody_has() -> None:
    live_topic(title="A signed topic")
    main = read()
    signed, unsigned = main.xpath(".//article")[-1], main.get_element_by_id("part-1")
    assert "Reviewed by Dr dr-test, Dermatologist Last reviewed 1 March 2026" in text_of(signed)
    assert "No clinician has reviewed this part yet." not in text_of(signed)
    assert "No clinician has reviewed this part yet." in text_of(unsigned)


def test_drafts_pages_offline_and_pages_that_send_on_are_not_in_the_guide() -> None:
    live_topic(title="Live topic")
    f.page_of_kind("topic", title="Draft topic")
    gone = live_topic(title="Offline topic")
    offline.take_offline(gone, user=f.doctor(), now=f.NOON)
    live_topic(title="Sends on", redirect="/contact/")
    assert parts(read()) == [*PARTS, "Live topic"]


def test_what_is_edited_in_a_draft_is_not_in_the_guide_until_it_is_live() -> None:
    topic = live_topic(title="Live topic")
    draft = topic.versions.get().copy(f.author()).content
    block = m.Callout.objects.get(placeholder__in=draft.get_placeholders())
    block.text = "Nobody has read this."
    block.save()
    assert "Nobody has read this." not in text_of(read())
    publish(draft)
    assert "Nobody has read this." in text_of(read())


def test_facts_are_in_words_and_follow_a_change() -> None:
    assert "[[" not in text_of(read())
    m.Treatment.objects.update(hours_in_cotton=50)
    assert "Clothes for the first 50 hours" in text_of(read())


def test_failing_block_hides_only_itself_and_the_response_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text_of(read())
    monkeypatch.setattr(m.DoAndDont, "display_fields", lambda self, treatment: 1 / 0)
    response = Client().get("/whole-guide/")
    text = text_of(main_of(html.fromstring(response.content.decode())))
    assert "pick or scratch" in whole
    assert "pick or scratch" not in text
    assert "Day by day" in text
    assert "no-store" in response["Cache-Control"]


def test_the_guide_is_left_out_of_search_engines_and_sets_no_cookie() -> None:
    response = Client().get("/whole-guide/")
    assert '<meta name="robots" content="noindex, follow">' in response.content.decode()
    assert not response.cookies
    assert response["Cache-Control"] == "no-cache"


def test_choices_in_the_address_change_nothing() -> None:
    plain = text_of(read())
    for query in ("area=thighs", "area=%00&size=large", "area=" + "x" * 100_000):
        response = Client().get(f"/whole-guide/?{query}")
        assert text_of(main_of(html.fromstring(response.content.decode()))) == plain


def test_a_page_more_costs_two_queries_and_all_of_them_few() -> None:
    counts = []
    for title in ("First", "Second", "Third"):
        live_topic(title=title)
        Client().get("/whole-guide/")
        with CaptureQueriesContext(connection) as queries:
            Client().get("/whole-guide/")
        counts.append(len(queries))
    assert counts[1] - counts[0] == counts[2] - counts[1] == 2
    assert counts[0] <= 50


def test_the_guide_without_any_page_says_so() -> None:
    offline.take_offline(PageContent.objects.get(page__reverse_id="treatment"), user=f.doctor(), now=f.NOON)
    main = read()
    assert parts(main) == []
    assert "There is nothing in the guide at the moment." in text_of(main)


def test_no_page_may_take_the_guides_address() -> None:
    with pytest.raises(ValidationError, match="used by the site itself"):
        validate_address("whole-guide")


def test_a_post_is_refused() -> None:
    assert Client().post("/whole-guide/").status_code == 405
