"""The words of a form that was sent, for people to read and copy."""

import re

from django.http import QueryDict

from content import optimistic_lock
from content.blocks.rich_text import text_lines

INTERNAL_FIELDS = {"csrfmiddlewaretoken", optimistic_lock.OPENED_FIELD, optimistic_lock.OVERWRITE_FIELD}


def submitted_text(data: QueryDict) -> list[tuple[str, str]]:
    """Return the text of each form field that was filled in, with a label made of the field's name."""
    texts = []
    for name, text in data.items():
        if name in INTERNAL_FIELDS or name.startswith("_") or name.endswith("-order") or not str(text).strip():
            continue
        row = re.fullmatch(r"(\w+)-(\d+)-(\w+)", name)
        label = f"{row[1]}, row {int(row[2]) + 1}, {row[3]}" if row else name
        texts.append((label.replace("_", " ").capitalize(), _plain_text(str(text))))
    return texts


def _plain_text(text: str) -> str:
    """Return the words of rich text, one line a paragraph; other text as it is."""
    return "\n".join(text_lines(text)) if re.search(r"</(p|li|h3|h4)>", text) else text
