"""Changes to versioning: its labels of states, and conditions for publishing and unpublishing."""

from collections.abc import Callable, Mapping
from typing import Any

from cms.models import PageContent
from django.db.models import Prefetch
from djangocms_versioning import constants
from djangocms_versioning.models import Version

VERSIONS_ATTR = "_prefetched_versions"  # where versioning looks for prefetched versions
Condition = Callable[[Version, Any], None]


def override_state_labels(labels: Mapping[str, str], *, changed: str) -> None:
    """Use `labels` for states, and `changed` for a live page with a draft, in all of the CMS's menus.

    The menus read these two constants when they show a state.
    """
    constants.VERSION_STATES = tuple(labels.items())
    constants.INDICATOR_DESCRIPTIONS.update({**labels, "dirty": changed})


def require_to_publish(*conditions: Condition) -> None:
    """Add conditions that versioning checks before it offers or runs "publish"; each may raise ConditionFailed."""
    Version.check_publish.extend(condition for condition in conditions if condition not in Version.check_publish)


def require_to_unpublish(*conditions: Condition) -> None:
    """Add conditions for "unpublish" in the same way."""
    Version.check_unpublish.extend(condition for condition in conditions if condition not in Version.check_unpublish)


def with_versions() -> Prefetch:
    """Return a prefetch of each content's version, with its author the holder of its lock, and since when."""
    versions = Version.objects.select_related("created_by", "locked_by", "hold")
    return Prefetch("versions", queryset=versions, to_attr=VERSIONS_ATTR)


def version_of(content: PageContent) -> Version:
    """Return the version of a content that was loaded `with_versions`."""
    return getattr(content, VERSIONS_ATTR)[0]
