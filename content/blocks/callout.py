"""A sentence or two set apart because they must not be missed: the range of results, a limit, a caution."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section


class Callout(Section):
    """A short text with a bold beginning."""

    title = models.CharField(max_length=80, help_text="For example: What to expect")
    text = models.TextField(max_length=600)


@plugin_pool.register_plugin
class CalloutPlugin(BlockPlugin):
    """Callout."""

    model = Callout
    name = "Callout"
    allowed_slots = [
        "home_body",
        "treatment_what",
        "treatment_where",
        "treatment_results",
        "treatment_options",
        "treatment_risks",
        "topic_summary",
        "topic_body",
        "clinic_body",
    ]
    advice = (
        "Patients want the limits said as clearly as the hopes. One callout a page is read; three are not. "
        "For example: “Some people see little change, even after a full course.”"
    )
