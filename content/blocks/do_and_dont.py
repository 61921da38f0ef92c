"""What to do and what not to do: the do list first, then the do-not list, each row a plain instruction."""

import re

from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.db import models

from .base import BlockPlugin, Section
from .rows import Column, RowsField

NEGATED = re.compile(r"\s*(do\s+not|don['’]?t|never|no|not|avoid)\b", re.IGNORECASE)


class DoAndDont(Section):
    """Two lists; a do-not row is stored without its "do not", which the template adds."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    do_rows = RowsField(
        "do",
        columns=[Column("text", "Do", 200)],
        most=12,
        help_text="Begin with the verb. For example: wear loose cotton for 48 hours",
    )
    dont_rows = RowsField(
        "do not",
        columns=[Column("text", "Do not …", 200)],
        most=12,
        row_prefix="Do not",
        help_text="Leave out “do not”: the page writes it before each row. For example: pick or scratch the area",
    )

    def clean(self) -> None:
        """Refuse do-not rows that would read "do not do not …"."""
        super().clean()
        problems = [
            f"Row {number}: leave out “{match[1]}”; the page begins every row of this list with “do not”."
            for number, row in enumerate(self.dont_rows, 1)
            if (match := NEGATED.match(row["text"]))
        ]
        if problems:
            raise ValidationError({"dont_rows": problems})


@plugin_pool.register_plugin
class DoAndDontPlugin(BlockPlugin):
    """Do and do not."""

    model = DoAndDont
    name = "Do and do not"
    allowed_slots = ["planner_before", "planner_after", "topic_body"]
    advice = (
        "Patients want to be told plainly, with a time for each. Say the area of the body where it matters. "
        "For example, do: “wear loose cotton for 48 hours”; do not: “sunbathe for 2 weeks”."
    )
