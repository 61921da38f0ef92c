"""On which pages a case has been chosen, for the list of cases."""

from collections import defaultdict

from cms.models import PageContent
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.blocks.case_gallery import CaseGallery


def pages_by_code() -> dict[str, list[str]]:
    """For each case's code that a live page or a draft has chosen, the titles of those pages."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in CaseGallery.objects.select_related("placeholder"):
        content = block.placeholder.source
        if not isinstance(content, PageContent):
            continue
        state = content.versions.get().state
        if state in {DRAFT, PUBLISHED}:
            words = content.title if state == PUBLISHED else f"{content.title} (draft)"
            for row in block.cases:
                found[row["code"]].append(words)
    return found
