"""The studies and guidance that the page's numbers come from, so that a reader can check them."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class Sources(Section):
    """A list of sources, each with an address where there is one."""

    intro = models.TextField("introduction", max_length=400, blank=True)
    sources = RowsField(
        columns=[
            Column("text", "Source, and what it found", 400, is_long=True),
            Column("address", "Web address", 300, is_required=False, is_address=True),
        ],
        most=20,
        help_text="For example: Randomised trial, 20 people, 2019: … · https://doi.org/10.1007/s40257-018-0415-0",
    )


@plugin_pool.register_plugin
class SourcesPlugin(BlockPlugin):
    """Sources."""

    model = Sources
    name = "Sources"
    allowed_slots = ["treatment_sources", "planner_sources", "suitability_sources", "topic_sources"]
    advice = (
        "Patients want to know whom to believe: how many people were studied, and what was found. "
        "For example: “Randomised trial, 20 people: more collagen after 3 and 5 sessions.”"
    )
