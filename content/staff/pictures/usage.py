"""Where a picture of the library is used: pages by title and state of the version, and portraits."""

from dataclasses import dataclass

from cms.models import PageContent
from cms.toolbar.utils import get_object_preview_url
from django.db.models import QuerySet
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.blocks.picture import Picture
from content.cms_adapter.versioning import version_of, with_versions
from content.library.models import LibraryPicture

STATES = {PUBLISHED: "Live", DRAFT: "Draft"}  # any other is an earlier version
EARLIER = "Earlier version"
IN_ORDER = ["Live", "Draft", EARLIER]


@dataclass(frozen=True)
class Use:
    """A version of a page that shows a picture; `is_earlier_file` if the picture was replaced since."""

    title: str
    state: str
    number: int
    url: str
    is_earlier_file: bool


def contents_with(picture: LibraryPicture) -> QuerySet[PageContent]:
    """Return every version of a page, in any state, that has a block with a file of `picture`."""
    slots = Picture.objects.filter(photograph__picture=picture).values("placeholder")
    contents: QuerySet[PageContent] = PageContent.admin_manager.filter(placeholders__in=slots).distinct()
    return contents


def uses(picture: LibraryPicture) -> list[Use]:
    """Return the versions with the picture, live ones first."""
    newest = picture.newest
    earlier = Picture.objects.filter(photograph__picture=picture).exclude(photograph=newest).values("placeholder")
    behind = set(PageContent.admin_manager.filter(placeholders__in=earlier).values_list("pk", flat=True))
    found = [
        _use(content, is_earlier=content.pk in behind)
        for content in contents_with(picture).prefetch_related(with_versions())
    ]
    return sorted(found, key=lambda use: (IN_ORDER.index(use.state), use.title, -use.number))


def _use(content: PageContent, *, is_earlier: bool) -> Use:
    version = version_of(content)
    state = STATES.get(version.state, EARLIER)
    return Use(content.title, state, int(version.number), get_object_preview_url(content), is_earlier)


def count_by_picture() -> dict[int, int]:
    """Return on how many live pages each picture is, by its id; pictures on none are left out."""
    live = PageContent.admin_manager.filter(versions__state=PUBLISHED).values("placeholders")
    shown = Picture.objects.filter(placeholder__in=live, photograph__isnull=False)
    pages: dict[int, set[int]] = {}
    for picture_id, content_id in shown.values_list("photograph__picture", "placeholder__object_id"):
        pages.setdefault(picture_id, set()).add(content_id)
    return {picture_id: len(contents) for picture_id, contents in pages.items()}
