"""A care card: when to get help, at one of three levels, each in words as well as in colour."""

from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class CareCard(Section):
    """Signs to look for and whom to call; the levels and the heading's ending follow the NHS care card."""

    class Level(models.TextChoices):
        """How soon help is needed."""

        NON_URGENT = "NON_URGENT", "Non-urgent: speak to us when you can"
        URGENT = "URGENT", "Urgent: call us the same day"
        EMERGENCY = "EMERGENCY", "Emergency: call an ambulance"

    heading = models.CharField(
        max_length=120, help_text="The rows finish it, so end it with “if:”. For example: Call us the same day if:"
    )
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.URGENT)
    signs = RowsField(
        columns=[Column("text", "Sign", 160)],
        most=5,
        help_text="Finish the sentence of the heading. For example: the pain or swelling is getting worse",
    )
    advice = models.TextField(
        "after the list",
        max_length=400,
        blank=True,
        help_text="For example: how the sign looks on brown or black skin.",
    )

    def clean(self) -> None:
        """Refuse a heading that the rows can't finish."""
        super().clean()
        if not self.heading.rstrip().endswith("if:"):
            raise ValidationError({"heading": "End the heading with “if:”, for example “Call us the same day if:”."})


@plugin_pool.register_plugin
class CareCardPlugin(BlockPlugin):
    """Care card."""

    model = CareCard
    name = "Care card: when to get help"
    allowed_slots = ["treatment_risks", "topic_body", "topic_help"]
    advice = (
        "Patients want to know which signs are not normal and whom to call at what hour. The numbers come from the "
        "clinic’s record. For example, “Call us the same day if:” · “the pain or swelling is getting worse”."
    )

    def extra_context(self, request: HttpRequest, instance: CareCard, block: SimpleNamespace) -> dict[str, Any]:
        """Return the level in words, for screen readers to read before the heading."""
        return {"heading_prefix": instance.get_level_display().partition(":")[0]}
