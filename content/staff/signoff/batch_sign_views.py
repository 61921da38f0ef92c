"""The page on which a doctor signs, in one go, the live pages that a changed fact reopened."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from clinic_site.http.whole_number import whole_number
from content.comments import threads
from content.reviews import rereview, rules, signing
from content.staff import form_fields
from content.staff.accounts.reauthenticate import failure_message, verify_credentials
from content.staff.views import render_page, staff_view


class BatchSignForm(forms.Form):
    """The next review and the reauthentication, for all ticked pages."""

    due_on = form_fields.day_field("Next review of these pages", missing="Choose the day of the next review.")
    password = form_fields.reauthentication_field()


@staff_view("sign_page")
def reopened_pages(request: HttpRequest) -> HttpResponse:
    """List each page with what changed; pages that differ by facts alone, without open comments, can be ticked.

    The start page leads here with some of them ticked already.
    """
    if not rules.may_sign(request.user):
        raise PermissionDenied(signing.ONLY_A_DOCTOR)
    on = timezone.localdate()
    form = BatchSignForm(
        request.POST if request.method == "POST" else None, initial={"due_on": signing.default_due(on)}
    )
    waiting = rereview.pages_to_resign()
    sent = request.POST if request.method == "POST" else request.GET
    ticked = {whole_number(pk) for pk in sent.getlist("page")}
    if request.method == "POST" and form.is_valid():
        chosen = [page.content for page in waiting if page.content.pk in ticked]
        commented = threads.count_open(content.page_id for content in chosen)
        if commented:
            _add_open_comments(form, [content.title for content in chosen if content.page_id in commented])
        elif not chosen:
            form.add_error(None, "Tick the pages that you sign.")
        elif not verify_credentials(request, form.cleaned_data["password"]):
            form.add_error("password", failure_message(request))
        elif _sign_all(request, form, [(content, request.POST.get(f"seen-{content.pk}", "")) for content in chosen]):
            return redirect("staff_reopened")
        else:
            waiting = rereview.pages_to_resign()
    numbers = threads.count_open(page.content.page_id for page in waiting)
    return render_page(
        request,
        "staff/reopened.html",
        "Pages to sign anew",
        help="facts",
        waiting=[(page, page.content.pk in ticked, numbers.get(page.content.page_id, 0)) for page in waiting],
        can_tick=any(page.only_facts_differ and page.content.page_id not in numbers for page in waiting),
        form=form,
    )


def _add_open_comments(form: BatchSignForm, titles: list[str]) -> None:
    """Say which of the chosen pages have to be read and signed by themselves."""
    for title in titles:
        form.add_error(None, f"{title}: a comment is open. Read and sign it on its own page. Nothing was signed.")


def _sign_all(request: HttpRequest, form: BatchSignForm, chosen: list[Any]) -> bool:
    """Sign all chosen pages and return True, or add the problems to the form and return False."""
    try:
        signed = rereview.sign_all(
            chosen,
            user=request.user,
            due_on=form.cleaned_data["due_on"],
            now=timezone.now(),
            on=timezone.localdate(),
        )
    except signing.RefusedError as refusal:
        form.add_error(None, "Nothing was signed.")
        for problem in refusal.problems:
            form.add_error(None, problem)
        return False
    messages.success(request, f"Signed anew: {len(signed)} page{'' if len(signed) == 1 else 's'}.")
    return True
