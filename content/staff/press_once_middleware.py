"""A staff form's button does its work once: the same form sent twice gets the first one's answer."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from clinic_site.http.headers import GetResponse, is_staff_user
from content import idempotency

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
DONE_ALREADY = "The button was pressed twice. What it does was done once."
STILL_RUNNING = "What you asked for is still being done. Wait a minute, then open the page again and look."


class PressOnceMiddleware:
    """Knows a second press by the form's token, which every page that is shown has anew.

    Remembered are presses that were answered by a redirect; what was refused may be sent again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it is a second press."""
        if request.method != "POST" or not is_staff_user(request) or TOKEN not in request.POST:
            return self.get_response(request)
        digest = _digest(request)
        try:
            location = idempotency.claim(digest, now=timezone.now())
        except idempotency.StillRunningError:
            raise PermissionDenied(STILL_RUNNING) from None
        if location:
            messages.info(request, DONE_ALREADY)
            return HttpResponseRedirect(location)
        response = self.get_response(request)
        if 300 <= response.status_code < 400:
            idempotency.finish(digest, response["Location"])
        else:
            idempotency.release(digest)
        return response


def _digest(request: HttpRequest) -> str:
    """Return the digest of who sends what where."""
    files = [(name, file.name, file.size) for name, group in request.FILES.lists() for file in group]
    sent = (request.user.pk, request.get_full_path(), sorted(request.POST.lists()), sorted(files))
    return hashlib.sha256(repr(sent).encode()).hexdigest()
