"""Who should not be treated now, and who should speak to the clinic first: the one list that pages and questions share.

Each row may also be put as a question. “Is it right for me?” asks the questions of every live list of its treatment.
"""

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from content.treatment.models import Treatment

from .base import BlockPlugin, Section
from .rows import Column, Row, RowsField

NOT_NOW, SPEAK_FIRST = "NOT_NOW", "SPEAK_FIRST"
KEPT = "_questions"
MEANINGS = {"not_now": NOT_NOW, "speak_first": SPEAK_FIRST}
#: Where the pages that may hold a list show it.
SLOTS = {"pages/treatment.html": "treatment_risks", "pages/topic.html": "topic_body"}
AS_A_QUESTION = [
    Column("question", "The same as a question, asked on “Is it right for me?”", 200, is_required=False, is_here=False),
    Column(
        "reason",
        "What we tell a reader who says yes: why, and what to do",
        500,
        is_required=False,
        is_long=True,
        is_here=False,
    ),
]


class WhoShouldWait(Section):
    """Two lists: not now, and speak to us first."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    not_now = RowsField(
        columns=[Column("text", "Not now if you …", 200), *AS_A_QUESTION],
        most=12,
        help_text="Finish “We do not treat you now if you …”. For example: are pregnant",
    )
    speak_first = RowsField(
        columns=[Column("text", "Speak to us first if you …", 200), *AS_A_QUESTION],
        most=12,
        help_text="Finish “Speak to us first if you …”. For example: have had raised or keloid scars",
    )

    def rows(self) -> list[Row]:
        """Every row as its text, question and reason, with what a yes means; first those of “not now”."""
        found = []
        for name, meaning in MEANINGS.items():
            rows = getattr(self, name)
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict):
                    words = {key: str(row.get(key, "")) for key in ("text", "question", "reason")}
                    found.append({**words, "yes_means": meaning})
        return found

    def clean(self) -> None:
        """Refuse a row whose question has no reason or the other way round, and one that stands here twice."""
        super().clean()
        seen: set[str] = set()
        errors: dict[str, list[str]] = {}
        for name in MEANINGS:
            rows = getattr(self, name)
            for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
                if isinstance(row, dict) and (problem := _problem(row, seen)):
                    errors.setdefault(name, []).append(f"Row {number}: {problem}")
        if errors:
            raise ValidationError(errors)


def _problem(row: Row, seen: set[str]) -> str:
    """What is wrong with the row, beside what each of its boxes may hold; `seen` are the texts of those before it."""
    texts = {plain(str(row.get(key, ""))) for key in ("text", "question")} - {""}
    is_twice = bool(texts & seen)
    seen |= texts
    if is_twice:
        return "This stands in the lists already. Take it out, or write what is different."
    question, reason = (bool(str(row.get(key, "")).strip()) for key in ("question", "reason"))
    if question and not reason:
        return "Say what we tell a reader who says yes to this question."
    if reason and not question:
        return "Write the question too, or leave out what we tell a reader who says yes."
    return ""


def plain(text: str) -> str:
    """A text by which two that say the same are told, however they were typed."""
    return " ".join(text.casefold().split()).strip(" .?")


def live_lists(treatment: Treatment | None) -> list[tuple[PageContent, WhoShouldWait]]:
    """Every list that patients read on pages of this treatment, with its page, in the order of the site."""
    live = PageContent.objects.filter(language=settings.LANGUAGE_CODE, template__in=SLOTS)
    blocks = WhoShouldWait.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent),
        placeholder__slot__in=SLOTS.values(),
        placeholder__object_id__in=live.values("pk"),
        language=settings.LANGUAGE_CODE,
    ).select_related("placeholder")
    pages = live.select_related("page").in_bulk([block.placeholder.object_id for block in blocks])
    found = [(pages[block.placeholder.object_id], block) for block in blocks if block.placeholder.object_id in pages]
    shown = [(page, block) for page, block in found if SLOTS[page.template] == block.placeholder.slot]
    ours = {page.pk for page, _ in shown if Treatment.objects.of_page(page.page) == treatment}
    return sorted(
        ((page, block) for page, block in shown if page.pk in ours),
        key=lambda pair: (pair[0].page.path, pair[1].position),
    )


def questions(treatment: Treatment | None) -> list[Row]:
    """What the live lists ask, each question once, with what a yes means and what is told to whoever says it.

    They are read once for a record of the treatment, which all blocks of a request share.
    """
    kept: list[Row] | None = getattr(treatment, KEPT, None)
    if kept is None:
        kept = _read_questions(treatment)
        if treatment is not None:
            setattr(treatment, KEPT, kept)
    return kept


def _read_questions(treatment: Treatment | None) -> list[Row]:
    rows = [row for _, block in live_lists(treatment) for row in block.rows() if row["question"]]
    by_question: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["yes_means"] != NOT_NOW):  # the more careful of two that say the same
        by_question.setdefault(plain(row["question"]), {key: row[key] for key in ("question", "yes_means", "reason")})
    return list(by_question.values())


@plugin_pool.register_plugin
class WhoShouldWaitPlugin(BlockPlugin):
    """Who should wait."""

    model = WhoShouldWait
    name = "Who should wait"
    allowed_slots = ["treatment_risks", "topic_body"]
    advice = (
        "Patients want to find themselves in a list, in their own words, before they book. Say what waiting is for. "
        "For example: “are pregnant”; “take blood thinners (never stop a prescribed medicine yourself)”. Put each row "
        "as a question too: “Is it right for me?” asks these questions, and no others. Ask so that yes is the answer "
        "that needs care."
    )
