"""The page on which a doctor approves a case, or sends it back to whoever prepared it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from clinic_site.http.whole_number import whole_number
from content.comments import returned_cases
from content.gallery import approval, photographs
from content.gallery.models import Case
from content.reviews.signing import RefusedError
from content.staff.cases.case_views import case_or_404
from content.staff.cases.forms import ApprovalForm, CaseSendBackForm
from content.staff.cases.readiness_context import readiness_context
from content.staff.views import render_page, staff_view


@staff_view("approve_case")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Grade, attest and approve a case, send it back, or end its approval."""
    case = case_or_404(pk)
    do = request.POST.get("do", "")
    form = ApprovalForm(request.POST if request.method == "POST" and not do else None, instance=case)
    returning = CaseSendBackForm(request.POST if do == "send_back" else None)
    if request.method == "POST" and do == "end":
        approval.end_approval(
            case, actor=request.user.get_username(), now=timezone.now(), because="a doctor took it down"
        )
        messages.success(request, "The case is off the website.")
        return redirect("case_approve", pk=pk)
    if do == "send_back" and returning.is_valid() and _send_back(request, case, returning):
        return redirect("staff_home")
    if form.is_bound and form.is_valid() and _approve(request, form):
        return redirect("case_approve", pk=pk)
    shown = case_or_404(pk)
    return render_page(
        request,
        "staff/case_approve.html",
        f"Approval: {shown.title}",
        help="photographs",
        case=shown,
        form=form,
        returning=returning,
        seen=approval.fingerprint(shown),
        pairs=[(pair, photographs.differences(pair)) for pair in shown.pairs.all()],
        **readiness_context(shown),
    )


def _approve(request: HttpRequest, form: ApprovalForm) -> bool:
    """Approve and return True, or add the problems to the form and return False."""
    case, on = form.instance, timezone.localdate()
    try:
        returned_cases.approve(
            case,
            user=request.user,
            now=timezone.now(),
            on=on,
            seen=request.POST.get("seen") or "nothing",
            returned=whole_number(request.POST.get("returned", "")),
        )
    except approval.NotReadyError as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
        return False
    link = format_html('Approved. <a href="{}">See it.</a>', reverse("case", args=[case.code]))
    messages.success(request, link if case.is_showable(on) else "Approved.")
    return True


def _send_back(request: HttpRequest, case: Case, returning: CaseSendBackForm) -> bool:
    """Send the case back and return True, or add the problems to the form and return False."""
    words, seen = returning.cleaned_data["comment"], request.POST.get("seen", "")
    try:
        returned_cases.send_back(case, words, user=request.user, now=timezone.now(), seen=seen)
    except RefusedError as refusal:
        for problem in refusal.problems:
            returning.add_error(None, problem)
        return False
    messages.success(request, f"“{case.title}” is sent back. Whoever prepared it reads your words on their start page.")
    return True


@require_POST
@staff_view("change_case")
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case that was sent back before the doctor again, though nothing of it has changed."""
    if returned_cases.ask_again(case_or_404(pk), user=request.user, now=timezone.now()):
        messages.success(request, "It is before the doctor again.")
    else:
        messages.info(request, "It is before the doctor already.")
    return redirect("case_photographs", pk=pk)
