"""Extracts what the index stores of a page or a case: passages as patients read them, facts in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.models import PageContent
from django.db import models

from content.blocks.base import Block
from content.blocks.case_gallery import CaseGallery
from content.blocks.contact import Contact
from content.blocks.outline import Outline
from content.blocks.picture import Picture
from content.blocks.questions import Questions
from content.blocks.rich_text import RichTextField, text_lines
from content.blocks.right_for_me import RightForMe
from content.blocks.rows import Column
from content.blocks.sources import Sources
from content.blocks.topic_links import TopicLinks
from content.clinic.models import Clinic, Clinician
from content.gallery import course
from content.gallery.choices import BodyArea
from content.gallery.models import Case
from content.reviews.signed_document import shown_blocks
from content.treatment.models import Treatment
from content.treatment.tokens import substitute

CONTACT_KEYWORDS = "Telephone, phone number, address, opening hours"  # words that people search contact details by
NOT_INDEXED = (CaseGallery, TopicLinks)  # cases and linked pages are indexed themselves


@dataclass(frozen=True)
class SearchText:
    """A passage before it is stored: `title` weighs most, then `heading`, `text`, and the title of its `page`.

    The text of a passage `is_reference` weighs least: it says where an answer comes from and is none itself.
    """

    heading: str
    text: str
    anchor: str = ""
    title: str = ""
    page: str = ""
    is_reference: bool = False


def page_passages(content: PageContent) -> Iterator[SearchText]:
    """Yield the title with its description, then each block under its heading."""
    treatment = Treatment.objects.of_page(content.page)
    title = substitute(content.title, treatment)
    menu = substitute(content.menu_title or "", treatment)
    description = substitute(content.meta_description or "", treatment)
    if content.page.is_home:  # its title names every topic, and would outweigh their own pages
        yield SearchText("", f"{title}. {description}")
    else:
        yield SearchText("", description, title=" ".join(filter(None, [title, menu if menu != title else ""])))
    outline, anchor, heading, page = Outline(), "", "", "" if content.page.is_home else title
    for shown in shown_blocks(content):
        block = shown.block
        if _has_invalid_rows(block) or (isinstance(block, Picture) and block.is_taken_down):
            continue
        fields = block.display_fields(treatment)
        if block_heading := getattr(fields, "heading", ""):
            heading, anchor = block_heading, outline.anchor(block_heading)
            outline.headings.append((anchor, block_heading))
        if isinstance(block, RightForMe):  # its outcomes are shown only to those who have answered
            for row in fields.questions:
                yield SearchText(heading, f"{row['question']} {row['reason']}", anchor)
        elif isinstance(block, Questions):
            for row in fields.questions:
                yield SearchText(row["question"], row["answer"], outline.answer_anchor(), page=page)
        elif not isinstance(block, NOT_INDEXED):
            keywords = CONTACT_KEYWORDS if isinstance(block, Contact) and not block.has_people else ""
            for text in _block_texts(block, fields):
                if text or block_heading:
                    yield SearchText(heading, text, anchor, keywords, page, isinstance(block, Sources))


def _block_texts(block: Block, values: object) -> Iterator[str]:
    """Yield the block's text as one passage, then each row that is a passage of its own."""
    texts = [
        _plain_text(field, getattr(values, field.name)) for field in block.text_fields() if field.name != "heading"
    ]
    parts = [_sentence(text) for text in texts if text]
    alone: list[str] = []
    for field in block.rows_fields():
        shown = [column for column in field.columns if column.is_here and not column.is_address and _is_text(column)]
        rows = [
            _sentence(*(f"{field.row_prefix} {_cell(column, row)}".strip() for column in shown))
            for row in getattr(values, field.name)
        ]
        (alone if len(shown) > 1 or isinstance(block, Sources) else parts).extend(rows)
    if isinstance(block, Contact) and block.has_people:
        parts += [f"{person.shown_name}, {person.title}." for person in Clinician.objects.all()]
    elif isinstance(block, Contact) and (clinic := Clinic.objects.first()):
        parts += [f"Opening hours: {clinic.hours}.", f"Address: {clinic.address}.", f"Telephone: {clinic.telephone}."]
    yield " ".join(" ".join(parts).split())
    yield from alone


def _is_text(column: Column) -> bool:
    """Return whether the cells of the column are read: of the menus only areas of the body are."""
    return not column.choices or column.choices == BodyArea.choices


def _cell(column: Column, row: dict[str, str]) -> str:
    value = row.get(column.key, "")
    return dict(column.choices).get(value, value)


def _sentence(*cells: str) -> str:
    """Return a text, or the cells of a row as they read on the page, as one sentence or more."""
    sentence = " ".join(
        " ".join(cell if cell.endswith((".", "?", "!", ":")) else f"{cell}:" for cell in cells if cell).split()
    )
    sentence = sentence.removesuffix(":")
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence[:1].upper()}{sentence[1:]}."


def _has_invalid_rows(block: Block) -> bool:
    """Return whether a list of the block holds something else than rows; its page leaves such a block out too."""
    lists = [getattr(block, field.name) for field in block.rows_fields()]
    return not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists)


def _plain_text(field: "models.Field[Any, Any]", value: object) -> str:
    """The words of a text; each line of a rich one is a sentence of its own."""
    if not isinstance(field, RichTextField):
        return " ".join(str(value).split())
    lines = (" ".join(line.split()) for line in text_lines(str(value)))
    return " ".join(line if line.endswith((".", "?", "!", ":")) else f"{line}." for line in lines)


def case_passage(case: Case) -> SearchText:
    """Return a case in words: what its page says, and what its pictures show."""
    shown = [] if case.has_cover else case.pairs.all()  # what is covered isn't described either
    views = [photo.alt for pair in shown for photo in pair.photos]
    words = [course.summary(case), f"{case.get_outcome_display()}.", *views]
    return SearchText("", " ".join(" ".join(words).split()), title=f"Before and after: {case.title}")
