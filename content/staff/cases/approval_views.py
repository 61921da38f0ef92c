"""The page on which a doctor approves a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from content.gallery import approval, photographs
from content.staff.cases.case_views import case_or_404, readiness_context
from content.staff.cases.forms import ApprovalForm
from content.staff.views import render_page, staff_view


@staff_view("approve_case")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Grade, attest and approve a case, or end its approval."""
    case = case_or_404(pk)
    form = ApprovalForm(request.POST or None, instance=case)
    if request.method == "POST" and request.POST.get("do") == "end":
        approval.end_approval(
            case, actor=request.user.get_username(), now=timezone.now(), because="a doctor took it down"
        )
        messages.success(request, "The case is off the website.")
        return redirect("case_approve", pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            approval.approve(
                form.instance,
                actor=request.user.get_username(),
                now=timezone.now(),
                on=timezone.localdate(),
                seen=request.POST.get("seen") or "nothing",
            )
        except approval.NotReadyError as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem)
        else:
            link = format_html('Approved. <a href="{}">See it.</a>', reverse("case", args=[case.code]))
            messages.success(request, link if case.is_showable(timezone.localdate()) else "Approved.")
            return redirect("case_approve", pk=pk)
    shown = case_or_404(pk)
    return render_page(
        request,
        "staff/case_approve.html",
        f"Approval: {shown.title}",
        help="photographs",
        case=shown,
        form=form,
        seen=approval.fingerprint(shown),
        pairs=[(pair, photographs.differences(pair)) for pair in shown.pairs.all()],
        **readiness_context(shown),
    )
