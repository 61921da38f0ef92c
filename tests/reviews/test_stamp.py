"""What patients read about the review of a page: from the signature, and from nothing else."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from content.models import Prose, Reopened
from content.reviews import stamp
from tests.factories import DAY, ProseFactory, author, page_of_kind, signed, slot_of
from tests.rendering import address, main_of, publish, text_of, unescaped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
SAMPLE = "No clinician has reviewed this page yet"


def read(url: str, client: Client | None = None) -> str:
    return unescaped((client or Client()).get(url))


def review_of(url: str) -> str:
    tree = html.fromstring(Client().get(url).content.decode())
    return " ".join(text_of(one) for one in main_of(tree).find_class("review"))


def test_a_signed_page_says_by_whom_when_and_when_next_and_no_longer_that_it_is_a_sample() -> None:
    content = page_of_kind("topic")
    publish(content)
    assert review_of(address(content)) == (
        "Who has reviewed this page Reviewed by Dr dr-test, Dermatologist "
        "Last reviewed 1 March 2026 Next review due 1 March 2027"
    )
    assert SAMPLE not in read(address(content))


def test_a_seeded_page_says_that_it_is_a_sample_and_has_no_stamp() -> None:
    url = "/microneedling-for-stretch-marks/aftercare/"
    assert review_of(url) == ""
    assert SAMPLE in read(url)


def test_a_page_whose_signature_no_longer_fits_says_since_when_it_is_reviewed_again() -> None:
    content, twin = page_of_kind("topic"), page_of_kind("topic", slug="its-twin")
    for one in (content, twin):
        publish(one)
    Reopened.objects.create(page=content.page, since=DAY, because="a fact")
    assert "Being reviewed again since 1 March 2026" in review_of(address(content))
    assert "Next review due" not in review_of(address(content))
    assert "Next review due" in review_of(address(twin))


def test_a_preview_bears_the_stamp_only_while_its_signature_fits(staff: Client) -> None:
    content = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(content, "topic_body"))
    publish(content)
    draft = content.versions.get().copy(author()).content
    signed(draft)
    preview = f"/admin/cms/placeholder/object/{draft.versions.get().content_type_id}/preview/{draft.pk}/"
    assert "Reviewed by" in read(preview, staff)
    Prose.objects.filter(placeholder__in=draft.placeholders.all()).update(heading="Another")
    assert "Reviewed by" not in read(preview, staff)
    assert "Reviewed by" in read(address(content))


def test_a_save_never_moves_the_dates() -> None:
    content = page_of_kind("topic")
    publish(content)
    before = review_of(address(content))
    content.save()
    content.versions.get().save()
    assert review_of(address(content)) == before


def test_the_clinics_own_pages_bear_no_stamp() -> None:
    content = page_of_kind("clinic")
    publish(content)
    assert review_of(address(content)) == ""


def test_the_stamp_costs_readers_one_query(django_assert_num_queries: Any) -> None:
    content = page_of_kind("topic")
    publish(content)
    stamp.of(content)
    with django_assert_num_queries(1):
        assert stamp.of(content)
