"""The pages on which a draft is compared, sent for sign-off, read, sent back, signed and published."""

from datetime import date
from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_preview_url
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from clinic_site.http.whole_number import whole_number
from content.comments import returned_pages
from content.outcomes import pages as outcomes
from content.reviews import diff, draft_locks, gate, go_live, rules, signed_document, signing, states
from content.reviews.models import Request
from content.staff.accounts.reauthenticate import failure_message, verify_credentials
from content.staff.dashboard import next_step
from content.staff.signoff import open_comments
from content.staff.signoff.sign_forms import ReviewRequestForm, SendBackForm, SignForm
from content.staff.views import content_or_404, render_page, require_publisher, staff_view
from content.undo import live_copies


def _version_context(
    request: HttpRequest, content: PageContent, now: signed_document.Document, *, has_offers: bool = False
) -> dict[str, Any]:
    """Return the context that all pages about a version share; with offers, blocks may be put back as they are live."""
    before, since = diff.baseline(content)
    parts = diff.diff(before, now)
    if has_offers:
        parts = live_copies.with_offers(content, before, parts)
    request_for_it = Request.objects.filter(content=content).first()
    returned = None if request_for_it else outcomes.last_return(content.pk)
    return {
        "content": content,
        "version": content.versions.get(),
        "state": states.state_of(content),
        "held": draft_locks.lock_against(content, request.user, timezone.now()),
        "is_medical": rules.needs_signature(content),
        "request_for_it": request_for_it,
        "returned": returned,
        "since": since,
        "is_unsigned": since == diff.LIVE and rules.needs_signature(content),
        "preview": get_object_preview_url(content),
        **open_comments.context(request, content, parts, now),
    }


@staff_view("change_page", app="cms")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed since the live version, block by block."""
    content = content_or_404(pk)
    shown = _version_context(request, content, signed_document.build(content), has_offers=True)
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
        signing.cancel_request(content, actor=request.user.get_username(), now=timezone.now())
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
        ask(content, user=request.user, note=form.cleaned_data["note"])
    except signing.RefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    who = "a doctor’s" if rules.needs_signature(content) else "a nurse’s and the owner’s"
    messages.success(request, f"Asked. It stands on {who} start page now. Yours says what became of it.")
    return True


def ask(content: PageContent, *, user: Any, note: str = "") -> None:
    """Ask for this draft, and let go of it, so that its reader can correct it; raises RefusedError."""
    signing.request_review(content, actor=user.get_username(), note=note, now=timezone.now())
    if content.versions.get().is_unlocked_for_user(user):
        draft_locks.release(content, now=timezone.now())


@staff_view("change_page", app="cms")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed; on POST, sign, publish or both, or send it back."""
    content = content_or_404(pk)
    may = rules.may_publish(request.user, content)
    do = request.POST.get("do", "")
    if request.method == "POST":
        require_publisher(request, content)
    on = timezone.localdate()
    form = SignForm(request.POST if do.startswith("sign") else None, initial={"due_on": signing.default_due(on)})
    returning = SendBackForm(request.POST if do == "send_back" else None)
    if request.method == "POST" and (response := _act(request, content, form, returning, do, on)):
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
        returning=returning,
        may=may,
        who=gate.who_may_publish(content),
        **open_comments.question(request, content),
        seen=signed_document.fingerprint(current),
        signed=signature,
        is_due=signature is not None and rules.is_due(signature, on),
        can_sign=can_sign,
        can_publish=shown["version"].state == DRAFT,
        stops=gate.content_problems(content),
        **shown,
    )


def _act(
    request: HttpRequest, content: PageContent, form: SignForm, returning: SendBackForm, do: str, on: date
) -> HttpResponse | None:
    """Do what was asked for and return a redirect, or show the problems and return None."""
    if do == "send_back":
        return _send_back(request, content, returning)
    if do and open_comments.unread(request, content):
        messages.warning(request, open_comments.ASKS_FIRST)
        return None
    if do == "publish":
        return _publish(request, content, asked=_asked(request))
    return _sign(request, content, form, do, on)


def _asked(request: HttpRequest) -> int | None:
    """Return the key of the request that was on the page that was read, or None."""
    return whole_number(request.POST.get("asked", ""))


def _send_back(request: HttpRequest, content: PageContent, returning: SendBackForm) -> HttpResponse | None:
    if not returning.is_valid():
        return None
    words, asked = returning.cleaned_data["comment"], _asked(request)
    try:
        returned_pages.send_back(content, words, user=request.user, now=timezone.now(), asked=asked)
    except signing.RefusedError as refusal:
        for problem in refusal.problems:
            returning.add_error(None, problem)
        return None
    messages.success(request, f"“{content.title}” is sent back. Whoever asked reads your words on their start page.")
    return redirect("staff_home")


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
                asked=_asked(request),
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
    content = content_or_404(version.object_id)
    if open_comments.unread(request, content):
        messages.warning(request, open_comments.ASKS_FIRST)
        return redirect("page_sign", pk=content.pk)
    return _publish(request, content) or redirect("page_sign", pk=content.pk)


def _publish(request: HttpRequest, content: PageContent, asked: int | None = None) -> HttpResponse | None:
    """Publish and return a redirect, or show the problems and return None."""
    try:
        seen = request.POST.get("seen", "")
        go_live.publish(content, user=request.user, now=timezone.now(), seen=seen, asked=asked)
    except go_live.RefusedError as refusal:
        for problem in refusal.problems:
            messages.error(request, problem)
        return None
    messages.success(request, f"“{content.title}” is live.")
    return redirect("page_sign", pk=content.pk)
