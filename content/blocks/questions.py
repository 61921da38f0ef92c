"""Questions that patients ask; each answer opens on its own, and all are open in print."""

from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.http import HttpRequest

from . import outline
from .base import BlockPlugin, Section
from .rows import Column, RowsField


class Questions(Section):
    """Questions and answers."""

    questions = RowsField(
        columns=[Column("question", "Question", 120), Column("answer", "Answer", 1200, is_long=True)],
        most=20,
        help_text="For example: Does it hurt? · It is often uncomfortable. Numbing cream helps.",
    )


@plugin_pool.register_plugin
class QuestionsPlugin(BlockPlugin):
    """Questions."""

    model = Questions
    name = "Questions and answers"
    allowed_slots = ["home_body", "treatment_questions", "topic_body", "clinic_body"]
    advice = (
        "Patients want the questions they would be shy to ask, in their own words, and a straight answer first. "
        "For example: “Does it hurt?” · “It is often uncomfortable. Numbing cream helps.”"
    )

    def extra_context(self, request: HttpRequest, instance: Questions, block: SimpleNamespace) -> dict[str, Any]:
        """Return each row with the anchor of its answer; a browser opens what a link leads into."""
        here = outline.of_request(request)
        return {"answers": [(here.answer_anchor(), row) for row in block.questions]}
