"""The pages on which staff print a consent form, withdraw a consent, and export what is held under a code."""

from django.contrib import messages
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from content.clinic import current
from content.consent import form_storage, reference, withdrawal_journal
from content.consent.models import Consent
from content.consent.wording import CURRENT
from content.gallery import export
from content.gallery.models import Case
from content.gallery.withdrawal import receipt, withdraw
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.cases.consent_forms import ReferenceForm
from content.staff.views import render_page, staff_view

UNRECORDED = (
    "Nothing of it is public any more. It could not be recorded, because nothing can be saved just now: perhaps the "
    "disk is full. Tell whoever looks after the server. The rest is done by itself as soon as there is room; then "
    "print the receipt."
)


@staff_view("view_consent")
def blank_form(request: HttpRequest) -> HttpResponse:
    """Show a consent form to print and sign, with a fresh code; nothing is stored until it is recorded."""
    return render_page(
        request,
        "staff/consent_form.html",
        "Consent to show photographs",
        help="photographs",
        wording=CURRENT,
        reference=reference.fresh(),
        clinic=current.of_request(request),
    )


@staff_view("withdraw_consent")
def find(request: HttpRequest) -> HttpResponse:
    """Find a consent by its reference code and show what a withdrawal would take down."""
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("consent_withdraw", pk=form.cleaned_data["reference"].pk)
    return render_page(request, "staff/consent_find.html", "Withdraw a consent", form=form, help="withdraw")


@staff_view("withdraw_consent")
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw on POST and show the receipt; a second POST changes nothing."""
    consent = get_object_or_404(Consent, pk=pk)
    if request.method == "POST":
        try:
            withdraw(consent, actor=request.user.get_username(), now=timezone.now())
        except OperationalError:
            if consent.reference not in withdrawal_journal.references():
                raise
            return render_page(request, "staff/not_saved.html", "Withdrawn, but not yet recorded", sentence=UNRECORDED)
        messages.success(request, "Withdrawn. Nothing of it is public any more.")
        return redirect("consent_receipt", pk=pk)
    if consent.withdrawn_at:
        return redirect("consent_receipt", pk=pk)
    return render_page(
        request,
        "staff/consent_withdraw.html",
        f"Withdraw the consent {consent.reference}",
        help="withdraw",
        consent=consent,
        cases=list(Case.objects.filter(consent__in=consent.linked_consent_ids())),
    )


@staff_view("withdraw_consent")
def show_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of a withdrawal with the list of copies elsewhere, to print."""
    consent = get_object_or_404(Consent, pk=pk)
    if consent.withdrawn_at is None:
        raise Http404
    return render_page(
        request,
        "staff/consent_receipt.html",
        "Receipt of a withdrawal",
        receipt=receipt(consent),
        clinic=current.of_request(request),
        consent=consent,
    )


@staff_view("view_consent")
def signed_form(request: HttpRequest, pk: int) -> FileResponse:
    """Return the scan of the signed form as a download, and record the viewing."""
    consent = get_object_or_404(Consent, pk=pk)
    if not consent.form_exists():
        raise Http404
    record(Event.FORM_VIEWED, consent.reference, actor=request.user.get_username(), now=timezone.now())
    suffix = consent.form.rsplit(".", 1)[1]
    return FileResponse(
        form_storage.path(consent.form).open("rb"),
        content_type=form_storage.media_type(consent.form),
        as_attachment=True,
        filename=f"consent-{consent.reference}.{suffix}",
    )


@staff_view("export_consent")
def export_consent(request: HttpRequest, pk: int) -> FileResponse:
    """Return everything held under this consent's code as a ZIP file, and record the export."""
    consent = get_object_or_404(Consent, pk=pk)
    if request.method != "POST":
        raise Http404
    archive = export.export_archive(consent, actor=request.user.get_username(), now=timezone.now())
    return FileResponse(
        archive, content_type="application/zip", as_attachment=True, filename=f"held-under-{consent.reference}.zip"
    )
