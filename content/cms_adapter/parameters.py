"""Tells requests that can't be right from faults: the CMS's views read parameters that may not be there."""

import logging
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDictKeyError

from clinic_site.http.whole_number import whole_number

logger = logging.getLogger(__name__)

PREFIXES = ("/admin/cms/", "/admin/djangocms_")
#: Parameters that are keys, wherever they are sent; left empty they are as if they weren't sent.
KEYS = (
    *("cms_page", "obj_id", "page", "parent_node", "placeholder_id", "plugin_id", "plugin_parent", "source"),
    *("source_placeholder_id", "source_plugin_id", "target_placeholder_id"),
)
POSITIONS = ("plugin_position", "position", "target_position")
LARGEST_POSITION = 32_767
#: Parameters of POSTs that are looked up as they are, so that PostgreSQL would refuse a NUL; forms check theirs.
WORDS = ("plugin_language", "plugin_type", "source_language", "target_language")
#: Addresses that take keys and positions, no typed text, and change all or nothing: what fails there is a wrong key.
COMMANDS = (
    *("/admin/cms/placeholder/move-plugin/", "/admin/cms/placeholder/copy-plugins/"),
    *("/move-page/", "/copy-page/", "/set-home/"),
    *("/admin/cms/usersettings/session_store/", "/admin/cms/usersettings/cms-toolbar/"),
)
WRONG_KEYS = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    AssertionError,
    DataError,
    IntegrityError,
)


def are_valid(request: HttpRequest) -> bool:
    """Return whether every key and position sent to the CMS is a number, and nothing that is looked up holds a NUL."""
    if not request.path_info.startswith(PREFIXES):
        return True
    words = [*_values(request, KEYS), *_values(request, POSITIONS)]
    words += [word for name in request.GET for word in request.GET.getlist(name)]
    words += [word for name in WORDS for word in request.POST.getlist(name)]
    return (
        not any("\0" in word for word in words)
        and all(whole_number(key) is not None for key in _values(request, KEYS))
        and all(whole_number(position, most=LARGEST_POSITION) is not None for position in _values(request, POSITIONS))
    )


def is_malformed(request: HttpRequest, error: Exception) -> bool:
    """Return whether a view failed because a parameter is missing, or at the CMS names what isn't there.

    What isn't certain is logged, so that a fault of a view isn't hidden by the answer.
    """
    if isinstance(error, MultiValueDictKeyError):
        return True
    if not request.path_info.startswith(PREFIXES):
        return False
    is_wrong_key = request.path_info.endswith(COMMANDS) and isinstance(error, WRONG_KEYS)
    if is_wrong_key:
        logger.warning("Refused as malformed: %s", request.path_info, exc_info=error)
    return is_wrong_key or isinstance(error, ObjectDoesNotExist)


def _values(request: HttpRequest, names: Iterable[str]) -> list[str]:
    """Return what was sent under these names and isn't empty."""
    sources: tuple[QueryDict, QueryDict] = (request.GET, request.POST)
    return [value for data in sources for name in names for value in data.getlist(name) if value]
