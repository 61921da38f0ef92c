"""The options side by side, with doing nothing as one of them."""

import re

from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.db import models

from .base import BlockPlugin, Section
from .rows import Column, RowsField

DOING_NOTHING = re.compile(
    r"\b(no treatment|doing nothing|do nothing|leav\w+ (them|it|the marks)|wait\w* and see)\b", re.I
)


class OptionsTable(Section):
    """Options as rows of a table."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    options = RowsField(
        columns=[
            Column("option", "Option", 80),
            Column("can_do", "What it can do", 300, is_long=True),
            Column("downsides", "Downsides and limits", 300, is_long=True),
        ],
        least=2,
        most=8,
        help_text="For example: Leaving them be · Marks often fade by themselves in a year or two · It takes time",
    )

    def clean(self) -> None:
        """Refuse a table without the option of doing nothing (NICE and GMC ask that it is always offered)."""
        super().clean()
        if self.options and not any(DOING_NOTHING.search(row["option"]) for row in self.options):
            raise ValidationError(
                {"options": "Patients may always choose no treatment: add a row such as “Leaving them be”."}
            )


@plugin_pool.register_plugin
class OptionsTablePlugin(BlockPlugin):
    """Options."""

    model = OptionsTable
    name = "Options side by side"
    allowed_slots = ["treatment_options", "topic_body"]
    advice = (
        "Patients want to weigh this treatment against others and against doing nothing, each with as much detail. "
        "For example: “Laser” · “About as much change as microneedling” · “Heat can darken brown and black skin”."
    )
