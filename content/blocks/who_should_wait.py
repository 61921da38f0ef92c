"""Who should not be treated now, and who should speak to the clinic first.

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
QUESTIONS_ATTRIBUTE = "_questions"
MEANINGS = {"not_now": NOT_NOW, "speak_first": SPEAK_FIRST}
#: The slot that shows a list, for each template of a page that may hold one.
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
        row_prefix="We do not treat you now if you",
        help_text="Finish “We do not treat you now if you …”. For example: are pregnant",
    )
    speak_first = RowsField(
        columns=[Column("text", "Speak to us first if you …", 200), *AS_A_QUESTION],
        most=12,
        row_prefix="Speak to us first if you",
        help_text="Finish “Speak to us first if you …”. For example: have had raised or keloid scars",
    )

    def rows(self) -> list[Row]:
        """Return each row's text, question and reason with what a yes means; those of “not now” come first."""
        result = []
        for name, meaning in MEANINGS.items():
            rows = getattr(self, name)
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict):
                    words = {key: str(row.get(key, "")) for key in ("text", "question", "reason")}
                    result.append({**words, "yes_means": meaning})
        return result

    def clean(self) -> None:
        """Refuse a row with a question but no reason or the reverse, and a row that stands here twice."""
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
    """Return what is wrong with the row as a whole, or ""; adds its texts to `seen`, those of the rows before it."""
    texts = {comparison_key(str(row.get(key, ""))) for key in ("text", "question")} - {""}
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


def comparison_key(text: str) -> str:
    """Return `text` without differences of case, spacing and final punctuation, to compare it by."""
    return " ".join(text.casefold().split()).strip(" .?")


def live_lists(treatment: Treatment | None) -> list[tuple[PageContent, WhoShouldWait]]:
    """Return every published list on the pages of this treatment, with its page, in the order of the site."""
    live = PageContent.objects.filter(language=settings.LANGUAGE_CODE, template__in=SLOTS)
    blocks = WhoShouldWait.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent),
        placeholder__slot__in=SLOTS.values(),
        placeholder__object_id__in=live.values("pk"),
        language=settings.LANGUAGE_CODE,
    ).select_related("placeholder")
    pages = live.select_related("page").in_bulk([block.placeholder.object_id for block in blocks])
    on_pages = [(pages[block.placeholder.object_id], block) for block in blocks if block.placeholder.object_id in pages]
    shown = [(page, block) for page, block in on_pages if SLOTS[page.template] == block.placeholder.slot]
    page_ids = {page.pk for page, _ in shown if Treatment.objects.of_page(page.page) == treatment}
    return sorted(
        ((page, block) for page, block in shown if page.pk in page_ids),
        key=lambda pair: (pair[0].page.path, pair[1].position),
    )


def questions(treatment: Treatment | None) -> list[Row]:
    """Return each question of the published lists once, with what a yes means and the reason that a yes is shown.

    They are cached on `treatment`, which all blocks of a request share.
    """
    rows: list[Row] | None = getattr(treatment, QUESTIONS_ATTRIBUTE, None)
    if rows is None:
        rows = _read_questions(treatment)
        if treatment is not None:
            setattr(treatment, QUESTIONS_ATTRIBUTE, rows)
    return rows


def _read_questions(treatment: Treatment | None) -> list[Row]:
    rows = [row for _, block in live_lists(treatment) for row in block.rows() if row["question"]]
    by_question: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["yes_means"] != NOT_NOW):  # of two alike, the more careful one wins
        by_question.setdefault(
            comparison_key(row["question"]), {key: row[key] for key in ("question", "yes_means", "reason")}
        )
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
