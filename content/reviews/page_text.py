"""The text of a version as the checks read it: every passage with its place, the facts it may quote, live addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from cms.models import PageContent
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
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
from content.reviews.signed_document import ShownBlock, shown_blocks
from content.treatment.models import Treatment
from content.treatment.tokens import TOKENS
from content.wording import links
from content.wording.findings import Fact, Kind, PageText, Passage, SuitabilityRow

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


def build(content: PageContent) -> PageText:
    """Return the text of this version, with the facts it may quote and the addresses on this site that are live."""
    shown = shown_blocks(content)
    slots: dict[str, list[str]] = {}
    for block in shown:
        if not is_blank(block):
            slots.setdefault(block.slot, []).append(block.kind.removesuffix("Plugin"))
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
        own_rows=[
            row for each in shown if isinstance(each.block, WhoShouldWait) for row in _suitability_rows(each.block)
        ],
        other_rows=[
            row
            for other, block in lists
            if other.page_id != content.page_id
            for row in _suitability_rows(block, other.title)
        ],
        questions=[row for each in shown if isinstance(each.block, RightForMe) for row in _own_questions(each.block)],
        sends_on=bool(content.redirect),
        has_questions_page=content.template == QUESTIONS_TEMPLATE
        or (has_lists and PageContent.objects.filter(template=QUESTIONS_TEMPLATE).exists()),
    )
    return replace(page, live=_live(links.internal_paths(page)))


def is_blank(shown: ShownBlock) -> bool:
    """Whether a text, or a list of links, has nothing in it; the CMS's forms refuse that, code doesn't."""
    if shown.kind == "TopicLinksPlugin":
        return not shown.inside
    return shown.kind == "ProsePlugin" and not any(map(str.isalnum, unescape(strip_tags(str(shown.block.body)))))


def _suitability_rows(block: WhoShouldWait, page: str = "") -> Iterator[SuitabilityRow]:
    for row in block.rows():
        yield SuitabilityRow(_block_label(block), block, row["text"], row["yes_means"], row["question"], page)


def _own_questions(block: RightForMe) -> Iterator[SuitabilityRow]:
    rows: Any = block.questions
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield SuitabilityRow(
                _block_label(block), block, "", str(row.get("yes_means", "")), str(row.get("question", ""))
            )


def _block_label(block: Block) -> str:
    """Return the block's kind in staff's words, with its first words."""
    words = " ".join(str(block).split())
    return f"{block._meta.verbose_name}" + (f", “{words}”" if words else "")


def _snake_case(kind: str) -> str:
    """Turn `CareCard` into `care_card`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_")


def _headings(shown: Sequence[ShownBlock]) -> list[str]:
    return [heading for each in shown if (heading := getattr(each.block, "heading", ""))]


def _live(paths: set[str]) -> frozenset[str]:
    """Return the live addresses: all published pages, and those of `paths` that another view of the site answers."""
    pages = published_urls()
    return pages | {path for path in paths - pages if _is_answered(path)}


def _is_answered(path: str) -> bool:
    """Whether one of the site's own views, not the CMS's, answers this address."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name == "case":
        return Case.objects.filter(code=match.kwargs["code"], approved_at__isnull=False).exists()
    return match.func.__module__.startswith("content.") and match.url_name not in {"gallery", None}


def quotable_facts(treatment: Treatment | None) -> dict[str, Fact]:
    """Return the facts that a text may quote, by token; {} without a treatment."""
    if treatment is None:
        return {}
    texts = {name: words(treatment) for name, words in TOKENS.items()}
    return {name: Fact(*_parse_range(text), text) for name, text in texts.items()}


def _parse_range(text: str) -> tuple[int, int]:
    """Return the lowest and highest number of a fact's words: "4 to 6 weeks", "12 weeks"."""
    numbers = [int(word) for word in text.split() if word.isdigit()]
    return numbers[0], numbers[-1]


def passages(content: PageContent) -> list[Passage]:
    """Return every passage of this version that patients read; the `block` of a page field is the version itself."""
    return list(_passages(content, shown_blocks(content)))


def _passages(content: PageContent, shown: Sequence[ShownBlock]) -> Iterator[Passage]:
    for name, (label, kind) in PAGE_TEXTS.items():
        if text := getattr(content, name):
            yield Passage(f"The page’s {label}", content, kind, name, text)
    for name in ADDRESS_FIELDS:
        address = getattr(content, name) or ""
        if address and not slugify(content.title).startswith(address):  # the check of the title covers the others
            text = " ".join(re.findall(r"[^/-]+", address))
            question_mark = "?" if QUESTION_START.match(text) else ""  # an address can't hold one
            yield Passage("The page’s address", content, Kind.HEADING, name, f"{text}{question_mark}")
    for each in shown:
        yield from _of_block(each.block)
        for inner in each.inside:
            yield from _of_block(inner.block)


def _of_block(block: Block) -> Iterator[Passage]:
    place = _block_label(block)
    for field in block.text_fields():
        text = str(getattr(block, field.name) or "")
        where = place if field.name in HEADING_FIELDS else f"{place}: {field.verbose_name}"
        if isinstance(field, RichTextField):
            yield Passage(where, block, Kind.TEXT, field.name, html=text)
        elif text or (field.name == "alt" and not getattr(block, "is_decorative", False)):
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
    """Return the typed words of a row, without menus and addresses."""
    return [
        str(row[column.key])
        for column in columns
        if not column.choices and not column.is_address and row.get(column.key)
    ]
