"""Deletes what was kept of a form once the form has been saved."""

from django.http import HttpRequest, HttpResponse

from clinic_site.http.headers import GetResponse, is_staff_user
from content.cms_adapter.block_forms import is_close_frame
from content.staff.autosave import page, store


class AutosaveMiddleware:
    """Stands behind the staff's access: a form that was sent by nobody, or without a second factor, saved nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; a redirect, or the answer that closes a block's window, says that the form was saved."""
        response = self.get_response(request)
        sent = page.sent_with(request) if is_staff_user(request) else None
        if sent and (300 <= response.status_code < 400 or is_close_frame(response)):
            store.close(request.user, *sent)
        return response
