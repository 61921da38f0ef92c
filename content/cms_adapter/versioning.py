"""What this site changes in versioning: its words for states, and what it asks before a version goes live."""

from collections.abc import Callable, Mapping
from typing import Any

from cms.models import PageContent
from django.db.models import Prefetch
from djangocms_versioning import constants
from djangocms_versioning.models import Version

VERSIONS_ATTR = "_prefetched_versions"  # versioning's own name: what is read there, it does not read again
Condition = Callable[[Version, Any], None]


def override_state_labels(labels: Mapping[str, str], *, changed: str) -> None:
    """Say `labels` for states, and `changed` for a live page with a draft, in all of the CMS's own menus.

    They read these two when they show a state.
    """
    constants.VERSION_STATES = tuple(labels.items())
    constants.INDICATOR_DESCRIPTIONS.update({**labels, "dirty": changed})


def require_to_publish(*conditions: Condition) -> None:
    """Have versioning ask these before it offers or does "publish"; each raises ConditionFailed to refuse."""
    Version.check_publish.extend(one for one in conditions if one not in Version.check_publish)


def require_to_unpublish(*conditions: Condition) -> None:
    """The same for "unpublish"."""
    Version.check_unpublish.extend(one for one in conditions if one not in Version.check_unpublish)


def with_versions() -> Prefetch:
    """Reads the version of each page's content in one query, with who made it and who holds it."""
    versions = Version.objects.select_related("created_by", "locked_by")
    return Prefetch("versions", queryset=versions, to_attr=VERSIONS_ATTR)


def version_of(content: PageContent) -> Version:
    """The version of a content that was read `with_versions`."""
    return getattr(content, VERSIONS_ATTR)[0]
