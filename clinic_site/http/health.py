"""Health checks: whether the process is alive, whether it can serve readers, and whether staff can edit."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.sites.models import Site
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string

from clinic_site import disk_room
from clinic_site.http import database_waits

logger = logging.getLogger(__name__)
LOCK_MS = 200
REPLY_SECONDS = 1.0


class HealthMiddleware:
    """Answers health checks before anything that needs the database or a valid host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `/livez` and `/readyz`; pass every other request on."""
        if request.path_info == "/livez":
            response: HttpResponse = HttpResponse("alive\n", content_type="text/plain")
        elif request.path_info == "/readyz":
            response = readiness()
        else:
            return self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def readiness() -> JsonResponse:
    """Return 200 while readers can be served; `edit` says whether staff can save as well. Waits for no lock."""
    try:
        with database_waits.limited(lock_ms=LOCK_MS, reply_seconds=REPLY_SECONDS):
            can_read = _succeeds(Site.objects.count)
            checks = (import_string(name) for name in settings.READY_CHECKS)
            can_edit = can_read and disk_room.has_room() and _succeeds(_probe_write) and all(c() for c in checks)
    except Error:
        logger.exception("A health check failed")
        can_read = can_edit = False
    return JsonResponse({"read": can_read, "edit": can_edit}, status=200 if can_read else 503)


def _probe_write() -> None:
    """Run an UPDATE of no row, which a read-only database and one locked by another writer refuse."""
    with transaction.atomic():
        Site.objects.filter(pk=0).update(name="")


def _succeeds(statement: Callable[[], object]) -> bool:
    try:
        statement()
    except Error:
        logger.exception("A health check failed")
        return False
    return True
