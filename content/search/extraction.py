"""What the index holds of a page and of a case: passages as patients read them, facts in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.models import PageContent
from django.utils.html import strip_tags

from content.blocks.base import Block
from content.blocks.case_gallery import CaseGallery
from content.blocks.contact import Contact
from content.blocks.outline import Outline
from content.blocks.questions import Questions
from content.blocks.right_for_me import RightForMe
from content.blocks.sources import Sources
from content.blocks.topic_links import TopicLinks
from content.clinic.models import Clinic, Clinician
from content.gallery import course
from content.gallery.models import Case
from content.reviews.document import shown_blocks
from content.treatment.models import Treatment
from content.treatment.tokens import substitute

BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
#: What the page writes before each row of a list; no row is read without it.
ROW_PREFIXES = {
    "dont_rows": "Do not",
    "not_now": "We do not treat you now if you",
    "speak_first": "Speak to us first if you",
}
CONTACT_KEYWORDS = "Telephone, phone number, address, opening hours"  # what a block that gives them is looked for by
NOT_INDEXED = (CaseGallery, TopicLinks)  # cases are found by themselves, links lead to pages that are found


@dataclass(frozen=True)
class SearchText:
    """A passage before it is stored: words of `title` weigh most, then `heading`, `text`, the title of its `page`."""

    heading: str
    text: str
    anchor: str = ""
    title: str = ""
    page: str = ""


def page_passages(content: PageContent) -> Iterator[SearchText]:
    """The title with its description, then each block under its heading."""
    treatment = Treatment.objects.of_page(content.page)
    title = substitute(content.title, treatment)
    menu = substitute(content.menu_title or "", treatment)
    description = substitute(content.meta_description or "", treatment)
    if content.page.is_home:  # its title speaks of everything, and leads on to the pages that say it
        yield SearchText("", f"{title}. {description}")
    else:
        yield SearchText("", description, title=" ".join(filter(None, [title, menu if menu != title else ""])))
    outline, anchor, heading, of = Outline(), "", "", "" if content.page.is_home else title
    for shown in shown_blocks(content):
        block = shown.block
        if _has_invalid_rows(block):
            continue
        words = block.display_fields(treatment)
        if own := getattr(words, "heading", ""):
            heading, anchor = own, outline.anchor(own)
            outline.headings.append((anchor, own))
        if isinstance(block, RightForMe):  # its outcomes are for whoever has answered, and for nobody else
            for row in words.questions:
                yield SearchText(heading, f"{row['question']} {row['reason']}", anchor)
        elif isinstance(block, Questions):
            for row in words.questions:
                yield SearchText(row["question"], row["answer"], anchor, page=of)
        elif not isinstance(block, NOT_INDEXED):
            about = CONTACT_KEYWORDS if isinstance(block, Contact) and not block.has_people else ""
            yield from (
                SearchText(heading, text, anchor, about, of) for text in _block_texts(block, words) if text or own
            )


def _block_texts(block: Block, words: object) -> Iterator[str]:
    """What the block says together, and each row of those that say something by themselves."""
    texts = [_plain_text(getattr(words, field.name)) for field in block.text_fields() if field.name != "heading"]
    parts = [_sentence(text) for text in texts if text]
    alone: list[str] = []
    for field in block.rows_fields():
        shown = [
            column.key for column in field.columns if column.is_here and not column.is_address and not column.choices
        ]
        before = ROW_PREFIXES.get(field.name, "")
        rows = [
            _sentence(*(f"{before} {row.get(key, '')}".strip() for key in shown)) for row in getattr(words, field.name)
        ]
        (alone if len(shown) > 1 or isinstance(block, Sources) else parts).extend(rows)
    if isinstance(block, Contact) and block.has_people:
        parts += [f"{one.shown_name}, {one.title}." for one in Clinician.objects.all()]
    elif isinstance(block, Contact) and (clinic := Clinic.objects.first()):
        parts += [f"Opening hours: {clinic.hours}.", f"Address: {clinic.address}.", f"Telephone: {clinic.telephone}."]
    yield " ".join(" ".join(parts).split())
    yield from alone


def _sentence(*cells: str) -> str:
    """A text, or a row as it reads on its page, as one sentence at least."""
    said = " ".join(
        " ".join(cell if cell.endswith((".", "?", "!", ":")) else f"{cell}:" for cell in cells if cell).split()
    )
    said = said.removesuffix(":")
    return said if said.endswith((".", "?", "!")) else f"{said[:1].upper()}{said[1:]}."


def _has_invalid_rows(block: Block) -> bool:
    """Whether a list of the block holds something else than rows: then its page leaves it out too."""
    lists = [getattr(block, field.name) for field in block.rows_fields()]
    return not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists)


def _plain_text(value: object) -> str:
    """Without signs of HTML; what stood in a line of its own is a sentence of its own."""
    text = strip_tags(BLOCK_ENDS.sub(". ", str(value)))
    return re.sub(r"([.?!:])\s*\.", r"\1", " ".join(text.split()))


def case_passage(case: Case) -> SearchText:
    """A case in words: what its page says, and what its pictures show."""
    shown = [] if case.has_cover else case.pairs.all()  # what is covered isn't told either
    views = [photo.alt for pair in shown for photo in pair.photos]
    words = [course.summary(case), f"{case.get_outcome_display()}.", *views]
    return SearchText("", " ".join(" ".join(words).split()), title=f"Before and after: {case.title}")
