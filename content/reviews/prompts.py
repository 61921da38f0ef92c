"""Prompts that a new page begins with: while one is left, the page can't be signed or go live."""

from collections.abc import Iterator

from cms.models import PageContent
from django.utils.html import strip_tags

from content.blocks.base import Block
from content.reviews.signed_document import ShownBlock, shown_blocks
from content.topics import PROMPT, SLOT_NAMES, is_prompt


def unanswered_prompts(content: PageContent) -> list[str]:
    """Return a sentence for each text of this version that is still a prompt; [] if none is."""
    own = [(text, "Title and first sentence") for text in (content.title, content.menu_title, content.meta_description)]
    of_blocks = [(text, SLOT_NAMES[shown.slot]) for shown in shown_blocks(content) for text in _texts(shown)]
    prompts = [(strip_tags(text), where) for text, where in [*own, *of_blocks] if text and is_prompt(strip_tags(text))]
    return [f"“{where}” still asks for your words: “{_shorten(text)}”" for text, where in prompts]


def publish_problem(content: PageContent) -> str:
    """Return in one sentence why a version with prompts can't be signed or go live; "" if it has none."""
    sentences = unanswered_prompts(content)
    if not sentences:
        return ""
    places = "1 place" if len(sentences) == 1 else f"{len(sentences)} places"
    return f"{places} on this page still begin with “{PROMPT}”. Put your own words there. {sentences[0]}"


def _texts(shown: ShownBlock) -> Iterator[str]:
    block: Block = shown.block
    for field in block.text_fields():
        yield str(getattr(block, field.name))
    for rows in block.rows_fields():
        value = getattr(block, rows.name)
        for row in value if isinstance(value, list) else []:
            yield from map(str, row.values()) if isinstance(row, dict) else ()
    for inside in shown.inside:
        yield from _texts(inside)


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
