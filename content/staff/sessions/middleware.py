"""Between who signs in and what they may open: prolongs sessions in use, and catches forms sent after one has ended."""

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clinic_site.http.headers import (
    SIGN_IN_EXEMPT_PATHS,
    SIGN_IN_REQUIRED_PATHS,
    GetResponse,
    is_staff_user,
)
from content.staff.accounts import session
from content.staff.accounts.access_middleware import lacks_second_factor
from content.staff.sessions import form_owner, interrupted, repeatable, sent_form
from content.staff.sessions.models import InterruptedSave
from content.staff.sessions.sent_form import KEPT_FIELD, NameFilesHandler

ASKED_AGAIN = "again"  # in the sign-in's address: what was pressed has to be pressed once more
OWN_PATHS = {"/staff/second-factor/", "/staff/session/"}


class StaffSessionMiddleware:
    """Stands in front of the middleware that sends strangers to the sign-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep a form that comes too late; note for whom forms are shown, and that their person is at work."""
        if not is_signed_in(request):
            return (is_late_form(request) and answer_late_form(request)) or self.get_response(request)
        if request.path_info != reverse("session_left"):  # a page asks by itself
            session.prolong(request, now=timezone.now())
        user = request.user
        response = self.get_response(request)
        if request.user is user and is_signed_in(request):  # a sign-in puts another object there
            form_owner.remember(request, response)
            _forget_what_was_saved(request, response)
        return response


def is_signed_in(request: HttpRequest) -> bool:
    """Return whether a member of staff sends the request, with the second factor where it is asked for."""
    return is_staff_user(request) and not lacks_second_factor(request)


def is_late_form(request: HttpRequest) -> bool:
    """Return whether this is a form for staff that their session has run out under; nothing of it is read yet."""
    path = request.path_info
    is_for_staff = path.startswith(SIGN_IN_REQUIRED_PATHS) and path not in SIGN_IN_EXEMPT_PATHS | OWN_PATHS
    return request.method == "POST" and is_for_staff and path.isprintable() and sent_form.may_be_ours(request)


def answer_late_form(request: HttpRequest) -> HttpResponse | None:
    """Keep the form for its person and lead to the sign-in; return None, keeping nothing, if nobody's is known."""
    files = NameFilesHandler(request)
    request.upload_handlers = [files]
    owner = sent_form.owner(request)
    if owner is None:
        return None
    kept = keep(request, owner, files.names)
    if kept is None:
        query = {"next": sent_form.page_of(request), ASKED_AGAIN: "1"}
        return redirect(reverse("admin:login", query=query))
    return redirect_to_login(reverse("go_on", args=[kept.token]))


def keep(request: HttpRequest, owner: User, file_names: list[str]) -> InterruptedSave | None:
    """Keep the form that was sent in place of what it was sent from; None if it is one that is asked for again."""
    subject = repeatable.subject(request)
    form = sent_form.read(request, file_names)
    kept = interrupted.keep(form, user=owner, subject=subject, now=timezone.now()) if subject else None
    if kept and (before := request.POST.get(KEPT_FIELD)):
        interrupted.discard(before, owner)
    return kept


def _forget_what_was_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Delete what was kept of a form that has now been answered; one that was refused stays."""
    if request.method == "POST" and response.status_code < 400 and (token := request.POST.get(KEPT_FIELD)):
        interrupted.discard(token, request.user)
