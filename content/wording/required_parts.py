"""Check that a page has its required parts: something to read, and for medical ones risks and when to get help."""

from collections.abc import Iterator

from content.topics import MAIN_SLOTS, SLOT_NAMES, TOPICS
from content.wording.findings import Finding, Level, PageText

RISKS = {"who_should_wait", "care_card"}
ASKS_TO_ACT = {"do_and_dont", "recovery_timeline"}


def check(page: PageText) -> list[Finding]:
    """Return the missing parts of a page: those of its kind, and the one that it is there for."""
    if page.template == "treatment":
        return list(_treatment(page))
    if page.template == "topic":
        return [*_topic(page), *_main(page)]
    if page.template == "suitability" and "right_for_me" not in page.slots.get("suitability_questions", ()):
        return [_missing("suitability_questions", "There are no questions yet. The page is there to ask them.")]
    return list(_main(page))


def _treatment(page: PageText) -> Iterator[Finding]:
    for topic in TOPICS:
        if topic.is_required and not page.slots.get(topic.slot):
            yield _missing(topic.slot, f"“{topic.title}” is still empty. Patients need it to decide.")
    risks = page.slots.get("treatment_risks", ())
    if risks and not RISKS & set(risks):
        yield Finding(
            Level.BLOCKING,
            "no-risks-block",
            None,
            SLOT_NAMES["treatment_risks"],
            "Nothing here says who should wait, or when to get help.",
            "Add a “Who should wait” block or a care card.",
        )


def _topic(page: PageText) -> Iterator[Finding]:
    if not page.slots.get("topic_summary"):
        yield _missing("topic_summary", "The summary is still empty. Many people read no further.")
    if page.slots.get("topic_help"):
        return
    kinds = {kind for slot in page.slots.values() for kind in slot}
    if kinds & ASKS_TO_ACT:
        yield _missing("topic_help", "This page tells people what to do at home, and not when to get help.")
    else:
        yield _missing("topic_help", "This page does not say when to get help.", Level.ADVISORY)


def _main(page: PageText) -> Iterator[Finding]:
    for slot in MAIN_SLOTS.get(page.template, ()):
        if not page.sends_on and not page.slots.get(slot):
            yield _missing(slot, "There is nothing here yet. Readers would find an empty page.")


def _missing(slot: str, problem: str, level: Level = Level.BLOCKING) -> Finding:
    name = SLOT_NAMES[slot]
    return Finding(level, "missing-part", None, name, problem, f"Add a block to the part “{name}” of the page.")
