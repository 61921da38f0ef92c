"""Prints the US school grade of each live page: `python -m tests.bench.reading`, by the textstat library.

Only whole sentences are measured, facts in words: headings and bare list rows are short, and would lower the grade.
Sources and picture descriptions are left out. SMOG is normed on 30 sentences, so a shorter page has none.
"""

import os
import re

SMOG_NEEDS = 30


def grades() -> dict[str, tuple[int, float, float | None]]:
    """For each live page by its address: how many sentences, Flesch-Kincaid's grade, and SMOG's or None."""
    from cms.models import PageContent

    found = {}
    for content in PageContent.objects.filter(page__practice=None).select_related("page").order_by("page__path"):
        said = sentences_of(content)
        if said:
            found[content.page.get_absolute_url()] = (len(said), *grades_of(said))
    return found


def sentences_of(content: object) -> list[str]:
    """The whole sentences of a version as they are read."""
    from content.reviews import page_text
    from content.wording.findings import Kind
    from content.wording.text import parse

    page = page_text.build(content)
    texts = (
        re.sub(r"\[\[([a-z-]+)\]\]", lambda name: page.facts[name[1]].text, sentence)
        for passage in page.passages
        if passage.kind in {Kind.TEXT, Kind.ROW}
        for paragraph in parse(passage).paragraphs
        for sentence in paragraph.sentences
    )
    return [text for text in texts if text.endswith((".", "!", "?"))]


def grades_of(said: list[str]) -> tuple[float, float | None]:
    """Flesch-Kincaid and SMOG; a point inside a sentence ("5.23") must not end one."""
    import textstat

    text = " ".join(one[:-1].replace(".", "") + one[-1] for one in said)
    smog = textstat.smog_index(text) if len(said) >= SMOG_NEEDS else None
    return textstat.flesch_kincaid_grade(text), smog


def main() -> None:
    """A line for each page."""
    for path, (count, flesch_kincaid, smog) in grades().items():
        other = "" if smog is None else f", SMOG {smog:.1f}"
        print(f"{path}: Flesch-Kincaid grade {flesch_kincaid:.1f}{other} ({count} sentences)")  # noqa: T201  printing is what it is for


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    import django

    django.setup()
    main()
