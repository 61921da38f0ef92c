"""Where cases are used, for the list of cases."""

from collections import defaultdict

from cms.models import PageContent
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.blocks.case_gallery import CaseGallery


def pages_by_code() -> dict[str, list[str]]:
    """Return for each case code the titles of the live pages and drafts whose blocks have chosen it."""
    titles: dict[str, list[str]] = defaultdict(list)
    for block in CaseGallery.objects.select_related("placeholder"):
        content = block.placeholder.source
        if not isinstance(content, PageContent):
            continue
        state = content.versions.get().state
        if state in {DRAFT, PUBLISHED}:
            title = content.title if state == PUBLISHED else f"{content.title} (draft)"
            for row in block.cases:
                titles[row["code"]].append(title)
    return titles
