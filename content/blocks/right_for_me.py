"""Yes-or-no questions before booking, and what each outcome tells the reader (`content.suitability` answers).

The questions are those of the lists of who should wait, so that this page and they can't say two things.
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
from .who_should_wait import NOT_NOW, SPEAK_FIRST, plain

BOOK = "BOOK"
SLOT = "suitability_questions"


class RightForMe(Section):
    """The words of the three outcomes; and questions of its own, where no list of who should wait asks them."""

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
        """Each question also by the name of its answer, and all of them by `asked`, which changes when one does."""
        said = super().display_fields(treatment)
        asked = substitute_all(self.asked(who_should_wait.questions(treatment)), treatment)
        said.questions = [{**row, "name": f"q-{_digest(row['question'])}"} for row in asked]
        said.asked = _digest(*(row["name"] for row in said.questions))
        return said

    def asked(self, listed: list[Row]) -> list[Row]:
        """The questions of the lists, then those of its own that are not among them."""
        known = {plain(row["question"]) for row in listed}
        return [*listed, *(row for row in self.questions if not (_is_row(row) and plain(row["question"]) in known))]

    def drawn(self, treatment: Treatment | None) -> dict[str, Any]:
        """Its questions, while a list of who should wait asks any: the signature is over what patients are asked."""
        listed = who_should_wait.questions(treatment)
        return {"questions": [*listed, *self.questions]} if listed else {}

    def clean(self) -> None:
        """Refuse a question that is asked twice: its two answers could differ."""
        super().clean()
        asked = [row.get("question", "") for row in self.questions if isinstance(row, dict)]
        if len(asked) > len(set(asked)):
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
