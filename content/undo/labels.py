"""What staff call a block: its kind and its first words."""

from collections.abc import Iterator
from html import unescape

from cms.models import CMSPlugin
from django.utils.html import strip_tags
from django.utils.text import Truncator

from content.blocks.base import Block
from content.blocks.rich_text import RichTextField, text_lines

WORDS = 7


def label_of(block: CMSPlugin) -> str:
    """Return `Text, “Before you come”`, or the kind alone if the block has no words; at most 120 characters."""
    words = first_words(block) if isinstance(block, Block) else ""
    kind = str(block.get_plugin_class().name)
    return f"{kind}, “{words}”"[:120] if words else kind


def delete_question(block: CMSPlugin, inside: int) -> str:
    """Return the sentence that asks whether to delete the block, with the `inside` blocks that it holds."""
    kind, words = str(block.get_plugin_class().name), first_words(block) if isinstance(block, Block) else ""
    name = f"“{words}” ({kind})" if words else f"“{kind}”"
    children = f", and the {inside} inside it" if inside > 1 else ", and the one inside it" if inside else ""
    return f"Delete the block {name}{children}?"


def first_words(block: Block) -> str:
    """Return the block's first words, in one line."""
    text = next((text for text in _texts(block) if text), "")
    return str(Truncator(Truncator(text).words(WORDS, truncate=" …")).chars(70, truncate="…"))


def _texts(block: Block) -> Iterator[str]:
    for field in block.text_fields():
        value = str(getattr(block, field.name) or "")
        yield " ".join(text_lines(value) if isinstance(field, RichTextField) else unescape(strip_tags(value)).split())
    yield " ".join(str(block).split())
    for rows in block.rows_fields():
        typed = [column.key for column in rows.columns if not column.choices and not column.is_address]
        for row in getattr(block, rows.name) or []:
            yield " ".join(str(row.get(typed[0], "") if typed and isinstance(row, dict) else "").split())
