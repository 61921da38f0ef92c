"""Running text: a few short paragraphs, with small headings, lists and links."""

from html import unescape
from typing import Any

from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from .base import BlockPlugin, Section
from .rich_text import RichTextField, clean


class Prose(Section):
    """Paragraphs under a heading."""

    body: Any = RichTextField("text")

    def clean(self) -> None:
        """Refuse text that is empty once cleaned."""
        self.body = clean(str(self.body))
        super().clean()
        if not any(character.isalnum() for character in unescape(strip_tags(self.body))):
            raise ValidationError({"body": "Write the text, or delete this block."})


@plugin_pool.register_plugin
class ProsePlugin(BlockPlugin):
    """Text."""

    model = Prose
    name = "Text"
    allowed_slots = [
        "home_body",
        "treatment_what",
        "treatment_where",
        "treatment_results",
        "treatment_options",
        "treatment_risks",
        "topic_summary",
        "topic_body",
        "suitability_more",
        "planner_changes",
        "clinic_body",
    ]
    advice = (
        "Patients want one thing at a time: put the answer first, in short sentences, as you would say it to them. "
        "For example: “Stretch marks are harmless. Many people leave them be.”"
    )
