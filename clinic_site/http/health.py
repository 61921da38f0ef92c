"""Health checks: whether the process is alive, whether it can serve readers, and whether staff can edit."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.sites.models import Site
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
LOCK_TIMEOUT_MS = 200


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
    can_read = _succeeds(Site.objects.count)
    can_edit = can_read and _succeeds(_probe_write) and all(import_string(name)() for name in settings.READY_CHECKS)
    return JsonResponse({"read": can_read, "edit": can_edit}, status=200 if can_read else 503)


def _probe_write() -> None:
    """Run an UPDATE of no row, which a read-only database and one locked by another writer refuse."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA busy_timeout")
            busy_timeout = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MS}")
        try:
            with transaction.atomic():
                if not is_sqlite:
                    cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}")
                Site.objects.filter(pk=0).update(name="")
        finally:
            if is_sqlite:
                cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout)}")


def _succeeds(statement: Callable[[], object]) -> bool:
    try:
        statement()
    except Error:
        logger.exception("A health check failed")
        return False
    return True
