"""Whether the process lives, whether it can serve readers, and whether staff can edit: three separate answers."""

import logging
from collections.abc import Callable

from django.contrib.sites.models import Site
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while readers can be served; `edit` says whether staff can save as well."""
    can_read = _succeeds(lambda: Site.objects.count())
    can_edit = can_read and _succeeds(lambda: Site.objects.filter(pk=0).update(name=""))
    return JsonResponse({"read": can_read, "edit": can_edit}, status=200 if can_read else 503)


def _succeeds(statement: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except DatabaseError:
        logger.exception("A health check failed")
        connection.close()
        return False
    return True
