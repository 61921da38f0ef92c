"""The text of a version as the checks read it: every passage with its place, the facts it may quote, live addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cms.models import PageContent
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.text import slugify

from content.blocks import who_should_wait
from content.blocks.base import Block
from content.blocks.outline import RESERVED
from content.blocks.rich_text import RichTextField
from content.blocks.right_for_me import RightForMe
from content.blocks.rows import Column, Row, RowsField
from content.blocks.who_should_wait import WhoShouldWait
from content.gallery.models import Case
from content.pages import published_urls
from content.treatment.models import Treatment
from content.treatment.tokens import TOKENS
from content.wording import links
from content.wording.passages import Fact, Kind, PageText, Passage, Waits

from .document import ShownBlock, shown_blocks

HEADING_FIELDS = {"heading", "reasons_heading", "title", "not_now_heading", "speak_first_heading", "book_heading"}
SINGLE_SENTENCE_ROWS = {"facts"}  # rows whose boxes are read as one sentence
QUESTIONS_TEMPLATE = "pages/suitability.html"
EXCLUDED_FIELDS = {"cases"}  # codes, no words
ADDRESS_FIELDS = ("slug", "overwrite_url")
QUESTION_START = re.compile(
    r"(?:is|are|does|do|can|could|will|would|should|has|have|how|what|who|why|when|which|where)\b"
)
PAGE_TEXTS = {
    "title": ("title", Kind.HEADING),
    "menu_title": ("short name", Kind.HEADING),
    "page_title": ("title in the browser’s tab", Kind.HEADING),
    "meta_description": ("first sentence", Kind.TEXT),
}


def page_text(content: PageContent) -> PageText:
    """The version as the checks see it, with the facts it quotes and the addresses its links may lead to."""
    shown = shown_blocks(content)
    slots: dict[str, list[str]] = {}
    for one in shown:
        slots.setdefault(one.slot, []).append(one.kind.removesuffix("Plugin"))
    treatment = Treatment.objects.of_page(content.page)
    has_lists = content.template in {*who_should_wait.SLOTS, QUESTIONS_TEMPLATE}
    lists = who_should_wait.live_lists(treatment) if has_lists else []
    page = PageText(
        passages=list(_passages(content, shown)),
        facts=quotable_facts(treatment),
        template=content.template.removeprefix("pages/").removesuffix(".html"),
        slots={slot: [_snake_case(kind) for kind in kinds] for slot, kinds in slots.items()},
        anchors=frozenset(RESERVED | {slugify(heading) for heading in _headings(shown)}),
        hosts=frozenset({settings.SITE_DOMAIN, settings.SITE_DOMAIN.partition(":")[0]}),
        waits=[row for one in shown if isinstance(one.block, WhoShouldWait) for row in _waits(one.block)],
        listed=[
            row for other, block in lists if other.page_id != content.page_id for row in _waits(block, other.title)
        ],
        asked=[row for one in shown if isinstance(one.block, RightForMe) for row in _own_questions(one.block)],
        is_asked=content.template == QUESTIONS_TEMPLATE
        or (has_lists and PageContent.objects.filter(template=QUESTIONS_TEMPLATE).exists()),
    )
    return replace(page, live=_live(links.internal_paths(page)))


def _waits(block: WhoShouldWait, page: str = "") -> Iterator[Waits]:
    for row in block.rows():
        yield Waits(_place(block), block, row["text"], row["yes_means"], row["question"], page)


def _own_questions(block: RightForMe) -> Iterator[Waits]:
    rows: Any = block.questions
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield Waits(_place(block), block, "", str(row.get("yes_means", "")), str(row.get("question", "")))


def _place(block: Block) -> str:
    """What staff call the block, and its first words."""
    words = " ".join(str(block).split())
    return f"{block._meta.verbose_name}" + (f", “{words}”" if words else "")


def _snake_case(kind: str) -> str:
    """`CareCard` as `care_card`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_")


