"""Going on with a form that a session ended under, and staying signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.staff.accounts import session
from content.staff.sessions import interrupted
from content.staff.sessions.interrupted import SentForm
from content.staff.sessions.sent_form import KEPT_FIELD
from content.staff.submitted_text import submitted_text
from content.staff.views import is_in_window, render_page, staff_view


@staff_view()
def go_on(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what was typed and send it again, with the person's rights of now; on POST, throw it away.

    The form goes to the address that it was meant for, as if it had been filled in again.
    """
    now = timezone.now()
    kept = interrupted.find(token, request.user, now=now)
    form = interrupted.unseal(kept) if kept else None
    if kept is None or form is None:
        return render_page(request, "staff/go_on_nothing.html", "Nothing to go on with", status=404)
    if request.method == "POST":
        interrupted.discard(token, request.user)
        messages.success(request, f"Thrown away: what you typed for {kept.subject}.")
        return redirect("staff_home")
    is_fresh = now - kept.made_at < interrupted.SENDS_ITSELF and "look" not in request.GET
    return show_again(request, form, kept.subject, token=token, sends_itself=is_fresh)


def show_again(
    request: HttpRequest, form: SentForm, subject: str, *, token: str = "", sends_itself: bool, status: int = 200
) -> HttpResponse:
    """Show the page that sends a form again: by itself in a browser with scripts if it may, else by its button.

    A form with files waits for its person, who has to choose the files again.
    """
    return render_page(
        request,
        "staff/go_on.html",
        "Save what you typed",
        status=status,
        form_address=form.address,
        fields=[*form.fields, *([(KEPT_FIELD, token)] if token else [])],
        typed=submitted_text(form.as_data()),
        files=form.files,
        subject=subject,
        token=token,
        sends_itself=sends_itself and not form.files,
        is_popup=is_in_window(request),
    )


@staff_view()
def time_left(request: HttpRequest) -> HttpResponseBase:
    """Tell a page how long its session still lasts, without prolonging it."""
    return JsonResponse(_time_left(request))


@require_POST
@staff_view()
def stay(request: HttpRequest) -> HttpResponseBase:
    """Prolong the session; answer as `time_left`, or without scripts lead back to where the button was."""
    session.prolong(request, now=timezone.now(), lag=session.LEAST)
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return JsonResponse(_time_left(request))
    messages.success(request, f"You stay signed in until {session.end_of(request):%H:%M}.")
    return redirect(session.next_url(request))


def _time_left(request: HttpRequest) -> dict[str, object]:
    now = timezone.now()
    return {
        "seconds": session.seconds_left(request, now=now),
        "at": f"{session.end_of(request):%H:%M}",
        "may_stay": session.may_prolong(request, now=now),
    }
