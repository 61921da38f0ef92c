"""Questions to take to a consultation, printed with a line for each answer."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class QuestionsToAsk(Section):
    """A list of questions for a reader to ask the clinic."""

    intro = models.TextField("introduction", max_length=400, blank=True)
    questions = RowsField(
        columns=[Column("question", "Question", 160)],
        most=10,
        help_text="As the patient would say it. For example: What are the risks for my skin?",
    )


@plugin_pool.register_plugin
class QuestionsToAskPlugin(BlockPlugin):
    """Questions to ask."""

    model = QuestionsToAsk
    name = "Questions to ask us"
    allowed_slots = ["suitability_more"]
    advice = (
        "Patients want words for what they would be shy to ask, on paper, with room for the answer. "
        "For example: “Who will treat me, and how often have they treated skin like mine?”"
    )
