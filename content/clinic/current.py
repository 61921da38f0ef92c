"""The clinic and its clinicians, read once per request."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Clinic, Clinician

CLINIC_ATTRIBUTE = "_clinic"
CLINICIANS_ATTRIBUTE = "_clinicians"


def of_request(request: HttpRequest) -> Clinic:
    """Return the clinic's record, or an unsaved one named “Our clinic” if none is stored yet."""
    clinic: Clinic | None = getattr(request, CLINIC_ATTRIBUTE, None)
    if clinic is None:
        clinic = process_cache.get_copy(
            request, CLINIC_ATTRIBUTE, lambda: Clinic.objects.first() or Clinic(name="Our clinic")
        )
        setattr(request, CLINIC_ATTRIBUTE, clinic)
    return clinic


def clinicians_of_request(request: HttpRequest) -> list[Clinician]:
    """Return the clinicians in the order of their names."""
    clinicians: list[Clinician] | None = getattr(request, CLINICIANS_ATTRIBUTE, None)
    if clinicians is None:
        clinicians = process_cache.get_copy(request, CLINICIANS_ATTRIBUTE, lambda: list(Clinician.objects.all()))
        setattr(request, CLINICIANS_ATTRIBUTE, clinicians)
    return clinicians
