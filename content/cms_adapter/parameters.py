"""Tells requests that can't be right from faults: the CMS's views read parameters that may not be there."""

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDictKeyError

logger = logging.getLogger(__name__)

PREFIXES = ("/admin/cms/", "/admin/djangocms_")
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
