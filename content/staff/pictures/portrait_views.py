"""The page on which the portrait of a clinician is chosen."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from content.clinic.models import Clinician
from content.ledger.models import Event
from content.ledger.writer import record
from content.library.models import Portrait
from content.staff.pictures.forms import PortraitForm
from content.staff.views import render_page, staff_view


@staff_view("change_clinician")
def portrait(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form; on POST, save the portrait or take it away. Patients see it at once."""
    clinician = get_object_or_404(Clinician, pk=pk)
    chosen = Portrait.objects.filter(clinician=clinician).first() or Portrait(clinician=clinician)
    form = PortraitForm(request.POST or None, request.FILES or None, instance=chosen)
    form.actor = request.user.get_username()
    if request.method == "POST" and form.is_valid():
        _save(request, form)
        return redirect("pictures")
    return render_page(
        request,
        "staff/portrait.html",
        f"Portrait of {clinician.shown_name}",
        help="pictures",
        clinician=clinician,
        form=form,
    )


@transaction.atomic
def _save(request: HttpRequest, form: PortraitForm) -> None:
    """Save the portrait with the file that was chosen, or delete it where none was; record either."""
    chosen, file = form.instance, form.cleaned_data["file"]
    name = chosen.clinician.shown_name
    if file is None:
        chosen.delete()
        messages.success(request, f"{name} has no portrait any more.")
    else:
        form.save()
        messages.success(request, f"Pages that list the clinicians show the portrait of {name} now.")
    detail = {"picture": file.picture_id if file else None}
    record(Event.PORTRAIT_CHANGED, name, actor=request.user.get_username(), now=timezone.now(), detail=detail)
