"""A page with medical content is stopped while a part that patients need is missing."""

import pytest

from content.topics import MAIN_SLOTS, SLOT_NAMES, TOPICS
from content.wording import required_parts
from content.wording.findings import Level, PageText

WHOLE = {topic.slot: ["prose"] for topic in TOPICS} | {"treatment_risks": ["prose", "who_should_wait"]}
REQUIRED = [topic for topic in TOPICS if topic.is_required]


def found(template: str, slots: dict[str, list[str]]) -> list[tuple[Level, str, str]]:
    return [
        (one.level, one.code, one.place) for one in required_parts.check(PageText([], template=template, slots=slots))
    ]


def test_whole_treatment_page_may_go_live() -> None:
    assert found("treatment", WHOLE) == []
    assert found("treatment", WHOLE | {"treatment_risks": ["care_card"]}) == []


@pytest.mark.parametrize("topic", REQUIRED, ids=lambda topic: topic.key)
def test_treatment_page_without_a_required_topic_is_stopped(topic: object) -> None:
    slot, title = topic.slot, topic.title
    assert found("treatment", {**WHOLE, slot: []}) == [(Level.BLOCKING, "missing-part", title)]


def test_treatment_page_without_an_optional_topic_is_not() -> None:
    optional = {topic.slot: [] for topic in TOPICS if not topic.is_required}
    assert optional
    assert found("treatment", {**WHOLE, **optional}) == []


def test_risks_without_who_should_wait_or_a_care_card_are_stopped() -> None:
    assert found("treatment", WHOLE | {"treatment_risks": ["prose"]}) == [
        (Level.BLOCKING, "no-risks-block", "Risks, who should wait")
    ]


def test_topic_page_needs_a_summary() -> None:
    said = found("topic", {"topic_body": ["prose"], "topic_help": ["care_card"]})
    assert said == [(Level.BLOCKING, "missing-part", "Summary")]


@pytest.mark.parametrize("kind", ["do_and_dont", "recovery_timeline"])
def test_page_that_tells_people_what_to_do_must_say_when_to_get_help(kind: str) -> None:
    slots = {"topic_summary": ["callout"], "topic_body": [kind]}
    assert found("topic", slots) == [(Level.BLOCKING, "missing-part", "When to get help")]
    assert found("topic", slots | {"topic_help": ["care_card"]}) == []


def test_other_topic_pages_are_only_advised_to() -> None:
    said = found("topic", {"topic_summary": ["callout"], "topic_body": ["prose"]})
    assert said == [(Level.ADVISORY, "missing-part", "When to get help")]


def test_the_gallery_shows_the_cases_and_needs_no_block() -> None:
    assert found("gallery", {}) == []


@pytest.mark.usefixtures("empty_pages_are_stopped")
@pytest.mark.parametrize("template", MAIN_SLOTS)
def test_a_page_with_nothing_to_read_is_stopped(template: str) -> None:
    full = {slot: ["prose"] for slot in SLOT_NAMES if slot.startswith(f"{template}_")}
    for slot in MAIN_SLOTS[template]:
        assert found(template, full | {slot: []}) == [(Level.BLOCKING, "missing-part", SLOT_NAMES[slot])]
    assert found(template, full) == []


def test_a_page_that_sends_its_readers_on_may_be_empty() -> None:
    assert required_parts.check(PageText([], template="clinic", sends_on=True)) == []


def test_the_page_of_yes_or_no_questions_needs_its_questions() -> None:
    assert found("suitability", {"suitability_more": ["questions_to_ask"]}) == [
        (Level.BLOCKING, "missing-part", "Yes-or-no questions")
    ]
    assert found("suitability", {"suitability_questions": ["right_for_me"]}) == []