def _headings(shown: Sequence[ShownBlock]) -> list[str]:
    return [heading for one in shown if (heading := getattr(one.block, "heading", ""))]


def _live(paths: set[str]) -> frozenset[str]:
    """The addresses that answer: published pages, and of the site's other addresses those that are linked to."""
    pages = published_urls()
    return pages | {path for path in paths - pages if _is_answered(path)}


def _is_answered(path: str) -> bool:
    """Whether one of the site's own views, not the CMS's, answers this address."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.url_name == "case":
        return Case.objects.filter(code=found.kwargs["code"], approved_at__isnull=False).exists()
    return found.func.__module__.startswith("content.") and found.url_name not in {"gallery", None}


def quotable_facts(treatment: Treatment | None) -> dict[str, Fact]:
    """The facts that may be quoted, by their names."""
    if treatment is None:
        return {}
    said = {name: words(treatment) for name, words in TOKENS.items()}
    return {name: Fact(*_parse_range(text), text) for name, text in said.items()}


def _parse_range(text: str) -> tuple[int, int]:
    """The least and most of a fact, from its words: "4 to 6 weeks", "12 weeks"."""
    numbers = [int(word) for word in text.split() if word.isdigit()]
    return numbers[0], numbers[-1]


def passages(content: PageContent) -> list[Passage]:
    """All words that patients read of this version, each with its block; the page's own texts with the version."""
    return list(_passages(content, shown_blocks(content)))


def _passages(content: PageContent, shown: Sequence[ShownBlock]) -> Iterator[Passage]:
    for name, (said, kind) in PAGE_TEXTS.items():
        if text := getattr(content, name):
            yield Passage(f"The page’s {said}", content, kind, name, text)
    for name in ADDRESS_FIELDS:
        address = getattr(content, name) or ""
        if address and not slugify(content.title).startswith(address):  # else the title's own check covers it
            text = " ".join(re.findall(r"[^/-]+", address))
            question_mark = "?" if QUESTION_START.match(text) else ""  # an address can't hold one
            yield Passage("The page’s address", content, Kind.HEADING, name, f"{text}{question_mark}")
    for one in shown:
        yield from _of_block(one.block)
        for inner in one.inside:
            yield from _of_block(inner.block)


def _of_block(block: Block) -> Iterator[Passage]:
    place = _place(block)
    for field in block.text_fields():
        text = str(getattr(block, field.name) or "")
        where = place if field.name in HEADING_FIELDS else f"{place}: {field.verbose_name}"
        if isinstance(field, RichTextField):
            yield Passage(where, block, Kind.TEXT, field.name, html=text)
        elif text or field.name == "alt":
            yield Passage(where, block, _kind(field.name), field.name, text)
    for rows in block.rows_fields():
        if rows.name not in EXCLUDED_FIELDS:
            yield from _of_rows(block, rows, place)


def _kind(name: str) -> Kind:
    if name in HEADING_FIELDS:
        return Kind.HEADING
    return Kind.ALT if name == "alt" else Kind.TEXT


def _of_rows(block: Block, rows: RowsField, place: str) -> Iterator[Passage]:
    is_source = rows.name == "sources"
    value: Any = getattr(block, rows.name)
    for number, row in enumerate(value if isinstance(value, list) else [], 1):
        if not isinstance(row, dict):
            continue
        where = f"{place}: {rows.verbose_name}, row {number}"
        text = (" " if rows.name in SINGLE_SENTENCE_ROWS else "\n").join(_cells(row, rows.columns))
        kind = Kind.SOURCE if is_source else Kind.ROW
        yield Passage(where, block, kind, rows.name, f"{rows.row_prefix} {text}".strip())
        for column in rows.columns:
            if column.is_address and row.get(column.key):
                yield Passage(where, block, Kind.ADDRESS, rows.name, str(row[column.key]))


def _cells(row: Row, columns: Sequence[Column]) -> list[str]:
    """The words in a row; drawings are chosen, and addresses not read out."""
    return [str(row[one.key]) for one in columns if not one.choices and not one.is_address and row.get(one.key)]
