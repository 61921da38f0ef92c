"""A form whose token is out of date because somebody signed in in another tab, or of another site."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.csrf import csrf_failure as refuse

from clinic_site.http.headers import is_staff_user
from clinic_site.http.origin_check import is_same_origin
from content.staff.accounts import session, usernames
from content.staff.sessions import repeatable, sent_form
from content.staff.sessions.middleware import is_signed_in, keep
from content.staff.sessions.sent_form import AGAIN_FIELD, KEPT_FIELD
from content.staff.sessions.views import show_again
from content.staff.views import is_in_window, render_page

SIGNED_IN_ALREADY = "You are signed in as {} already. To sign in as somebody else, sign out first."
OUT_OF_DATE = "out_of_date"  # in the sign-in's address


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that failed the check against other sites: a form of another site is refused, as ever.

    Of our own, the sign-in leads on, and what a person typed is sent again with a new token, for the same person only.
    """
    if not is_same_origin(request):
        return refuse(request, reason)
    if request.path_info in {reverse("admin:login"), reverse("second_factor")}:
        return _lead_on(request)
    owner = sent_form.owner(request) if is_signed_in(request) and sent_form.may_be_ours(request) else None
    if owner is None:
        return refuse(request, reason)
    file_names = [file.name or "" for group in request.FILES.lists() for file in group[1]]
    if owner != request.user:
        return _keep_for(owner, request, file_names)
    subject = repeatable.subject(request)
    if not subject:
        return _ask_again(request, "asked_again")
    form = sent_form.read(request, file_names)
    form.fields.append((AGAIN_FIELD, "1"))
    token, is_first = request.POST.get(KEPT_FIELD, ""), AGAIN_FIELD not in request.POST
    return show_again(request, form, subject, token=token, sends_itself=is_first, status=403)


def _lead_on(request: HttpRequest) -> HttpResponse:
    """Lead whoever has signed in in another tab to where they were going; others get the sign-in anew."""
    if not is_staff_user(request):
        return redirect(reverse("admin:login", query={"next": session.next_url(request), OUT_OF_DATE: "1"}))
    name, typed = request.user.get_username(), request.POST.get("username")
    if typed is not None and usernames.comparable(typed) != usernames.comparable(name):
        messages.warning(request, SIGNED_IN_ALREADY.format(name))
        return redirect("staff_home")
    return redirect(session.next_url(request))


def _keep_for(owner: User, request: HttpRequest, file_names: list[str]) -> HttpResponse:
    """Keep the form for the person to whom it was shown; whoever is signed in now reads nothing of it."""
    return _ask_again(request, "kept" if keep(request, owner, file_names) else "not_theirs")


def _ask_again(request: HttpRequest, why: str) -> HttpResponse:
    context = {"why": why, "page": sent_form.page_of(request), "is_popup": is_in_window(request)}
    return render_page(request, "staff/not_done.html", "Not done yet", status=403, **context)
