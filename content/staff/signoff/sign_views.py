"""The pages on which a draft is compared, sent for sign-off, read, signed and published."""

from datetime import date
from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_preview_url
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from content.reviews import diff, draft_locks, gate, go_live, rules, signed_document, signing, states
from content.reviews.models import Request
from content.staff import form_fields
from content.staff.accounts.reauthenticate import failure_message, verify_credentials
from content.staff.dashboard import next_step
from content.staff.views import content_or_404, render_page, require_publisher, staff_view
from content.undo import live_copies


class SignForm(forms.Form):
    """The day of the next review, and the reauthentication."""

    due_on = form_fields.day_field("Next review due", missing="Choose the day of the next review.")
    typed = form_fields.reauthentication_field()


class ReviewRequestForm(forms.ModelForm):
    """A note on what to look at."""

    class Meta:
        model = Request
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"note": "May stay empty. For example: the last row of “Do not” is new."}


def _version_context(request: HttpRequest, content: PageContent, now: signed_document.Document) -> dict[str, Any]:
    """Return the context that all pages about a version share."""
    before, since = diff.baseline(content)
    parts = diff.diff(before, now)
    return {
        "content": content,
        "version": content.versions.get(),
        "state": states.state_of(content),
        "held": draft_locks.lock_against(content, request.user, timezone.now()),
        "is_medical": rules.needs_signature(content),
        "request_for_it": Request.objects.filter(content=content).first(),
        "before": before,
        "since": since,
        "is_unsigned": since == diff.LIVE and rules.needs_signature(content),
        "parts": parts,
        "changed": [part for part in parts if part.is_changed],
        "preview": get_object_preview_url(content),
    }


@staff_view("change_page", app="cms")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed since the live version, block by block."""
    content = content_or_404(pk)
    shown = _version_context(request, content, signed_document.build(content))
    shown["changed"] = live_copies.with_offers(content, shown["before"], shown["changed"])
    return render_page(
        request,
        "staff/page_changes.html",
        f"What changed: {content.title}",
        help="change-a-page",
        next_step=next_step.for_version(content, request.user),
        may_put_back=None if shown["held"] else content,
        **shown,
    )


@staff_view("change_page", app="cms")
def request_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a signer or publisher for this draft, or withdraw the request."""
    content = content_or_404(pk)
    if request.method == "POST" and request.POST.get("do") == "take_back":
        signing.cancel_request(content)
        draft_locks.acquire_if_free(content, user=request.user, now=timezone.now())
        messages.success(request, "It waits for nobody now. You can go on writing.")
        return redirect("page_ask", pk=pk)
    form = ReviewRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _request_review(request, content, form):
        return redirect("page_ask", pk=pk)
    return render_page(
        request,
        "staff/page_ask.html",
        f"{'Ask the doctor' if rules.needs_signature(content) else 'Ask a nurse'}: {content.title}",
        help="ask-for-sign-off",
        form=form,
        who=gate.who_may_publish(content),
        stops=gate.content_problems(content),
        **_version_context(request, content, signed_document.build(content)),
    )


def _request_review(request: HttpRequest, content: PageContent, form: ReviewRequestForm) -> bool:
    """Store the request and return True, or add the problem to the form and return False."""
    try:
        signing.request_review(
            content, actor=request.user.get_username(), note=form.cleaned_data["note"], now=timezone.now()
        )
    except signing.RefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    if content.versions.get().is_unlocked_for_user(request.user):
        draft_locks.release(content, now=timezone.now())  # so that the reader can correct it
    who = "a doctor’s" if rules.needs_signature(content) else "a nurse’s and the owner’s"
    messages.success(request, f"Asked. It stands on {who} start page now. Yours says what became of it.")
    return True


@staff_view("change_page", app="cms")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed; on POST, sign, publish or both."""
    content = content_or_404(pk)
    may = rules.may_publish(request.user, content)
    do = request.POST.get("do", "")
    if request.method == "POST":
        require_publisher(request, content)
    on = timezone.localdate()
    form = SignForm(request.POST if do.startswith("sign") else None, initial={"due_on": signing.default_due(on)})
    if request.method == "POST":
        response = _publish(request, content) if do == "publish" else _sign(request, content, form, do, on)
        if response:
            return response
    current = signed_document.build(content)
    shown = _version_context(request, content, current)
    signature = rules.valid_signature(content)
    can_sign = shown["is_medical"] and shown["version"].state in {DRAFT, PUBLISHED}
    return render_page(
        request,
        "staff/page_sign.html",
        f"{'Read and sign' if shown['is_medical'] else 'Read and publish'}: {content.title}",
        help="sign-and-publish",
        form=form,
        may=may,
        who=gate.who_may_publish(content),
        seen=signed_document.fingerprint(current),
        signed=signature,
        is_due=signature is not None and rules.is_due(signature, on),
        can_sign=can_sign,
        can_publish=shown["version"].state == DRAFT,
        stops=gate.content_problems(content),
        **shown,
    )


def _sign(request: HttpRequest, content: PageContent, form: SignForm, do: str, on: date) -> HttpResponse | None:
    if not form.is_valid():
        return None
    if not verify_credentials(request, form.cleaned_data["typed"]):
        form.add_error("typed", failure_message(request))
        return None
    try:
        with transaction.atomic():  # one transaction, so that what was checked before signing still holds on publishing
            signing.sign(
                content,
                user=request.user,
                due_on=form.cleaned_data["due_on"],
                now=timezone.now(),
                on=on,
                seen=request.POST.get("seen") or "nothing",
            )
            if do == "sign_and_publish":
                with gate.passed(content):
                    return _publish(request, content) or redirect("page_sign", pk=content.pk)
    except signing.RefusedError as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
        return None
    messages.success(request, "Signed.")
    return redirect("page_sign", pk=content.pk)


@admin.site.admin_view
def override_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace the CMS's "publish", which neither waits for other writers nor records in the ledger."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    version = get_object_or_404(Version.objects.filter(content_type__model="pagecontent"), pk=pk)
    return _publish(request, content_or_404(version.object_id)) or redirect("page_sign", pk=version.object_id)


def _publish(request: HttpRequest, content: PageContent) -> HttpResponse | None:
    """Publish and return a redirect, or show the problems and return None."""
    try:
        go_live.publish(content, user=request.user, now=timezone.now(), seen=request.POST.get("seen", ""))
    except go_live.RefusedError as refusal:
        for problem in refusal.problems:
            messages.error(request, problem)
        return None
    messages.success(request, f"“{content.title}” is live.")
    return redirect("page_sign", pk=content.pk)
