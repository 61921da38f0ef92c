"""How the skin recovers, day by day."""

from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.db import models
from django.http import HttpRequest

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class RecoveryTimeline(Section):
    """A table of when, what to expect, and what to do."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    stages = RowsField(
        columns=[
            Column("when", "When", 40),
            Column("expect", "What to expect", 240, is_long=True),
            Column("care", "What to do", 240, is_required=False, is_long=True),
        ],
        most=10,
        help_text="For example: Days 2 and 3 · The warmth fades; skin may feel rough · Use plain moisturiser",
    )


@plugin_pool.register_plugin
class RecoveryTimelinePlugin(BlockPlugin):
    """Recovery, day by day."""

    model = RecoveryTimeline
    name = "Recovery, day by day"
    allowed_slots = ["topic_body"]
    advice = (
        "Patients want to know whether today’s skin is normal and when it ends. Begin with what they feel, then the "
        "colour on white, brown and black skin. For example: “Warm and tight, like sunburn.”"
    )

    def extra_context(self, request: HttpRequest, instance: RecoveryTimeline, block: SimpleNamespace) -> dict[str, Any]:
        """Return whether any stage says what to do."""
        return {"has_care": any(stage["care"] for stage in block.stages)}
