"""The page on which a doctor signs, in one go, the live pages that a changed fact reopened."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from clinic_site.http.whole_number import whole_number
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
    """List each page with what changed; only pages that differ by facts alone can be ticked."""
    if not rules.may_sign(request.user):
        raise PermissionDenied(signing.ONLY_A_DOCTOR)
    on = timezone.localdate()
    form = BatchSignForm(
        request.POST if request.method == "POST" else None, initial={"due_on": signing.default_due(on)}
    )
    waiting = rereview.pages_to_resign()
    ticked = {whole_number(pk) for pk in request.POST.getlist("page")}
    if request.method == "POST" and form.is_valid():
        chosen = [page.content for page in waiting if page.content.pk in ticked]
        if not chosen:
            form.add_error(None, "Tick the pages that you sign.")
        elif not verify_credentials(request, form.cleaned_data["password"]):
            form.add_error("password", failure_message(request))
        elif _sign_all(request, form, [(content, request.POST.get(f"seen-{content.pk}", "")) for content in chosen]):
            return redirect("staff_reopened")
        else:
            waiting = rereview.pages_to_resign()
    return render_page(
        request,
        "staff/reopened.html",
        "Pages to sign anew",
        help="facts",
        waiting=[(page, page.content.pk in ticked) for page in waiting],
        can_tick=any(page.only_facts_differ for page in waiting),
        form=form,
    )


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
