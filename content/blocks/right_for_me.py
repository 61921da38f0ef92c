"""Yes-or-no questions before booking, and what each outcome tells the reader (`content.suitability` answers).

The questions are those of the “Who should wait” lists, so that this page can't contradict them.
"""

import hashlib
from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.db import models

from content.treatment.models import Treatment
from content.treatment.tokens import substitute_all

from . import who_should_wait
from .base import BlockPlugin, Section
from .rows import Column, Row, RowsField
from .who_should_wait import NOT_NOW, SPEAK_FIRST, comparison_key

BOOK = "BOOK"
SLOT = "suitability_questions"


class RightForMe(Section):
    """The words of the three outcomes, and questions of its own that no “Who should wait” list asks."""

    intro = models.TextField(
        "introduction",
        max_length=600,
        blank=True,
        help_text="Say what to choose when one is not sure. For example: Not sure? Choose yes.",
    )
    questions = RowsField(
        columns=[
            Column("question", "Question, to be answered with yes or no", 200),
            Column("yes_means", "A yes means", choices=[(NOT_NOW, "Not now"), (SPEAK_FIRST, "Speak to us first")]),
            Column("reason", "What we tell a reader who says yes: why, and what to do", 500, is_long=True),
        ],
        least=0,
        most=12,
        help_text="Leave this empty: the questions come from “Who should wait” on the treatment’s page. Where there is "
        "no such list, ask so that yes is the answer that needs care, for example: Are you pregnant?",
    )
    not_now_heading = models.CharField("“not now”: heading", max_length=80)
    not_now_text = models.TextField(
        "“not now”: what to do", max_length=600, help_text="Blame nobody, and say a way on."
    )
    speak_first_heading = models.CharField("“speak to us first”: heading", max_length=80)
    speak_first_text = models.TextField("“speak to us first”: what to do", max_length=600)
    book_heading = models.CharField("no to everything: heading", max_length=80)
    book_text = models.TextField(
        "no to everything: what to do",
        max_length=600,
        help_text="Say that a clinician still looks at the skin before anything is decided.",
    )

    def display_fields(self, treatment: Treatment | None) -> SimpleNamespace:
        """Add to each question the `name` of its form field, and `asked`, a digest that changes with any question."""
        fields = super().display_fields(treatment)
        questions = substitute_all(self.all_questions(who_should_wait.questions(treatment)), treatment)
        fields.questions = [{**row, "name": f"q-{_digest(row['question'])}"} for row in questions]
        fields.asked = _digest(*(row["name"] for row in fields.questions))
        return fields

    def all_questions(self, listed: list[Row]) -> list[Row]:
        """Return the questions of the lists, then the block's own that aren't among them."""
        keys = {comparison_key(row["question"]) for row in listed}
        own = [row for row in self.questions if not (_is_row(row) and comparison_key(row["question"]) in keys)]
        return [*listed, *own]

    def values_from_other_pages(self, treatment: Treatment | None) -> dict[str, Any]:
        """Return the questions if the lists ask any, so that a signature covers what patients are asked."""
        listed = who_should_wait.questions(treatment)
        return {"questions": [*listed, *self.questions]} if listed else {}

    def clean(self) -> None:
        """Refuse a question that stands here twice: its two answers could differ."""
        super().clean()
        questions = [row.get("question", "") for row in self.questions if isinstance(row, dict)]
        if len(questions) > len(set(questions)):
            raise ValidationError({"questions": "The same question stands here twice. Take one of them out."})


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("question"), str)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


@plugin_pool.register_plugin
class RightForMePlugin(BlockPlugin):
    """Is it right for me?"""

    model = RightForMe
    name = "Is it right for me? (yes or no)"
    allowed_slots = [SLOT]
    advice = (
        "Patients want to know whether to book, to call or to wait, and why, before they have told anybody anything. "
        "Never say that the treatment suits them: only a clinician who has seen them can. For example: “Are you "
        "pregnant, or could you be?” · “We do not treat you while you are pregnant. Many marks fade after the birth.”"
    )
