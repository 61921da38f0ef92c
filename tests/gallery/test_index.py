"""The list of cases: what a reader may filter by, what is counted, and what never shows."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from content.models import Case, Consent
from tests.factories import DAY, NOON, CaseFactory, ConsentFactory, PairFactory
from tests.rendering import Element, main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.database]
ADDRESS = "/before-and-after/"


def read(query: str = "", client: Client | None = None) -> Element:
    response = (client or Client()).get(ADDRESS + query)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def codes(tree: Element) -> list[str]:
    """The cases on the page, in their order."""
    return [card.xpath(".//a[@href]/@href")[-1].split("/")[2] for card in tree.find_class("card")]


def status(tree: Element) -> str:
    found: Element = tree.xpath("//*[@role='status']")[0]
    return text_of(found)


def choices(tree: Element, legend: str) -> dict[str, int]:
    """The counts of one question."""
    fieldset = next(one for one in tree.iter("fieldset") if text_of(one.find("legend")) == legend)
    matches = [re.fullmatch(r"(.+) (\d+) cases?", text_of(chip)) for chip in fieldset.find_class("chip")]
    return {one[1]: int(one[2]) for one in matches if one}


def case(**values: Any) -> Case:
    made: Case = CaseFactory(**values)
    return made


def hidden() -> list[Case]:
    """One case for each reason not to be shown."""
    without_pair = case()
    without_pair.pairs.all().delete()
    too_young = case()
    PairFactory(case=too_young, before__captured_on=date(2023, 12, 31))
    return [
        case(consent__withdrawn_at=NOON),
        case(consent__expires_on=DAY - timedelta(days=1)),
        case(consent__given_on=DAY + timedelta(days=1)),
        case(consent__for_website=False, consent__for_search=False),
        case(approved_at=None),
        case(consent=None, approved_at=None),
        without_pair,
        too_young,
    ]


def test_newest_case_comes_first() -> None:
    made = [case(approved_at=NOON + timedelta(minutes=number)) for number in (2, 3, 1)]
    assert codes(read()) == [made[1].code, made[0].code, made[2].code]


def test_no_case_that_may_not_be_shown_is_in_a_result_a_count_or_the_source() -> None:
    twin, others = case(), hidden()
    for query in ("", "?area=abdomen", "?skin=medium-brown&change=moderate"):
        tree = read(query)
        assert codes(tree) == [twin.code]
        assert choices(tree, "Body area") == {"Belly": 1}
        text = html.tostring(tree, encoding="unicode")
        tokens = [photo.token for one in others for pair in one.pairs.all() for photo in pair.photos]
        assert not [name for name in [*tokens, *(one.code for one in others)] if name in text]


def test_within_a_question_choices_add_and_between_questions_they_narrow() -> None:
    hips = case(body_area="HIPS", skin_tone="BLACK")
    thighs = case(body_area="THIGHS", skin_tone="BLACK")
    back = case(body_area="BACK", skin_tone="WHITE")
    assert set(codes(read("?area=hips&area=back"))) == {hips.code, back.code}
    assert codes(read("?area=hips&area=back&skin=black")) == [hips.code]
    assert set(codes(read("?skin=black"))) == {hips.code, thighs.code}


def test_each_choice_counts_what_it_would_leave_beside_the_other_questions() -> None:
    for area, skin, sessions in (("HIPS", "BLACK", 3), ("HIPS", "WHITE", 4), ("BACK", "BLACK", 4)):
        case(body_area=area, skin_tone=skin, sessions=sessions)
    plain = read()
    assert choices(plain, "Body area") == {"Hips": 2, "Back": 1}
    assert choices(plain, "Number of sessions") == {"3 sessions": 1, "4 sessions": 2}
    chosen = read("?skin=black")
    assert choices(chosen, "Body area") == {"Hips": 1, "Back": 1}
    assert choices(chosen, "Skin, lightest to darkest") == {"White": 1, "Black": 2}
    both = read("?skin=black&sessions=3")
    assert choices(both, "Body area") == {"Hips": 1, "Back": 0}
    assert choices(both, "Skin, lightest to darkest") == {"White": 0, "Black": 1}
    assert choices(both, "Number of sessions") == {"3 sessions": 1, "4 sessions": 1}


def test_a_choice_without_cases_stays_can_be_pressed_and_is_marked() -> None:
    case(body_area="HIPS", skin_tone="BLACK")
    case(body_area="BACK", skin_tone="WHITE")
    tree = read("?area=hips&skin=white")
    assert tree.xpath("//input[@disabled]") == []
    assert {box.get("value") for box in tree.xpath("//input[@checked]")} == {"hips", "white"}
    assert len(tree.xpath("//input/following-sibling::*[@data-none]")) >= 2


def test_weeks_after_are_asked_in_three_spans() -> None:
    for weeks in (11, 12, 25, 26):
        case(weeks_after=weeks)
    assert choices(read(), "Pictured after the last session") == {
        "Under 12 weeks": 1,
        "12 to 25 weeks": 2,
        "26 weeks or more": 1,
    }


def test_twenty_four_a_page_and_every_case_once() -> None:
    made = [case(approved_at=NOON + timedelta(minutes=number)).code for number in range(50)]
    pages = [read(query) for query in ("", "?page=2", "?page=3")]
    assert [len(codes(page)) for page in pages] == [24, 24, 2]
    assert [code for page in pages for code in codes(page)] == made[::-1]
    assert status(pages[1]) == "50 cases. Here are 25 to 48."
    links = pages[1].xpath("//nav[@aria-label='More cases']//a")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("prev", f"{ADDRESS}?#results"),
        ("next", f"{ADDRESS}?page=3#results"),
    ]


def test_other_pages_keep_the_filters() -> None:
    for _ in range(26):
        case()
    link = read("?area=abdomen").xpath("//a[@rel='next']")[0]
    assert link.get("href") == f"{ADDRESS}?area=abdomen&page=2#results"


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "²", "9" * 400])
def test_a_page_that_is_none_is_the_nearest(page: str) -> None:
    made = case()
    assert codes(read(f"?page={page}")) == [made.code]


def test_words_that_are_no_filter_are_named_and_left_out() -> None:
    made = case()
    tree = read("?area=elbow&skin=%3Cb%3E&colour=silver&nonsense=1")
    assert codes(tree) == [made.code]
    assert "nothing here is called that: “elbow”, “<b>”." in text_of(main_of(tree))


def test_no_result_offers_ways_on() -> None:
    case(body_area="HIPS", skin_tone="BLACK")
    case(body_area="BACK", skin_tone="WHITE")
    tree = read("?area=hips&skin=white")
    assert status(tree) == "No case matches all of these filters."
    links = [(text_of(link), link.get("href")) for link in tree.find_class("panel")[0].iter("a")]
    assert links[0] == ("Clear filters", ADDRESS)
    assert links[1][1].startswith("tel:")


def test_a_gallery_without_cases_says_so() -> None:
    tree = read()
    assert status(tree) == "There are no cases to show at the moment."
    assert "consented" not in text_of(main_of(tree)).split("What these")[0]


def test_the_honest_range_counts_every_consented_case_and_none_more() -> None:
    for outcome, number in (("LARGE", 2), ("SMALL", 1), ("NONE", 1)):
        for _ in range(number):
            case(outcome=outcome)
    case(approved_at=None)
    case(approved_at=None)
    case(consent__withdrawn_at=NOON)
    case(consent__expires_on=DAY - timedelta(days=1))
    text = text_of(main_of(read()))
    assert "4 of 6 consented cases are shown: 2 large changes, 0 moderate, 1 small, 1 none." in text
    assert "4 of 6 consented cases" in text_of(main_of(read("?change=large")))
    assert "sample" not in text


def test_samples_are_named_and_count_for_nothing() -> None:
    case(is_demo=True)
    case(is_demo=True)
    text = text_of(main_of(read()))
    assert "2 sample cases, drawn for this preview. They say nothing about results at this clinic." in text
    assert "consented cases are" not in text
    case(outcome="NONE")
    text = text_of(main_of(read()))
    assert "1 of 1 consented case is shown: 0 large changes, 0 moderate, 0 small, 1 none." in text
    assert "Not counted: 2 sample cases" in text


def test_a_covered_case_shows_no_address_of_a_picture() -> None:
    plain, covered, chosen = case(), case(body_area="BREASTS"), case(is_covered=True)
    text = html.tostring(read(), encoding="unicode")
    assert all(photo.token in text for photo in plain.pairs.get().photos)
    for one in (covered, chosen):
        assert not [photo.token for photo in one.pairs.get().photos if photo.token in text]
        assert f'href="{ADDRESS}{one.code}/pictures/#pictures"' in text
    assert "These pictures show the breast area." in text


def test_skin_is_shown_in_words_and_no_date_is_shown() -> None:
    case(skin_tone="DARK_BROWN", consent=ConsentFactory(given_on=date(2025, 1, 1)))
    tree = read()
    text = text_of(main_of(tree))
    assert "Dark brown skin" in text
    assert not re.search(r"\b(Fitzpatrick|type|I{2,3}|IV|VI?)\b", text)
    source = html.tostring(tree, encoding="unicode")
    assert not re.search(r"\b20(2[3-7])\b|\b(January|August)\b", source)


def test_title_and_description_are_those_of_its_page() -> None:
    tree = read()
    assert text_of(tree.find(".//title")).startswith("Before and after – ")
    assert text_of(tree.find(".//h1")) == "Before and after"
    assert tree.xpath("//meta[@name='description']/@content")[0] == text_of(tree.find_class("lede")[0])


def test_staff_see_the_same_cases_through_the_cms(staff: Client) -> None:
    made = case()
    tree = read(client=staff)
    assert codes(tree) == [made.code]
    assert text_of(tree.find(".//h1")) == "Before and after"


def test_a_card_that_was_rendered_once_still_asks_whether_it_may_be_shown() -> None:
    """not even a change that nobody heard of, made in the database by hand, leaves a withdrawn case on the page."""
    hidden, twin = case(), case()
    assert set(codes(read())) == {hidden.code, twin.code}
    Consent.objects.filter(pk=hidden.consent.pk).update(withdrawn_at=NOON)
    assert codes(read()) == [twin.code]


def queries(query: str = "") -> int:
    with CaptureQueriesContext(connection) as asked:
        read(query)
    return len(asked)


def test_the_list_takes_at_most_eight_queries_however_many_cases() -> None:
    read()  # what a process reads once
    counts, made = [], 0
    for number in (1, 3, 60):
        while made < number:
            case()
            made += 1
        just_changed, again = queries(), queries()
        read("?area=abdomen&page=2")
        counts += [(just_changed, again, queries("?area=abdomen&page=2"))]
    assert len(set(counts)) == 1, counts
    assert max(counts[0]) <= 8, counts


def test_only_readers_of_the_page_get_its_script() -> None:
    assert "case-filters.js" in html.tostring(read(), encoding="unicode")
    assert "case-filters.js" not in Client().get("/").content.decode()
