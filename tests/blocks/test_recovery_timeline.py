"""How the skin recovers, day by day."""

import pytest
from django.test import Client

from content.models import RecoveryTimeline
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import RecoveryTimelineFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_recovery_timeline_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(RecoveryTimelineFactory(), stages=[{"when": "Day 9", "expect": "Calm", "care": ""}])


def test_recovery_timeline_is_a_table_with_a_heading_for_each_row() -> None:
    table = next(shown(RecoveryTimelineFactory()).iter("table"))
    rows = [[text_of(cell) for cell in row] for row in table.find("tbody")]
    assert rows == [["Day 1", "Warm and tight", "Only the gel"], ["Day 2", "Less warm", "–"]]
    assert {cell.get("scope") for cell in table.iter("th")} == {"col", "row"}


def test_recovery_timeline_has_no_empty_column() -> None:
    block = shown(RecoveryTimelineFactory(stages=[{"when": "Day 1", "expect": "Warm", "care": ""}]))
    assert [text_of(cell) for cell in next(block.iter("thead")).iter("th")] == ["When", "What to expect"]


def test_recovery_timeline_refuses_a_stage_without_words(staff: Client) -> None:
    stages = [{"when": "The first evening", "expect": "", "care": "Only the gel you were given"}]
    assert refused(staff, RecoveryTimeline, {"stages": stages}) == ["Row 1: “What to expect” is missing."]
