"""The topics of a treatment page: their slots, order and titles, and which are required."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One topic, held by a slot of the treatment page; `title` is the slot's name for staff."""

    key: str
    slot: str
    title: str
    order: int
    is_required: bool


TOPICS = (
    Topic("summary", "treatment_summary", "Key facts", 1, is_required=True),
    Topic("what", "treatment_what", "What it is", 2, is_required=True),
    Topic("where", "treatment_where", "Where and why", 3, is_required=True),
    Topic("results", "treatment_results", "Results", 4, is_required=True),
    Topic("options", "treatment_options", "Options", 5, is_required=True),
    Topic("risks", "treatment_risks", "Risks, who should wait", 6, is_required=True),
    Topic("questions", "treatment_questions", "Questions", 7, is_required=False),
    Topic("next", "treatment_next", "Where to read on", 8, is_required=False),
    Topic("sources", "treatment_sources", "Sources", 9, is_required=True),
    Topic("closing", "treatment_closing", "Closing band", 10, is_required=False),
)

#: The name of each slot for staff, for every kind of page.
SLOT_NAMES = {
    "home_hero": "Beside the title",
    "home_body": "Home page",
    "home_closing": "Closing band",
    **{topic.slot: topic.title for topic in TOPICS},
    "topic_summary": "Summary",
    "topic_body": "This topic",
    "topic_help": "When to get help",
    "topic_sources": "Sources",
    "topic_closing": "Closing band",
    "planner_before": "Before a session",
    "planner_after": "After a session",
    "planner_changes": "If plans change",
    "planner_sources": "Sources",
    "planner_closing": "Closing band",
    "suitability_questions": "Yes-or-no questions",
    "suitability_more": "Below the questions",
    "suitability_sources": "Sources",
    "suitability_closing": "Closing band",
    "clinic_body": "This page",
    "clinic_closing": "Closing band",
}

#: The slots without which a page of that kind has nothing to say, besides those that `required_parts` asks for anyway.
MAIN_SLOTS = {
    "home": ("home_body",),
    "topic": ("topic_body",),
    "planner": ("planner_before", "planner_after"),
    "clinic": ("clinic_body",),
}

#: The beginning of each prompt on a new topic page; a page with a prompt can be neither signed nor published.
PROMPT = "Write here:"


def is_prompt(text: str) -> bool:
    """Return whether the text contains a prompt."""
    return PROMPT.casefold() in " ".join(text.split()).casefold()
