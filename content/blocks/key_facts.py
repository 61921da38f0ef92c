"""Key facts: up to six figures or short phrases, each with what it means, below the title of a page."""

from cms.plugin_pool import plugin_pool

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class KeyFacts(Section):
    """Facts as pairs: a figure or phrase in large type, and what it means."""

    facts = RowsField(
        columns=[Column("value", "Fact", 40), Column("meaning", "What it is about", 120)],
        most=6,
        help_text="For example: [[weeks-between-sessions]] · between one session and the next",
    )


@plugin_pool.register_plugin
class KeyFactsPlugin(BlockPlugin):
    """Key facts."""

    model = KeyFacts
    name = "Key facts"
    allowed_slots = ["home_body", "treatment_summary", "treatment_results", "topic_summary", "topic_body"]
    advice = (
        "Patients want to know how long, how often, how sore and how many, before they read on. Put the limits beside "
        "the promise, for example: “No treatment” · “removes stretch marks altogether”."
    )
