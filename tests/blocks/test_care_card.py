"""When to get help, at three levels."""

import pytest
from django.test import Client

from content.models import CareCard
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import CareCardFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_care_card_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(CareCardFactory(), level="EMERGENCY", signs=[{"text": "you can’t breathe"}])


@pytest.mark.parametrize(
    ("level", "said", "number"),
    [
        ("NON_URGENT", "Non-urgent", "tel:01632960123"),
        ("URGENT", "Urgent", "tel:01632960123"),
        ("EMERGENCY", "Emergency", "tel:999"),
    ],
)
def test_care_card_says_its_level_in_words_and_whom_to_call(level: str, said: str, number: str) -> None:
    block = shown(CareCardFactory(level=level, heading="Get help if:"))
    assert text_of(block.find("h2")).startswith(f"{said}")
    assert number in [link.get("href") for link in block.iter("a")]


def test_care_card_heading_must_end_if(staff: Client) -> None:
    values = {"heading": "When to call us", "level": "URGENT", "signs": [{"text": "the pain is getting worse"}]}
    assert refused(staff, CareCard, values) == ["End the heading with “if:”, for example “Call us the same day if:”."]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "Fill in at least 1 row."), (6, "There is room for 5 rows here; there are 6. Leave some out.")],
)
def test_care_card_has_one_to_five_rows(staff: Client, count: int, sentence: str) -> None:
    signs = [{"text": f"this is sign number {number}"} for number in range(count)]
    assert refused(staff, CareCard, {"heading": "Call us if:", "level": "URGENT", "signs": signs}) == [sentence]
