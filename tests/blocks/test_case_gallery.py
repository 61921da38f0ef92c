"""Cases on a page: those that may be shown today, and never another."""

from datetime import timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.db import IntegrityError, transaction
from django.test import Client
from lxml import html

from content.models import Case, CaseGallery
from content.pages import published_pages
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import DAY, NOON, CaseFactory, CaseGalleryFactory, page_of_kind, slot_of
from tests.rendering import address, publish, seen, shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages", "today")]


def case(**values: Any) -> Case:
    made: Case = CaseFactory(**values)
    return made


def codes(block: CaseGallery) -> list[str]:
    """The cases that a reader sees, in their order."""
    cards = shown(block).find_class("card")
    return [card.xpath(".//a[@href]/@href")[-1].split("/")[2] for card in cards]


def chosen(*cases: Case) -> list[dict[str, str]]:
    return [{"code": one.code} for one in cases]


def test_case_gallery_survives_new_draft_edit_publish_and_revert() -> None:
    made = case()
    block = CaseGalleryFactory(cases=chosen(made), body_area="HIPS", skin_tone="BLACK", how_many=2)
    survives_versions(block, cases=[], body_area="", skin_tone="WHITE", how_many=12)


def test_case_gallery_shows_the_newest_that_fit() -> None:
    made = [case(approved_at=NOON + timedelta(minutes=number)) for number in range(4)]
    case(approved_at=NOON + timedelta(minutes=9), body_area="HIPS")
    case(approved_at=NOON + timedelta(minutes=9), skin_tone="BLACK")
    block = CaseGalleryFactory(how_many=2, body_area="ABDOMEN", skin_tone="MEDIUM_BROWN")
    assert codes(block) == [made[3].code, made[2].code]


def test_case_gallery_shows_chosen_cases_in_the_order_chosen_each_once() -> None:
    first, second, third = (case(approved_at=NOON + timedelta(minutes=number)) for number in range(3))
    block = CaseGalleryFactory(how_many=1, cases=chosen(second, third, first, second))
    assert codes(block) == [second.code, third.code, first.code]


def test_two_case_galleries_of_a_page_show_each_their_own() -> None:
    hips, back = case(body_area="HIPS"), case(body_area="BACK")
    slot = slot_of(page_of_kind("topic"), "topic_body")
    CaseGalleryFactory(placeholder=slot, heading="Hips", body_area="HIPS")
    tree = seen(CaseGalleryFactory(placeholder=slot, heading="Back", cases=chosen(back)))
    found = {
        text_of(block.find("h2")): [card.xpath(".//a/@href")[-1] for card in block.find_class("card")]
        for block in tree.find_class("case-gallery")
    }
    assert found == {"Hips": [f"/before-and-after/{hips.code}/"], "Back": [f"/before-and-after/{back.code}/"]}


@pytest.mark.parametrize("how", ["chosen", "newest"])
@pytest.mark.parametrize(
    "reason",
    [{"consent__withdrawn_at": NOON}, {"consent__expires_on": DAY - timedelta(days=1)}, {"approved_at": None}],
    ids=["withdrawn", "expired", "unapproved"],
)
def test_case_gallery_leaves_no_trace_of_a_hidden_case(reason: dict[str, Any], how: str) -> None:
    twin, hidden = case(), case(**reason)
    block = CaseGalleryFactory(cases=chosen(hidden, twin) if how == "chosen" else [])
    source = html.tostring(seen(block), encoding="unicode")
    assert twin.code in source
    assert all(photo.token in source for photo in twin.pairs.get().photos)
    names = [hidden.code, *(photo.token for photo in hidden.pairs.get().photos)]
    assert not [name for name in names if name in source]


def test_case_gallery_shows_a_withdrawn_case_no_more_at_once() -> None:
    first, second = case(), case()
    block = CaseGalleryFactory(cases=chosen(first, second))
    assert codes(block) == [first.code, second.code]
    assert first.consent is not None
    first.consent.withdrawn_at = NOON
    first.consent.save()
    assert codes(block) == [second.code]


def test_case_gallery_covers_what_the_reader_has_not_chosen() -> None:
    made = case(body_area="BOTTOM")
    source = html.tostring(shown(CaseGalleryFactory()), encoding="unicode")
    assert "These pictures show the bottom." in source
    assert not [photo.token for photo in made.pairs.get().photos if photo.token in source]


def test_case_gallery_says_the_honest_range_and_leads_to_all_cases() -> None:
    case(outcome="SMALL")
    case(approved_at=None)
    block = shown(CaseGalleryFactory())
    assert "1 of 2 consented cases are shown: 0 large changes, 0 moderate, 1 small, 0 none." in text_of(block)
    assert [link.get("href") for link in block.iter("a")][-1] == "/before-and-after/"


def test_case_gallery_without_cases_shows_nothing_to_readers(staff: Client) -> None:
    from tests.clinic_site.http.test_headers import content_type

    case(approved_at=None)
    draft = page_of_kind("topic")
    CaseGalleryFactory(placeholder=slot_of(draft, "topic_body"), heading="Lonely heading")
    edit = staff.get(f"/admin/cms/placeholder/object/{content_type()}/edit/{draft.pk}/").content.decode()
    assert "there is no case to show here now" in edit
    publish(draft)
    assert "Lonely heading" not in Client().get(address(draft)).content.decode()


def test_case_gallery_needs_no_page_of_the_list() -> None:
    from django.test import RequestFactory

    case()
    content = PageContent.objects.get(page__reverse_id="gallery")
    content.versions.get().unpublish(content.versions.get().created_by)
    assert "See all cases" not in text_of(shown(CaseGalleryFactory()))
    assert "gallery" not in {one.reverse_id for one in published_pages(RequestFactory().get("/")).values()}


def queries(*how_many: int) -> int:
    """Those of a page with a block for each number of cases."""
    from tests.blocks.test_base import queries_of

    draft = page_of_kind("topic")
    for number in how_many:
        CaseGalleryFactory(how_many=number, placeholder=slot_of(draft, "topic_body"))
    publish(draft)
    queries_of(address(draft))
    return queries_of(address(draft))


def test_more_cases_and_more_blocks_of_them_cost_no_more_queries() -> None:
    for _ in range(12):
        case()
    assert queries(1) == queries(12) == queries(1, 12, 7, 3)


def test_case_gallery_form_refuses_a_code_that_no_case_has(staff: Client) -> None:
    made = case()
    values = {"heading": "Before and after here", "how_many": 3, "cases": [{"code": made.code}, {"code": "2222222222"}]}
    said = "Row 2: no case has the code “2222222222”. Copy it from its page."
    assert refused(staff, CaseGallery, values) == [said]


def test_case_gallery_form_takes_one_to_twelve(staff: Client) -> None:
    for number in (0, 13):
        assert refused(staff, CaseGallery, {"heading": "Before and after here", "how_many": number})
    block = CaseGalleryFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseGallery.objects.filter(pk=block.pk).update(how_many=13)
