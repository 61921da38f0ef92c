"""What the index holds of a page and of a case: passages as patients read them, facts in words."""

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
from content.blocks.topic_links import TopicLinks
from content.clinic.models import Clinic
from content.gallery import course
from content.gallery.models import Case
from content.reviews.document import shown_blocks
from content.treatment.models import Treatment
from content.treatment.tokens import substitute

UNSAID = (CaseGallery, TopicLinks)  # cases are found by themselves, links lead to pages that are found


@dataclass(frozen=True)
class Read:
    """A passage before it is stored: `title` words weigh most, those of `heading` more than those of `text`."""

    heading: str
    text: str
    anchor: str = ""
    title: str = ""


def page(content: PageContent) -> Iterator[Read]:
    """The title with its description, then each block under its heading."""
    treatment = Treatment.objects.of_page(content.page)
    title = substitute(content.title, treatment)
    menu = substitute(content.menu_title or "", treatment)
    description = substitute(content.meta_description or "", treatment)
    if content.page.is_home:  # its title speaks of everything, and leads on to the pages that say it
        yield Read("", f"{title}. {description}")
    else:
        yield Read("", description, title=" ".join(filter(None, [title, menu if menu != title else ""])))
    outline, anchor, heading = Outline(), "", ""
    for shown in shown_blocks(content):
        block = shown.block
        if _is_broken(block):
            continue
        words = block.words(treatment)
        if own := getattr(words, "heading", ""):
            heading, anchor = own, outline.anchor(own)
            outline.headings.append((anchor, own))
        if isinstance(block, RightForMe):  # its outcomes are for whoever has answered, and for nobody else
            for row in words.questions:
                yield Read(heading, f"{row['question']} {row['reason']}", anchor)
        elif isinstance(block, Questions):
            for row in words.questions:
                yield Read(row["question"], row["answer"], anchor)
        elif not isinstance(block, UNSAID):
            yield Read(heading, _text(block, treatment), anchor)


def _text(block: Block, treatment: Treatment | None) -> str:
    words = block.words(treatment)
    parts = [_plain(getattr(words, field.name)) for field in block.text_fields() if field.name != "heading"]
    for field in block.rows_fields():
        shown = [column.key for column in field.columns if not column.is_address and not column.choices]
        parts += [" ".join(str(row.get(key, "")) for key in shown) for row in getattr(words, field.name)]
    if isinstance(block, Contact) and (clinic := Clinic.objects.first()):
        parts += [f"Opening hours: {clinic.hours}.", f"Address: {clinic.address}.", f"Telephone: {clinic.telephone}."]
    return " ".join(" ".join(filter(None, parts)).split())


def _is_broken(block: Block) -> bool:
    """Whether a list of the block holds something else than rows: then its page leaves it out too."""
    lists = [getattr(block, field.name) for field in block.rows_fields()]
    return not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists)


def _plain(value: object) -> str:
    return strip_tags(str(value).replace("<", " <"))


def case(found: Case) -> Read:
    """A case in words: what its page says, and what its pictures show."""
    shown = [] if found.has_cover else found.pairs.all()  # what is covered isn't told either
    views = [photo.alt for pair in shown for photo in pair.photos]
    words = [course.in_short(found), f"{found.get_outcome_display()}.", *views]
    return Read("", " ".join(" ".join(words).split()), title=f"Before and after: {found.title}")
