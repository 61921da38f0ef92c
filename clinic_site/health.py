"""Whether the process lives, whether it can serve readers, and whether staff can edit: three separate answers."""

import logging
from collections.abc import Callable

from django.contrib.sites.models import Site
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers before anything that needs the database or a host name: the machine itself is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """`/livez` and `/readyz`; everything else goes on."""
        if request.path == "/livez":
            response: HttpResponse = HttpResponse("alive\n", content_type="text/plain")
        elif request.path == "/readyz":
            response = readiness()
        else:
            return self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def readiness() -> JsonResponse:
    """200 while readers can be served; `edit` says whether staff can save as well."""
    can_read = _succeeds(Site.objects.count)
    can_edit = can_read and _succeeds(lambda: Site.objects.filter(pk=0).update(name=""))
    return JsonResponse({"read": can_read, "edit": can_edit}, status=200 if can_read else 503)


def _succeeds(statement: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except DatabaseError:
        logger.exception("A health check failed")
        return False
    return True
