"""Check the order of headings inside rich text, by which users of screen readers navigate."""

from collections.abc import Iterator

from content.wording.findings import Finding, Level, PageText, Passage, finding_in
from content.wording.text import parse


def check(page: PageText) -> list[Finding]:
    """Return findings for empty headings, and for h4 without an h3 before it."""
    return [finding for passage in page.passages if passage.html for finding in _in_passage(passage)]


def _in_passage(passage: Passage) -> Iterator[Finding]:
    has_three = False
    for paragraph in parse(passage).paragraphs:
        if paragraph.tag not in {"h3", "h4"}:
            continue
        if not any(character.isalnum() for character in paragraph.text):
            problem = "A heading is empty. Screen readers announce it, and nothing follows."
            yield finding_in(
                Level.BLOCKING, "empty-heading", passage, problem, "Write the heading, or make it a paragraph."
            )
        elif paragraph.tag == "h4" and not has_three:
            problem = "This small heading has no larger heading above it in this text."
            yield finding_in(Level.BLOCKING, "heading-order", passage, problem, "Make it a heading 3.", paragraph.text)
        has_three = has_three or paragraph.tag == "h3"
